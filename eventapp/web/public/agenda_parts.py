"""What the agenda's pages share: the calendar document of a run or of an item, and what is handed out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import g, make_response, request, url_for
from werkzeug.wrappers import Response

from eventapp.formats import calendar
from eventapp.models.programme import Published
from eventapp.models.wording import said
from eventapp.rules import agenda_words
from eventapp.web import looks


def calendar_answer(
    items: Sequence[Published], gone: Sequence[Published], *, name: str, filename: str
) -> Response:
    """For a calendar that asks again and again: cheap when nothing was published since."""
    address = looks.outside_url(url_for("public.agenda.show", slug=g.event.slug))
    zone, language = g.event.time_zone, looks.current_language()
    body = _document(tuple(items), tuple(gone), name=name, zone=zone, language=language, address=address)
    response = make_response(body)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response.headers["Cache-Control"] = "public, max-age=300"
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    return response.make_conditional(request)


def materials(item: Published) -> list[dict[str, Any]]:
    """An address elsewhere, or a file of ours as a download."""
    language = looks.current_language()
    return [
        {
            "title": said(one, "title", language=language),
            "url": one.url or url_for("public.materials.file", slug=g.event.slug, material=one.file_key),
            "size": one.size,
        }
        for one in item.materials
    ]


@lru_cache(maxsize=32)
def _document(
    items: tuple[Published, ...],
    gone: tuple[Published, ...],
    *,
    name: str,
    zone: str,
    language: str,
    address: str,
) -> bytes:
    """Kept for as long as the publication, the language and our own address stay the same."""
    entries = [
        calendar.Entry(
            uid=f"{item.uid}@partners-day",
            sequence=item.sequence,
            start=item.starts_at,
            end=item.ends_at,
            changed_at=item.changed_at,
            summary=agenda_words.titled(item, language),
            location=said(item, "room", language=language),
            description=agenda_words.description(item, language),
            url=f"{address}/{item.uid}",
            cancelled=item in gone,
        )
        for item in items + gone
    ]
    return calendar.feed(name, entries, zone=zone)
