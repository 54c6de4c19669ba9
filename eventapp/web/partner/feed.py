"""One attendee's own days as a calendar that refreshes itself; the address is a capability."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, url_for

from eventapp.formats import calendar
from eventapp.models.programme import Published
from eventapp.models.registration import Attendee
from eventapp.models.wording import said
from eventapp.reports import programme
from eventapp.rules import agenda_words, invitations
from eventapp.web import gates, looks

page = Blueprint("feed", __name__)


@page.get("/feed/<token>.ics")
def own(token: str) -> Response:
    """The published items of the attendee's run, in their language. 404 once the pass has ended."""
    attendee = invitations.by_feed_token(token, gates.link_key())
    if attendee is None or attendee.ended_at is not None:
        abort(404)
    event = attendee.registration.invitation.event
    language = attendee.person.language
    registration = attendee.registration
    entries = [_entry(item, attendee, language) for item in programme.own_items(registration)]
    entries += [
        replace(_entry(item, attendee, language), cancelled=True) for item in programme.own_gone(registration)
    ]
    document = calendar.feed(said(event, "name", language=language), entries, zone=event.time_zone)
    answer = Response(document, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="partners-day.ics"'
    return answer


def _entry(item: Published, attendee: Attendee, language: str) -> calendar.Entry:
    return calendar.Entry(
        uid=f"{item.uid}@partners-day",
        start=item.starts_at,
        end=item.ends_at,
        changed_at=item.changed_at,
        summary=said(item, "title", language=language),
        sequence=item.sequence,
        location=said(item, "room", language=language),
        description=agenda_words.description(item, language),
        url=looks.outside_url(url_for("partner.attendee.passes.show", id=attendee.id)),
    )
