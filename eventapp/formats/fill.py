"""Filling an organizer's words: {company} is a name, {company|와/과} a name with its Korean particle."""

from __future__ import annotations

import re

from eventapp.formats import hangul

_PLACE = re.compile(r"\{(\w+)(?:\|([^{}]+))?\}")


def fill(text: str, **names: str) -> str:
    """The text with its places filled; a place of an unknown name stays as it was written."""

    def put(found: re.Match[str]) -> str:
        name, particles = found[1], found[2]
        if name not in names:
            return found[0]
        return hangul.with_particle(names[name], particles) if particles else names[name]

    return _PLACE.sub(put, text)
