"""Addresses within plain text as links; whatever else somebody typed is only ever text."""

from __future__ import annotations

import re

from markupsafe import Markup

_ADDRESS = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.:-]*(?:[/?#][!#-&(-;=?-_a-z~]*)?")
_AFTER = ".,;:!?)]"  # what ends the sentence, not the address
_LINK = Markup('<a class="in-text" href="{0}" rel="noopener noreferrer nofollow">{0}</a>')


def linked(words: str) -> Markup:
    """The text, escaped, with its https addresses to press. A Korean ending that touches an address stays outside."""
    found, last = Markup(), 0
    for match in _ADDRESS.finditer(words):
        url = match[0].rstrip(_AFTER)
        found += words[last : match.start()] + _LINK.format(url)
        last = match.start() + len(url)
    return found + words[last:]
