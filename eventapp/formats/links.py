"""Capability links: an id and the proof that we wrote it, made from a key that is in no database.

A token is base64url(4 bytes of id, 16 bytes of HMAC-SHA256 over purpose, id and generation): 27 characters, the last
never a hyphen or underscore, which messengers cut off a link. The generation is not in the token, so raising the
row's generation ends every token made before.
"""

import base64
import binascii
import hashlib
import hmac
import re

_ID_BYTES = 4
_PROOF_BYTES = 16
_SHAPE = re.compile(r"[A-Za-z0-9_-]{27}")


def make_token(key: bytes, purpose: str, *, id: int, generation: int) -> str:
    """The token for row `id`. Always the same for the same arguments. Raises ValueError outside 0 < id < 2**32."""
    return (
        base64.urlsafe_b64encode(_id_bytes(id) + _proof(key, purpose, id=id, generation=generation))
        .decode()
        .rstrip("=")
    )


def read_token(token: str) -> int | None:
    """The id a token speaks of, NOT yet verified; None for anything that cannot be a token."""
    if not _SHAPE.fullmatch(token):
        return None
    try:
        raw = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
        return None  # a second spelling of the same bytes
    return int.from_bytes(raw[:_ID_BYTES], "big") or None


def verify(key: bytes, purpose: str, *, token: str, generation: int) -> bool:
    """Whether `token` was made for this purpose and this generation of the row it names. Constant time."""
    id = read_token(token)
    if id is None:
        return False
    return hmac.compare_digest(
        make_token(key, purpose, id=id, generation=generation).encode(), token.encode()
    )


def _id_bytes(id: int) -> bytes:
    if not 0 < id < 1 << (8 * _ID_BYTES):
        raise ValueError(f"no token for id {id}")
    return id.to_bytes(_ID_BYTES, "big")


def _proof(key: bytes, purpose: str, *, id: int, generation: int) -> bytes:
    if len(key) < 32:
        raise ValueError("the link key needs at least 32 bytes")
    said = f"{purpose}\0{id}\0{generation}".encode()
    return hmac.new(key, said, hashlib.sha256).digest()[:_PROOF_BYTES]
