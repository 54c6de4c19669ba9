"""A file handed out with the agenda, as a download; only what the publication names that partners see."""

from __future__ import annotations

from flask import Blueprint, g
from werkzeug.wrappers import Response

from eventapp.errors import Missing
from eventapp.rules import materials
from eventapp.web import looks

page = Blueprint("materials", __name__)


@page.get("/<event:slug>/materials/<material>")
def file(slug: str, material: str) -> Response:
    """Whoever reads the agenda may take it; what was taken out of the agenda is not there."""
    found = materials.published_file(g.event, material)
    if found is None:
        raise Missing()
    return looks.download(found.data, name=found.name, media_type=found.media_type)
