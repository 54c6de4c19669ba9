"""Own data: a person corrects how to reach them, and has what is kept about them erased."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.formats import phone as phones
from eventapp.models.change_request import ChangeRequest
from eventapp.models.checkin import CheckIn
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.import_draft import ImportDraft
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message, MessageAttempt, Purpose
from eventapp.models.person import Person
from eventapp.models.pool import SeatWish
from eventapp.models.printout import PrintoutLine
from eventapp.models.question import Answer
from eventapp.models.registration import Attendee, Diet, Registration, Room
from eventapp.models.seminar import SeminarQuestion, SeminarTopic
from eventapp.models.states import LIVE, InvitationStatus, RequestStatus
from eventapp.rules import (
    answers,
    attendees,
    change_requests,
    consents,
    journal,
    messages,
    registrations,
    rosters,
)

NOBODY = "–"  # what stands where a name stood
STANDING = (InvitationStatus.DRAFT, InvitationStatus.SENT, InvitationStatus.ACCEPTED)
ENTERED = ("registered", "substituted", "invited", "handed over", "coordinator replaced")
FREE_WORDS = (
    "called",
    "declined",
    "change asked",
    "address corrected",
)  # deeds whose detail holds what was typed


class MailNeeded(RuleBroken):
    """Who answers for a company has to be reached."""

    code = "mail-needed"
    sentence = _l("You answer for your company, so our letters need an address. Please write one.")


def correct(person: Person, event: Event, *, department: str, phone: str, email: str, language: str) -> None:
    """How to reach the person; a new e-mail address brings an attendee their pass letter.

    Raises MailNeeded, Stale.
    """
    with db.writing():
        attendee = consents.seat_of(person, event)
        runs = answers.hold(attendee.registration, live=False) if attendee is not None else []
        if attendee is not None:
            db.lock(attendee)
        db.lock(person)
        if person.erased_at is not None or (attendee is not None and attendee.ended_at is not None):
            raise Stale()
        if person.email and not email and coordinates(person):
            raise MailNeeded(field="email")
        wanted = {"department": department, "phone": phone, "email": email, "language": language}
        changed = sorted(name for name, value in wanted.items() if getattr(person, name) != value)
        for name in changed:
            setattr(person, name, wanted[name])
        if changed:
            journal.record("own data corrected", person, event_id=event.id, changed=changed)
        if changed and attendee is not None:
            rosters.mark(runs, attendee)
        if "email" in changed and attendee is not None:
            attendees.send_pass(attendee, occasion=messages.next_occasion(Purpose.PASS, attendee.id))


def source(person: Person, attended: list[Attendee]) -> str:
    """Who entered the data first: 'themselves', 'coordinator' or 'host'."""
    things = [("registration", str(one.registration_id)) for one in attended]
    own = set(db.session.scalars(select(Invitation.id).where(Invitation.coordinator_id == person.id)))
    things += [("invitation", str(one)) for one in own]
    if not things:
        return "host"
    about = [(JournalEntry.thing == thing) & (JournalEntry.thing_id == id) for thing, id in things]
    first = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.action.in_(ENTERED), or_(*about), JournalEntry.at >= person.created_at)
        .order_by(JournalEntry.at, JournalEntry.id)
    ).first()
    if first is None or not first.actor.startswith("coordinator "):
        return "host"
    themselves = first.actor in {f"coordinator {one}" for one in own} and first.thing == "registration"
    return "themselves" if themselves else "coordinator"


def coordinates(person: Person) -> list[Invitation]:
    """The invitations this person answers for now."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(Invitation.coordinator_id == person.id, Invitation.status.in_(STANDING))
            .order_by(Invitation.id)
        )
    )


def ahead(person: Person) -> list[Registration]:
    """The seats held for days that are not over: erasing gives them up."""
    held = db.session.scalars(
        select(Registration)
        .join(Attendee, Attendee.registration_id == Registration.id)
        .where(Attendee.person_id == person.id, Attendee.ended_at.is_(None), Registration.status.in_(LIVE))
        .order_by(Registration.id)
    )
    return [one for one in held if not _is_over(one)]


