"""The published agenda as schedule.json, for conference apps; both runs, with nobody's personal data."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from urllib.parse import urljoin

from flask import Blueprint, g, make_response, request, url_for
from werkzeug.wrappers import Response

from eventapp.formats import conference, dates
from eventapp.models.programme import Kind, Published
from eventapp.models.wording import LANGUAGES, said
from eventapp.reports import published_agenda
from eventapp.rules import agenda_words, publications, seats
from eventapp.web import looks
from eventapp.web.public import agenda_parts

page = Blueprint("schedule_export", __name__)


@page.get("/<event:slug>/schedule.json")
def show(slug: str) -> Response:
    """In Korean, or as ?language=en asks; an app on any host may read it and asks again cheaply."""
    publication = publications.latest(g.event)
    items = publication.items() if publication else []
    numbers = published_agenda.numbers(g.event)
    document = conference.schedule(
        version=str(publication.number if publication else 0),
        address=looks.outside_url(url_for("public.agenda.show", slug=slug)),
        slug=slug,
        title=said(g.event, "name", language=looks.current_language()),
        zone=g.event.time_zone,
        days=_days(items),
        talks=[_talk(item, numbers[item.uid]) for item in items],
    )
    response = make_response(json.dumps(document, ensure_ascii=False, indent=1).encode())
    response.content_type = "application/json; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(hashlib.sha256(response.data).hexdigest()[:32])
    return response.make_conditional(request)


def _days(items: list[Published]) -> list[date]:
    """Every day of every run, and any other on which something is published."""
    days = {dates.local(item.starts_at, g.event.time_zone).date() for item in items}
    for run in seats.runs(g.event):
        days |= {
            run.starts_on + timedelta(days=offset) for offset in range((run.ends_on - run.starts_on).days + 1)
        }
    return sorted(days)


def _talk(item: Published, number: int) -> conference.Talk:
    language = looks.current_language()
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    place = {"slug": g.event.slug, "item_uid": item.uid}
    title, subtitle = (agenda_words.titled(item, one) for one in (language, other))
    return conference.Talk(
        id=number,
        uid=item.uid,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        title=title,
        subtitle=subtitle if subtitle != title else "",
        url=looks.outside_url(url_for("public.agenda_item.show", **place)),
        ics=looks.outside_url(url_for("public.agenda_item.entry", **place)),
        kind=item.kind,
        track=str(agenda_words.KINDS[Kind(item.kind)]),
        language=language,
        room=said(item, "room", language=language),
        text=said(item, "text", language=language),
        people=[one.words(language) for one in item.speakers],
        links=[
            (one["title"], urljoin(looks.outside_url("/"), one["url"]))
            for one in agenda_parts.materials(item)
        ],
    )
