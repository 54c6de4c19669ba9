"""The digest letter: what of the agenda is different now in one attendee's own days, and nothing else."""

from __future__ import annotations

from flask_babel import gettext as _

from eventapp.db import db
from eventapp.letters import attendee as to_attendee
from eventapp.letters import words
from eventapp.letters.words import Edition, Letter, Withdrawn
from eventapp.models.event import Event
from eventapp.models.message import Message
from eventapp.models.programme import Shown
from eventapp.models.registration import Attendee
from eventapp.rules import (
    agenda_changes,
    agenda_words,
    moved_items,
    own_programmes,
    publications,
    working_copies,
)
from eventapp.rules.own_programmes import Reader


def changed(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """From what they were told to what stands now. Withdrawn where it came back, or never was theirs."""
    event = attendee.registration.invitation.event
    run = attendee.registration.event_session
    chosen = own_programmes.chosen_by(attendee.registration) | _ended(attendee, edition)
    rows = _rows(attendee, *_states(event, edition), chosen=chosen) if run is not None else []
    if not rows:
        raise Withdrawn("Nothing is different for this person.")
    return to_attendee.with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: the programme has changed, {run}"),
        kicker=_("{event}, your programme"),
        paragraphs=[
            _("Something in the programme of {run} is different from what you have read. This concerns you:"),
            _("Your badge and the calendar you subscribed to show it already; there is nothing to do."),
        ],
        rows=rows,
    )


def _states(event: Event, edition: Edition) -> tuple[list[Shown], list[Shown]]:
    """What was told and what stands now; in a preview, what stands now and what the working copy would bring."""
    latest = publications.latest(event)
    now: list[Shown] = list(latest.items()) if latest else []
    message = db.session.get(Message, edition.number)
    if message is None:
        return now, list(publications.seen_by_partners(working_copies.of(event).items()))
    return list(publications.numbered(event, int(message.occasion)).items()), now


def _ended(attendee: Attendee, edition: Edition) -> frozenset[str]:
    """What they had chosen and what was moved to another run since; in a preview what would be."""
    registration = attendee.registration
    event = registration.invitation.event
    message = db.session.get(Message, edition.number)
    if message is not None:
        return moved_items.ended_for(registration, publications.since(event, int(message.occasion)))
    ending = moved_items.ending(event, working_copies.of(event).items())
    return frozenset(uid for uid, ids in ending.items() if registration.id in ids)


def _rows(
    attendee: Attendee, before: list[Shown], after: list[Shown], *, chosen: frozenset[str]
) -> list[tuple[str, str]]:
    registration = attendee.registration
    run, language = registration.event_session, words.language()
    assert run is not None
    reader = Reader(attendee, run.number, chosen)
    touched = own_programmes.touched(reader, before=before, after=after)
    was, will = (
        own_programmes.own([item for item in items if item.run == run.number], reader.chosen)
        for items in (before, after)
    )
    return [
        (
            str(agenda_words.WHAT[change.what]),
            ", ".join(
                (
                    agenda_words.title(change, language),
                    *(line.alone for line in agenda_words.lines(change, run, language=language)),
                )
            ),
        )
        for change in agenda_changes.between(was, will)
        if change.item.uid in touched
    ]
