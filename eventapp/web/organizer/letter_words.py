"""What the desk calls a letter, its state and what a far end answered; and a letter inside a frame."""

from __future__ import annotations

from datetime import datetime

from flask import Response, make_response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.formats import dates
from eventapp.models.message import Purpose
from eventapp.models.states import MessageStatus
from eventapp.web import looks

PURPOSES = {
    Purpose.INVITATION: _l("Invitation"),
    Purpose.CONFIRMATION: _l("Confirmation"),
    Purpose.PASS: _l("Badge letter"),
    Purpose.MOVED: _l("New days"),
    Purpose.PLACED: _l("The run we chose"),
    Purpose.PROMOTED: _l("A place became free"),
    Purpose.ITEM_PLACE: _l("A place in the programme"),
    Purpose.SEAT_OFFER: _l("Offer of more seats"),
    Purpose.ANSWER: _l("Answer to a request"),
    Purpose.NAMES_WANTED: _l("Names wanted"),
    Purpose.PART_WANTED: _l("Their own part wanted"),
    Purpose.SOON: _l("See you soon"),
    Purpose.THANKS: _l("Thank you"),
    Purpose.OWN_ANSWER: _l("Answer to an attendee"),
    Purpose.CANCELLED: _l("Place given up"),
    Purpose.LINK_AGAIN: _l("Link again"),
    Purpose.AGENDA_CHANGED: _l("Changes of the programme"),
    Purpose.SEMINAR_ANSWER: _l("Answer to a question"),
}
STATES = {
    MessageStatus.QUEUED: _l("Waiting"),
    MessageStatus.SENT: _l("Sent"),
    MessageStatus.FAILED: _l("Did not arrive"),
    MessageStatus.UNCERTAIN: _l("Perhaps arrived"),
    MessageStatus.WITHDRAWN: _l("No longer needed"),
}
ANSWERS = {
    "The postman stopped during this try.": _l("The postman stopped during this try."),
    "Alimtalk: 200 2000": _l("The provider has taken it."),
    "Laid into the outbox.": _l("Laid into the outbox."),
    "The address is none.": _l("This is no e-mail address."),
    "There is no address any more.": _l("There is no address any more."),
    "A colleague answers for the company now.": _l("A colleague answers for the company now."),
    "No request was answered.": _l("No request was answered."),
    "The time to name somebody is over.": _l("The time to name somebody is over."),
    "Every seat has a name.": _l("Every seat has a name."),
    "Everything is answered.": _l("Everything is answered."),
    "The days are over.": _l("The days are over."),
    "The offer of seats has ended.": _l("The offer of seats has ended."),
    "The invitation is not open any more.": _l("The invitation is not open any more."),
    "The place was given up or passed to a colleague.": _l(
        "The place was given up or passed to a colleague."
    ),
    "Nothing is different for this person.": _l("Nothing is different for this person."),
    "The place is held again.": _l("The place is held again."),
    "None of this person's questions is answered.": _l("None of this person's questions is answered."),
    "Nobody is named yet, so nobody would get this letter.": _l(
        "Nobody is named yet, so nobody would get this letter."
    ),
    "What this letter speaks of is gone.": _l("What this letter speaks of is gone."),
}
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


def state_word(status: str, *, tries: int = 0, held: bool = False) -> str:
    """One word for where a letter stands."""
    if status == MessageStatus.QUEUED and held:
        return _("Held back")
    if status == MessageStatus.QUEUED and tries:
        return _("Will be tried again")
    return str(STATES[MessageStatus(status)])


def answer_word(detail: str) -> str:
    """Our own words in the reader's language; a mail server's as it said them."""
    return str(ANSWERS.get(detail, detail))


def moment(at: datetime, zone: str) -> str:
    """11. 9 목 10:05."""
    day = dates.short_day(dates.local(at, zone).date(), looks.current_language())
    return f"{day} {dates.clock_time(at, zone)}"


def framed(html: str) -> Response:
    """The letter's own page for a frame of ours: it may style itself and nothing else."""
    response = make_response(html)
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def with_frame(page: str) -> Response:
    """A page of the desk that shows a letter in a frame."""
    response = make_response(page)
    response.headers["Content-Security-Policy"] = f"{looks.policy()}; frame-src 'self'"
    return response
