"""The worker that shows a pass again without a network; served beside /pass/ so that it may keep it."""

from __future__ import annotations

from flask import Blueprint, Response

from eventapp.web import looks

page = Blueprint("stored_pass", __name__)


@page.get("/pass-worker.js")
def worker() -> Response:
    """Our own script, always asked for anew."""
    script = (looks.STATIC / "js" / "pass-worker.js").read_text(encoding="utf-8")
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/pass/"
    return answer
