"""One item of the published agenda: all there is to read of it, and its calendar entry."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort, g, render_template, url_for
from werkzeug.wrappers import Response

from eventapp.clock import now, today
from eventapp.formats import dates
from eventapp.models.programme import Kind, Published
from eventapp.models.wording import said
from eventapp.reports import published_agenda, seminar
from eventapp.rules import agenda_words, publications, seats
from eventapp.web import looks
from eventapp.web.public import agenda_parts

page = Blueprint("agenda_item", __name__)


@page.get("/<event:slug>/agenda/<uuid:item_uid>")
def show(slug: str, item_uid: uuid.UUID) -> tuple[str, int]:
    """As it was published last; what was taken out says so, for whoever follows an old link."""
    item, gone = _found(str(item_uid))
    language = looks.current_language()
    late = published_agenda.late([item], published_agenda.this_morning(g.event))
    words = render_template(
        "public/agenda_item.html",
        event=g.event,
        item=item,
        gone=gone,
        title=agenda_words.titled(item, language),
        kind=agenda_words.KINDS[Kind(item.kind)],
        speakers=[one.words(language) for one in item.speakers],
        materials=agenda_parts.materials(item),
        is_on=not gone and item.starts_at <= now() < item.ends_at,
        late=late.get(item.uid, 0),
        **_when(item),
        **_asked(item),
        elsewhere=[] if gone else [_link(one) for one in published_agenda.same_elsewhere(item, _items())],
        picture=looks.outside_url(looks.asset("look/og.png")),
        address=looks.outside_url(url_for(".show", slug=slug, item_uid=item_uid)),
    )
    return words, 410 if gone else 200


@page.get("/<event:slug>/agenda/<uuid:item_uid>.ics")
def entry(slug: str, item_uid: uuid.UUID) -> Response:
    """The item for a calendar; one that was taken out is cancelled there."""
    item, gone = _found(str(item_uid))
    name = agenda_words.titled(item, looks.current_language())
    return agenda_parts.calendar_answer(
        [] if gone else [item], [item] if gone else [], name=name, filename=f"{slug}-{item.uid[:8]}"
    )


def _items() -> list[Published]:
    publication = publications.latest(g.event)
    return publication.items() if publication else []


def _found(uid: str) -> tuple[Published, bool]:
    """The item, and whether it is one that was taken out; what was never published is not there."""
    publication = publications.latest(g.event)
    if publication is None:
        abort(404)
    for gone, items in ((False, publication.items()), (True, publication.gone_items())):
        for item in items:
            if item.uid == uid:
                return item, gone
    abort(404)


def _asked(item: Published) -> dict[str, Any]:
    """What is answered of that programme; how much still waits is said after the last day alone, or it would
    tell when a question came in."""
    if not item.is_programme:
        return {"answered": [], "waiting": 0}
    over = all(run.ends_on < today(g.event.time_zone) for run in seats.runs(g.event))
    waiting = seminar.unanswered(g.event, Kind(item.kind)) if over else 0
    return {"answered": seminar.published(g.event, item.kind), "waiting": waiting}


def _when(item: Published) -> dict[str, Any]:
    on = dates.local(item.starts_at, g.event.time_zone).date()
    return {
        "run": next((run for run in seats.runs(g.event) if run.number == item.run), None),
        "day": dates.day(on, looks.current_language()),
        "hours": dates.time_range(item.starts_at, item.ends_at, zone=g.event.time_zone),
    }


def _link(item: Published) -> dict[str, Any]:
    return {
        **_when(item),
        "title": agenda_words.titled(item, looks.current_language()),
        "room": said(item, "room", language=looks.current_language()),
        "url": url_for(".show", slug=g.event.slug, item_uid=item.uid),
    }
