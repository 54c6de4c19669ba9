"""The Event's colour as custom properties; its text is ink or white, whichever can be read."""

from __future__ import annotations

import re

from flask import Blueprint, g, make_response
from werkzeug.wrappers import Response

HOUSE = "#FEE500"
INK, WHITE, BLACK = "#17191B", "#FFFFFF", "#000000"
ENOUGH = 4.5
HEX = re.compile(r"#[0-9a-fA-F]{6}")

page = Blueprint("brand", __name__)


@page.get("/<event:slug>/brand.css")
def sheet(slug: str) -> Response:
    """Two properties; anything but six hexadecimal digits is the house's colour."""
    colour = g.event.brand_colour if HEX.fullmatch(g.event.brand_colour) else HOUSE
    response = make_response(f":root{{--yours:{colour};--yours-text:{text_on(colour)}}}\n")
    response.content_type = "text/css; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


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
