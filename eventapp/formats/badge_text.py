"""How large a name may stand on a badge, and which of its letters the font does not have."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from eventapp.formats import hangul

WIDTH = 337.0  # px between the margins
TRACKING = -0.045  # of the size, in names

_ONE_LINE = 80.0
_TWO_LINES = 48.0
_LEAST = 22.0


@dataclass(frozen=True)
class Metrics:
    """Advance widths of one font in em, by character."""

    advances: dict[int, float]

    def width(self, text: str, size: float, *, tracking: float = 0.0) -> float:
        """In the unit of `size`. A letter the font lacks counts as a full square."""
        advance = sum(self.advances.get(ord(letter), 1.0) for letter in text)
        return (advance + tracking * max(len(text) - 1, 0)) * size

    def missing(self, text: str) -> str:
        """The letters without a glyph, each once."""
        return "".join(
            dict.fromkeys(one for one in text if ord(one) not in self.advances and not one.isspace())
        )

    def printable(self, text: str) -> str:
        """NFC, single spaces, and a box for every letter without a glyph: a letter must not vanish from a name."""
        words = re.split(r"[ \t\r\n]+", hangul.nfc(text).strip())
        return "".join(one if ord(one) in self.advances else "□" for one in " ".join(words))


@dataclass(frozen=True)
class Fitted:
    """Lines of text, their size in px, and whether something had to be cut off."""

    lines: tuple[str, ...]
    size: float
    cut: bool = False


@lru_cache(maxsize=8)
def metrics(font: Path) -> Metrics:
    """Read once for each font file."""
    with TTFont(font, lazy=True) as file:
        em, advances = file["head"].unitsPerEm, file["hmtx"]
        return Metrics({letter: advances[glyph][0] / em for letter, glyph in file.getBestCmap().items()})


def fit_name(name: str, font: Metrics) -> Fitted:
    """100 px up to three characters, 80 for four; longer ones on one line or two, whichever is larger."""
    name = font.printable(name)
    largest = 100.0 if len(name) <= 3 else _ONE_LINE
    choices = [Fitted((name,), _largest([name], font, most=largest, tracking=TRACKING))]
    choices += [
        Fitted(lines, _largest(lines, font, most=_TWO_LINES, tracking=TRACKING)) for lines in _in_two(name)
    ]
    best = max(choices, key=lambda choice: choice.size)
    if best.size >= _LEAST:
        return best
    return Fitted(tuple(_cut(line, font, size=_LEAST, room=WIDTH) for line in best.lines), _LEAST, cut=True)


def fit_line(text: str, font: Metrics, *, most: float, least: float, room: float = WIDTH) -> Fitted:
    """One line within `room` px, as large as fits between `least` and `most`, else cut with an ellipsis."""
    text = font.printable(text)
    size = _largest([text], font, most=most, room=room)
    if size >= least:
        return Fitted((text,), size)
    return Fitted((_cut(text, font, size=least, room=room),), least, cut=True)


def _largest(
    lines: Iterable[str], font: Metrics, *, most: float, tracking: float = 0.0, room: float = WIDTH
) -> float:
    widest = max(font.width(line, 1.0, tracking=tracking) for line in lines)
    return min(most, int(room / widest * 2) / 2) if widest > 0 else most


def _in_two(name: str) -> list[tuple[str, str]]:
    """Every way to break at a space; without one, in the middle of six characters or more."""
    words = name.split()
    if len(words) > 1:
        return [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    middle = (len(name) + 1) // 2
    return [(name[:middle], name[middle:])] if len(name) >= 6 else []


def _cut(text: str, font: Metrics, *, size: float, room: float) -> str:
    if font.width(text, size) <= room:
        return text
    while text and font.width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
