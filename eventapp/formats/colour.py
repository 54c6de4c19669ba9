"""Colours as people have to read them: WCAG's contrast, and the text that can stand on a colour."""

from __future__ import annotations

import re

INK, WHITE, BLACK = "#17191b", "#ffffff", "#000000"
ENOUGH = 4.5
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def is_colour(text: str) -> bool:
    """Whether it is a colour of six hexadecimal digits, and therefore safe inside a style."""
    return bool(_HEX.fullmatch(text))


def text_on(colour: str) -> str:
    """Ink or white, whichever reaches 4.5; between the two lie colours that only black can stand on."""
    return next((one for one in (INK, WHITE) if contrast(colour, one) >= ENOUGH), BLACK)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
