"""The letter to somebody whose place has ended: given up, passed on, or not confirmed."""

from __future__ import annotations

from flask_babel import gettext as _

from eventapp.letters import attendee as to_attendee
from eventapp.letters import words
from eventapp.letters.words import Edition, Letter, Withdrawn
from eventapp.models.badge import Because
from eventapp.models.registration import Attendee
from eventapp.rules import badges


def cancelled(attendee: Attendee, edition: Edition) -> Letter:
    """The badge has ended, and why. No link: there is nothing left to open."""
    if attendee.ended_at is None:
        raise Withdrawn("The place is held again.")
    registration = attendee.registration
    run = registration.event_session
    event = registration.invitation.event
    names = {"event": words.event_name(event), "company": registration.invitation.company.name}
    return Letter(
        subject=words.line(_("{event}: your place"), **names),
        kicker=words.line(_("{event}, your place"), **names),
        greeting=words.to_whom(attendee.person),
        paragraphs=[
            words.paragraph(_why(attendee), **names),
            words.paragraph(
                _("If that is not what you meant, please write to us or call. We will gladly help.")
            ),
        ],
        url="",
        button="",
        note="",
        closing=_("We hope to see you another time."),
        attachment=to_attendee.calendar_of(attendee, edition, run, gone=True) if run else None,
    )


def _why(attendee: Attendee) -> str:
    badge = badges.last(attendee)
    because = badge.revoked_because if badge is not None else ""
    if because == Because.REPLACED:
        return _("Your place at {event} has passed to a colleague, and so has the badge.")
    if because == Because.REFUSED:
        return _("We are sorry that we cannot confirm your place at {event} this time. The badge has ended.")
    return _("Your place at {event} has been given up, and the badge has ended.")
