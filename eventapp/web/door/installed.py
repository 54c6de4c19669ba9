"""What makes the scanner an app of its own: its description, and the worker that opens it without a network."""

from __future__ import annotations

import json

from flask import Blueprint, Response
from flask_babel import gettext as _

from eventapp.web import looks

page = Blueprint("installed", __name__)
SIZES = (192, 512)
GROUND = "#121416"


@page.get("/door/manifest.webmanifest")
def manifest() -> Response:
    """Name, colours and icons, in the reader's language."""
    described = {
        "id": "/door/",
        "name": _("Partners Day, the door"),
        "short_name": _("The door"),
        "lang": looks.current_language(),
        "start_url": "/door/",
        "scope": "/door/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [_icon(size) for size in SIZES],
    }
    text = json.dumps(described, ensure_ascii=False)
    return Response(text, mimetype="application/manifest+json")


@page.get("/door/worker.js")
def worker() -> Response:
    """Our own script, always asked for anew."""
    script = (looks.STATIC / "door" / "worker.js").read_text(encoding="utf-8")
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _icon(size: int) -> dict[str, str]:
    """The drawing stays whole in a round frame too."""
    return {
        "src": looks.asset(f"look/door-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any maskable",
    }
