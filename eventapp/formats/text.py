"""What people type, made safe to keep: NFC, no control or direction-override characters, measured."""

import re
import unicodedata

# Cc: control; Cs: lone surrogates; the listed ones turn or hide text without being seen.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\u000b\u000c]")


class TooLong(ValueError):
    """A text of more than `limit` characters, counted after cleaning."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"longer than {limit} characters")
        self.limit = limit


def clean_line(text: str | None, limit: int = 200) -> str:
    """One line: every run of white space is one space. Raises TooLong above `limit` characters."""
    return _measured(" ".join(_visible(_ENDS.sub(" ", text or "")).split()), limit)


def cut_line(text: str | None, limit: int = 200) -> str:
    """The same where nothing can be asked back (a search, a word by the way): what is beyond `limit` goes."""
    return clean_line((text or "")[: 4 * limit], 16 * limit)[:limit].rstrip()


def clean_text(text: str | None, limit: int = 4000) -> str:
    """Several lines, ended by \\n, at most one empty line between two. Raises TooLong above `limit` characters."""
    lines = _ENDS.sub("\n", text or "").split("\n")
    joined = "\n".join(" ".join(_visible(line).split()) for line in lines)
    return _measured(re.sub(r"\n{3,}", "\n\n", joined).strip(), limit)


def _visible(line: str) -> str:
    kept = _UNSEEN.sub("", line.replace("\t", " "))
    return unicodedata.normalize(
        "NFC", "".join(one for one in kept if unicodedata.category(one) not in ("Cc", "Cs"))
    )


def _measured(text: str, limit: int) -> str:
    if len(text) > limit:
        raise TooLong(limit)
    return text
