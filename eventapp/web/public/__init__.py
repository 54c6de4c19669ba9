"""The public wing: open pages that name nobody; an Event stands in their address by its slug."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from eventapp.web import gates
from eventapp.web.public import (
    agenda,
    agenda_changes,
    agenda_item,
    brand,
    front,
    letter_again,
    machines,
    materials,
    schedule_export,
    wall,
)

RESERVED = (
    "api|B|door|feed|favicon.ico|healthz|i|invitation|invitations|letter-again|organizer|p|pass|"
    "robots.txt|sign-in|sign-out|static"
)


class EventSlug(BaseConverter):
    """An Event's slug; never the first word of another wing's addresses."""

    regex = rf"(?!(?:{RESERVED})(?:/|$))[a-z0-9][a-z0-9-]{{0,39}}"


wing = Blueprint("public", __name__)
wing.before_request(gates.public_gate)


@wing.record_once
def _know_slugs(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["event"] = EventSlug


@wing.after_request
def _kept_for_a_moment(response: Response) -> Response:
    """Anyone may keep a public page, but asks again each time; it differs by the reader's language."""
    response.headers.setdefault("Cache-Control", "no-cache")
    response.vary.add("Cookie")
    return response


@wing.app_context_processor
def _brand() -> dict[str, Any]:
    """The Event's colour for every page that speaks of one; the house's own colour needs no sheet."""
    event = g.get("event")
    if event is None or event.brand_colour.upper() == brand.HOUSE:
        return {"brand_url": ""}
    return {"brand_url": url_for("public.brand.sheet", slug=event.slug, v=event.brand_colour.strip("#"))}


for part in (
    front,
    letter_again,
    agenda,
    agenda_changes,
    agenda_item,
    schedule_export,
    wall,
    brand,
    machines,
    materials,
):
    wing.register_blueprint(part.page)
