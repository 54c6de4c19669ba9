"""The letters that answer what was asked for after a cut-off: to the company, or to an attendee."""

from __future__ import annotations

from flask_babel import gettext as _

from eventapp.letters import words
from eventapp.letters.words import Edition, Letter, Withdrawn
from eventapp.models.change_request import OWN, ChangeRequest, Kind
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.models.states import RequestStatus
from eventapp.rules import change_requests


def answer(row: Invitation, person: Person, url: str) -> Letter:
    """What the host says to the company."""
    return _letter(row, person, url=url, button=_("See our seats"))


def own_answer(attendee: Attendee, _edition: Edition, url: str) -> Letter:
    """What the host says to an attendee. Withdrawn where somebody else sits there now."""
    if attendee.ended_at is not None:
        raise Withdrawn("The place was given up or passed to a colleague.")
    return _letter(attendee, attendee.person, url=url, button=_("Open my badge"))


def _letter(row: Invitation | Attendee, person: Person, *, url: str, button: str) -> Letter:
    told = change_requests.to_tell(row)
    if not told:
        raise Withdrawn("No request was answered.")
    event = (row.registration.invitation if isinstance(row, Attendee) else row).event
    names = {"event": words.event_name(event)}
    return Letter(
        subject=words.line(_("{event}: our answer to your request"), **names),
        kicker=words.line(_("{event}, our answer"), **names),
        greeting=words.to_whom(person),
        paragraphs=[
            words.paragraph(_("You asked us for a change. This is our answer."), **names),
            *(words.paragraph("{word}", word=one.word) for one in told if one.word),
        ],
        rows=[(_asked_for(one), _answer_word(one)) for one in told],
        url=url,
        button=button,
        note=words.for_you_alone(person),
        closing=words.see_you(event),
    )


def _asked_for(request: ChangeRequest) -> str:
    if request.kind == Kind.TRAVEL:
        return _("Journey and room")
    if request.kind == Kind.MEALS:
        return _("Meals")
    before = request.attendee.person.name_and_title
    if request.event_session is not None:
        return words.line(_("{name} to {run}"), name=before, run=words.run_name(request.event_session))
    after = request.person.name_and_title if request.person else ""
    return words.line(_("{after} instead of {before}"), after=after, before=before)


def _answer_word(request: ChangeRequest) -> str:
    if request.status == RequestStatus.APPROVED:
        return (
            _("Done. Your page shows it.")
            if request.kind in OWN
            else _("Done. The seats on your page show it.")
        )
    return _("Unfortunately not possible any more. Everything stays as it was.")
