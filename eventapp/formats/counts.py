"""Small numbers said as words: 세 자리, 두 분, 세 번째 자리 · three seats, two people, the third seat."""

from __future__ import annotations

from eventapp.formats import hangul

_ENGLISH = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_GAP = hangul.NO_BREAK_SPACE


def seats(number: int, language: str) -> str:
    """세 자리 · three seats."""
    return _english(number, "seat", many="seats") if language == "en" else hangul.native_count(number, "자리")


def people(number: int, language: str) -> str:
    """두 분 · two people."""
    return (
        _english(number, "person", many="people") if language == "en" else hangul.native_count(number, "분")
    )


def runs(number: int, language: str) -> str:
    """두 차례 · two runs."""
    return _english(number, "run", many="runs") if language == "en" else hangul.native_count(number, "차례")


def ordinal(number: int, language: str) -> str:
    """두 번째 · second."""
    if language != "en":
        return hangul.ordinal(number)
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"number {number}"


def ordinal_seat(number: int, language: str) -> str:
    """세 번째 자리 · Third seat, as a heading."""
    if language != "en":
        return f"{hangul.ordinal(number)} 자리"
    if number <= len(_ORDINALS):
        return f"{_ORDINALS[number - 1].capitalize()} seat"
    return f"Seat {number}"


def _english(number: int, one: str, *, many: str) -> str:
    said = _ENGLISH[number] if number < len(_ENGLISH) else str(number)
    return f"{said}{_GAP}{one if number == 1 else many}"