def erase(person: Person) -> None:
    """Nothing personal stays in any table; the row without a name stays, so that numbers do. Harmless twice.

    A seat ahead is given up by the ordinary rule, and whoever waits moves up. Personal links end. Locks everything
    of the company: its words may hold the name.
    """
    with db.writing():
        _hold_company(person)
        db.lock(person)
        if person.erased_at is not None:
            return
        found = traces(person)
        for registration in ahead(person):
            registrations.cancel(registration)
        for invitation in coordinates(person):
            journal.record("coordinator erased", invitation)
        _end_requests(ChangeRequest.person_id == person.id)
        held = db.session.scalars(select(Attendee).where(Attendee.person_id == person.id)).all()
        for attendee in held:
            forget_attendee(attendee)
        _forget_person(person)
        _forget_words(person, traces=found)
        _forget_details(person, traces=found)
        journal.record("person erased", person)
    db.cut_log()


def _is_over(registration: Registration) -> bool:
    run = registration.event_session
    return run is not None and run.ends_on < today(run.event.time_zone)


def _hold_company(person: Person) -> None:
    invited = select(Invitation).where(Invitation.company_id == person.company_id)
    runs = select(EventSession).where(
        EventSession.event_id.in_(invited.with_only_columns(Invitation.event_id))
    )
    db.lock_all(list(db.session.scalars(runs)))
    db.lock_all(list(db.session.scalars(invited)))


def traces(person: Person) -> list[str]:
    """What would give the person away in somebody's words; one syllable alone would not."""
    found = (person.name, person.email, person.phone, phones.national(person.phone) if person.phone else "")
    return [one for one in found if len(one) > 1]


def _end_requests(about: ColumnElement[bool]) -> None:
    """Whoever was to come instead does not come; reasons may speak of health."""
    for request in db.session.scalars(select(ChangeRequest).where(about)).all():
        if request.status == RequestStatus.OPEN:
            change_requests.withdraw(request)
        request.reason = request.word = ""
        request.wanted = {}


def forget_attendee(attendee: Attendee) -> None:
    """Of one who is over, nothing personal stays at that Event. Inside a transaction that holds its runs."""
    registration = attendee.registration
    attendee.forgotten_at = now()
    _end_requests(ChangeRequest.attendee_id == attendee.id)
    attendee.diet, attendee.allergy = Diet.ANY, ""
    attendee.arrives_at = attendee.departs_at = None
    attendee.flight_in = attendee.flight_out = ""
    attendee.on_call = False
    holder = attendees.living(registration)
    if holder is None or holder.id == attendee.id:
        registration.room, registration.room_with, registration.room_number = Room.ANY, "", ""
        registration.shuttle_in = registration.shuttle_out = False
    if attendee.ended_at is None:  # their days are over: the link ends, the place stays in the numbers
        attendee.generation += 1
    db.session.execute(delete(Answer).where(Answer.attendee_id == attendee.id))  # files go with them
    db.session.execute(delete(SeminarQuestion).where(SeminarQuestion.attendee_id == attendee.id))
    for check_in in db.session.scalars(select(CheckIn).where(CheckIn.attendee_id == attendee.id)):
        check_in.walk_in_name = check_in.walk_in_company = check_in.note = ""
    stood = (PrintoutLine.registration_id == registration.id, PrintoutLine.person_id == attendee.person_id)
    db.session.execute(update(PrintoutLine).where(*stood).values(told=None))
    _forget_typed([("attendee", attendee.id), ("registration", registration.id)])
    event = registration.invitation.event
    runs = db.session.scalars(select(EventSession).where(EventSession.event_id == event.id))
    rosters.mark(list(runs), attendee)


def _forget_person(person: Person) -> None:
    person.name, person.title, person.department = NOBODY, "", ""
    person.phone = person.email = ""
    person.erased_at = now()
    for invitation in db.session.scalars(select(Invitation).where(Invitation.coordinator_id == person.id)):
        invitation.generation += 1
        invitation.decline_reason = ""
    db.session.execute(update(Message).where(Message.person_id == person.id).values(words=""))
    letters = select(Message.id).where(Message.person_id == person.id)
    for attempt in db.session.scalars(select(MessageAttempt).where(MessageAttempt.message_id.in_(letters))):
        attempt.detail = ""


