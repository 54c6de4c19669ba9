"""The Event's colour as custom properties; its text is ink or white, whichever can be read."""

from __future__ import annotations

from flask import Blueprint, g, make_response
from werkzeug.wrappers import Response

from eventapp.formats import colour

HOUSE = "#FEE500"

page = Blueprint("brand", __name__)


@page.get("/<event:slug>/brand.css")
def sheet(slug: str) -> Response:
    """Two properties; anything but six hexadecimal digits is the house's colour."""
    yours = g.event.brand_colour if colour.is_colour(g.event.brand_colour) else HOUSE
    response = make_response(f":root{{--yours:{yours};--yours-text:{colour.text_on(yours)}}}\n")
    response.content_type = "text/css; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
