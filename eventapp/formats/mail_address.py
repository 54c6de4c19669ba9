"""E-mail addresses: one spelling to keep, one key to compare by."""

import unicodedata

from email_validator import EmailNotValidError, validate_email


class MailProblem(ValueError):
    """A text to which no letter could be sent; code no_at, not_ascii or not_an_address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(text: str) -> str:
    """The address as letters are sent to it: ASCII, domain in small letters. No DNS is asked. Raises MailProblem.

    Addresses with Hangul before the @ are refused: too few mail servers take them.
    """
    folded = unicodedata.normalize("NFKC", text or "").strip()
    address = folded[7:] if folded.lower().startswith("mailto:") else folded
    if "@" not in address:
        raise MailProblem("no_at")
    if not address.rpartition("@")[0].isascii():
        raise MailProblem("not_ascii")
    try:
        found = validate_email(
            address, check_deliverability=False, strict=True, allow_smtputf8=False, allow_quoted_local=False
        )
    except EmailNotValidError:
        raise MailProblem("not_an_address") from None
    return found.ascii_email or found.normalized


def key(address: str) -> str:
    """Two addresses with the same key reach, as far as anyone knows, the same person: no case."""
    return address.casefold()
