"""What a letter says: written when it is delivered, so that no link and no old news is ever stored.

List-Unsubscribe stands in none of these letters: each answers one person's own invitation or place, nobody
is on a list, and a mail program's unsubscribe button would only hide a pass. The first letter that goes to
many at once brings the header with it.
"""

from __future__ import annotations

from email.message import EmailMessage

from flask import current_app
from flask_babel import force_locale

from eventapp.db import db
from eventapp.formats import mail_address
from eventapp.letters import (
    agenda,
    answers,
    attendee,
    ended,
    envelope,
    invitation,
    notice,
    paper,
    planned,
    seminar,
    words,
)
from eventapp.letters.words import Edition, Letter, NoSuchAddress, Withdrawn
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import TO_COORDINATOR, Message, Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.rules import invitations


def letter_for(message: Message) -> EmailMessage:
    """The letter as it has to be said now, ready to send. Raises Withdrawn, NoSuchAddress."""
    row, person = subject_of(message), message.person
    if person.erased_at is not None or not person.email:
        raise Withdrawn("There is no address any more.")
    try:
        address = mail_address.parse(person.email)
    except mail_address.MailProblem as problem:
        raise NoSuchAddress() from problem
    with force_locale(person.language):
        letter = write(
            Purpose(message.purpose),
            row,
            person=person,
            edition=Edition(message.id, message.queued_at, message.words),
        )
        return envelope.seal(
            letter,
            event=message.event,
            invitation=invitation_of(row),
            to=(person.name_and_title, address),
            message_id=envelope.message_id(message, _link_key()),
        )


def html_of(
    purpose: Purpose, row: Invitation | Attendee, *, person: Person, edition: Edition, url: str
) -> str:
    """The letter as a web page shows it; `url` stands in the place of the personal link. Raises Withdrawn."""
    with force_locale(person.language):
        letter = write(purpose, row, person=person, edition=edition, url=url)
        return paper.html(letter, event=event_of(row), invitation=invitation_of(row))


def trial_of(
    purpose: Purpose, row: Invitation | Attendee, *, person: Person, edition: Edition, url: str, to: str
) -> EmailMessage:
    """The same letter to a member of staff, marked as a trial in its subject. Raises Withdrawn."""
    with force_locale(person.language):
        letter = write(purpose, row, person=person, edition=edition, url=url)
        return envelope.seal(
            letter,
            event=event_of(row),
            invitation=invitation_of(row),
            to=("", to),
            message_id=envelope.fresh_id(event_of(row)),
            trial=True,
        )


def write(
    purpose: Purpose, row: Invitation | Attendee, *, person: Person, edition: Edition, url: str | None = None
) -> Letter:
    """The words of a letter in the present language, an organizer's own first. url: instead of the personal link."""
    letter = _write(
        purpose, row, person=person, edition=edition, address=link_to(row) if url is None else url
    )
    names = {"event": words.event_name(event_of(row)), "company": person.company.name}
    letter.paragraphs[:0] = words.organizers_words(edition.words, **names)
    return letter


def _write(
    purpose: Purpose, row: Invitation | Attendee, *, person: Person, edition: Edition, address: str
) -> Letter:
    if isinstance(row, Invitation):
        to_coordinator = {
            Purpose.INVITATION: invitation.invitation,
            Purpose.CONFIRMATION: invitation.confirmation,
            Purpose.LINK_AGAIN: invitation.link_again,
            Purpose.SEAT_OFFER: invitation.seat_offer,
            Purpose.ANSWER: answers.answer,
            Purpose.NAMES_WANTED: planned.names_wanted,
        }
        return to_coordinator[purpose](row, person, address)
    if purpose == Purpose.CANCELLED:
        return ended.cancelled(row, edition)
    to_attendee = {
        Purpose.PASS: attendee.pass_letter,
        Purpose.MOVED: attendee.moved,
        Purpose.PLACED: attendee.placed,
        Purpose.PROMOTED: attendee.promoted,
        Purpose.ITEM_PLACE: attendee.item_place,
        Purpose.OWN_ANSWER: answers.own_answer,
        Purpose.PART_WANTED: planned.part_wanted,
        Purpose.SOON: planned.soon,
        Purpose.THANKS: planned.thanks,
        Purpose.AGENDA_CHANGED: agenda.changed,
        Purpose.SEMINAR_ANSWER: seminar.answered,
    }
    letter = to_attendee[purpose](row, edition, address)
    if purpose in (Purpose.PASS, Purpose.PART_WANTED):
        letter.notice = notice.of(row, address)
    return letter


def subject_of(message: Message) -> Invitation | Attendee:
    """The row the letter speaks of. Raises Withdrawn where it is gone."""
    table = Invitation if message.purpose in TO_COORDINATOR else Attendee
    row = db.session.get(table, message.subject_id)
    if row is None:
        raise Withdrawn("What this letter speaks of is gone.")
    return row


def invitation_of(row: Invitation | Attendee) -> Invitation:
    """Under which Invitation the letter is written."""
    return row if isinstance(row, Invitation) else row.registration.invitation


def event_of(row: Invitation | Attendee) -> Event:
    """In whose name it is written."""
    return invitation_of(row).event


def link_to(row: Invitation | Attendee) -> str:
    """The personal link of the present generation, from BASE_URL and never from a Host header."""
    road = "i" if isinstance(row, Invitation) else "p"
    return f"{current_app.config['BASE_URL']}/{road}/{invitations.token(row, _link_key())}"


def _link_key() -> bytes:
    return str(current_app.config["LINK_KEY"]).encode()
