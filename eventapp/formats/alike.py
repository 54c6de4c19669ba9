"""Names that are nearly the same: one letter more, less or other, or one that begins the other."""

from collections.abc import Iterable
from difflib import SequenceMatcher

SHORTEST = 3  # letters; shorter beginnings are shared by too many


HALF = 0.5


def could_be_one(name: str, other: str) -> bool:
    """Whether two spellings may mean one person: half of the letters, in their order, are the same (오세린, 오세인)."""
    return SequenceMatcher(None, name.casefold(), other.casefold()).ratio() >= HALF


class Neighbourhood:
    """Names that can be asked for the nearest one in a few look-ups, however many they are."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names: set[str] = set()
        self._pieces: dict[str, list[str]] = {}
        self._begun: dict[str, list[str]] = {}
        for name in names:
            self.names.add(name)
            for piece in _pieces(name):
                self._pieces.setdefault(piece, []).append(name)
            for start in _beginnings(name):
                self._begun.setdefault(start, []).append(name)

    def near(self, name: str) -> str | None:
        """One of the names that is nearly this one, itself left out; the first in order of several.

        Names that differ in their digits alone are meant to differ (지점 1, 지점 2).
        """
        met = {other for piece in _pieces(name) for other in self._pieces.get(piece, ())}
        met |= _beginnings(name) & self.names
        met |= set(self._begun.get(name, ()))
        return min(met - {name}, default=None)


def _pieces(name: str) -> set[str]:
    """The name, and the name without each one of its letters; short names only as they are."""
    return {name} | {
        name[:at] + name[at + 1 :]
        for at, letter in enumerate(name)
        if len(name) > SHORTEST and not letter.isdigit()
    }


def _beginnings(name: str) -> set[str]:
    """What the name begins with, if more than digits follows."""
    return {name[:end] for end in range(SHORTEST, len(name)) if not name[end:].isdigit()}