def _forget_words(person: Person, *, traces: list[str]) -> None:
    """In what colleagues and the door wrote, a dash stands for the person."""
    invited = select(Invitation).where(Invitation.company_id == person.company_id)
    ids = invited.with_only_columns(Invitation.id)
    seats = select(Registration).where(Registration.invitation_id.in_(ids))
    seat_ids = seats.with_only_columns(Registration.id)
    sitting = select(Attendee).where(Attendee.registration_id.in_(seat_ids))
    said = select(Answer).where(Answer.attendee_id.in_(sitting.with_only_columns(Attendee.id)))
    asked = select(ChangeRequest).where(ChangeRequest.registration_id.in_(seat_ids))
    wished = select(SeatWish).where(SeatWish.invitation_id.in_(ids))
    colleagues = select(Person.id).where(Person.company_id == person.company_id)
    written = select(Message).where(Message.person_id.in_(colleagues))
    tried = select(MessageAttempt).join(MessageAttempt.message).where(Message.person_id.in_(colleagues))
    walked_in = select(CheckIn).where(CheckIn.walk_in_name.in_(traces))
    printed = select(PrintoutLine).where(PrintoutLine.registration_id.in_(seat_ids))
    events = invited.with_only_columns(Invitation.event_id)
    asked_ahead = select(SeminarQuestion).where(SeminarQuestion.event_id.in_(events))
    answered = select(SeminarTopic).where(SeminarTopic.event_id.in_(events))
    places: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (invited, ("decline_reason",)),
        (seats, ("room_with",)),
        (sitting, ("allergy",)),
        (asked_ahead, ("text",)),
        (answered, ("question_ko", "question_en", "answer_ko", "answer_en")),
        (said, ("value",)),
        (asked, ("reason", "word", "wanted")),
        (wished, ("reason",)),
        (tried, ("detail",)),
        (written, ("words",)),
        (printed, ("told",)),
        (walked_in, ("walk_in_name",)),
    )
    for rows, names in places:
        for row in db.session.scalars(rows).all():
            for name in names:
                _dash(row, name, traces=traces)
    db.session.execute(delete(ImportDraft).where(ImportDraft.event_id.in_(events)))


def _dash(row: Any, name: str, *, traces: list[str]) -> None:
    text = kept = json.dumps(getattr(row, name), ensure_ascii=False)
    for trace in traces:
        text = text.replace(json.dumps(trace, ensure_ascii=False)[1:-1], NOBODY)
    if text != kept:
        setattr(row, name, json.loads(text))


def _forget_details(person: Person, *, traces: list[str]) -> None:
    """Of journal lines the deed, the time and the digest stay; the salt goes too, or the digest could be guessed."""
    coordinated = select(Invitation.id).where(Invitation.coordinator_id == person.id)
    letters = select(Message.id).where(Message.person_id == person.id)
    _forget_typed(
        [
            ("person", person.id),
            *(("invitation", one) for one in db.session.scalars(coordinated)),
            *(("message", one) for one in db.session.scalars(letters)),
        ]
    )
    for entry in db.session.scalars(select(JournalEntry).where(JournalEntry.detail_salt != "")).all():
        text = json.dumps(entry.detail, ensure_ascii=False)
        if any(trace in text for trace in traces):
            entry.detail, entry.detail_salt = None, ""


def _forget_typed(things: Iterable[tuple[str, int]]) -> None:
    """What was typed in deeds about these."""
    about = [and_(JournalEntry.thing == thing, JournalEntry.thing_id == str(id)) for thing, id in things]
    typed = select(JournalEntry).where(JournalEntry.action.in_(FREE_WORDS), or_(*about))
    for entry in db.session.scalars(typed):
        entry.detail, entry.detail_salt = None, ""
