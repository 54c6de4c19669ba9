"""Badge codes: ten characters of Crockford Base32 and the check character that catches a slip of the finger.

The check is the number modulo 37; Crockford writes 32 to 36 as * ~ $ = U. A code whose check is one of the first
four is drawn again, so that every code is letters and digits only. U can therefore stand in the last place and
nowhere else; I, L and O never stand in a code, so that they may always be read as 1, 1 and 0.
"""

import re
import secrets
import unicodedata

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = _ALPHABET + "*~$=U"
_BODY = 10
_READ_AS = str.maketrans("OIL", "011")
_ADDRESS = re.compile(r"HTTPS?://\S*?/B/([^/?#\s]*)/?(?:[?#]\S*)?")


def new_code() -> str:
    """Eleven characters from 0-9 A-Z, 50 bits of them by chance."""
    while True:
        body = "".join(secrets.choice(_ALPHABET) for _ in range(_BODY))
        if (check := _check(body)).isalnum():
            return body + check


def normalise(text: str) -> str | None:
    """The code meant by what was typed or scanned, or None where there is none or its check does not fit.

    Takes small letters, spaces, hyphens, O for 0, I and L for 1, full-width characters, and the whole address of
    a badge (HTTPS://HOST/B/CODE).
    """
    if len(text) > 500:
        return None
    upper = unicodedata.normalize("NFKC", text).strip().upper()
    if address := _ADDRESS.fullmatch(upper):
        upper = address.group(1)
    code = re.sub(r"[\s\-\u2010-\u2015\u2212_.]", "", upper).translate(_READ_AS)
    if len(code) != _BODY + 1 or any(letter not in _ALPHABET for letter in code[:_BODY]):
        return None
    return code if code[_BODY] == _check(code[:_BODY]) and code[_BODY].isalnum() else None


def shown(code: str) -> str:
    """As people read it: 5W8T NB04 RJ9."""
    return " ".join(parts(code))


def parts(code: str) -> tuple[str, str, str]:
    """The 4, 4 and 3 characters a code is shown in."""
    return code[:4], code[4:8], code[8:]


def _check(body: str) -> str:
    number = 0
    for letter in body:
        number = number * 32 + _ALPHABET.index(letter)
    return _CHECKS[number % 37]
