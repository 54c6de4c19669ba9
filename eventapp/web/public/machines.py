"""What machines ask for: whether we are alive, what to leave out of search, the small picture."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from eventapp.db import alive
from eventapp.web import looks

page = Blueprint("machines", __name__)

PERSONAL = (
    "/B/",
    "/api/",
    "/door",
    "/feed/",
    "/i/",
    "/invitation/",
    "/letter-again",
    "/organizer",
    "/p/",
    "/pass",
    "/sign-in",
    "/sign-out",
)


@page.get("/healthz")
def healthz() -> Response:
    """200 while the database answers, 503 when it does not; no word more."""
    try:
        well = alive()
    except SQLAlchemyError:
        well = False
    response = make_response("ok\n" if well else "unavailable\n", 200 if well else 503)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    return response


@page.get("/robots.txt")
def robots() -> Response:
    """The public pages may be found; nothing personal may."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PERSONAL), "Allow: /"]
    response = make_response("\n".join(lines) + "\n")
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@page.get("/favicon.ico")
def favicon() -> Response:
    """For browsers that ask without reading the page."""
    return redirect(looks.asset("look/favicon.svg"), code=302)
