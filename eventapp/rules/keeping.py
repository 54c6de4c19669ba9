"""Keeping: what the consent texts say about how long is carried out; who is due, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, or_, select, union

from eventapp.clock import today
from eventapp.db import db
from eventapp.models.change_request import ChangeRequest
from eventapp.models.change_request import Kind as Asked
from eventapp.models.consent import Consent, ConsentPurpose, ConsentText
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.printout import Kind, Printout, PrintoutLine
from eventapp.models.registration import Attendee, Registration
from eventapp.rules import answers, consents, journal, own_data

Forgetting = Callable[[Attendee, list[EventSession]], None]
MERCY = timedelta(days=3)  # between a no to what is needed and its end: a thumb may have slipped
ENDLESS = date.max  # no text names a day, or the Event has none yet


def people() -> dict[int, date]:
    """The last day on which each person is kept, of all Events that know them, by the person's id."""
    last: dict[int, date] = {}
    for event, ids in _known().items():
        kept = until(event, ConsentPurpose.PERSONAL_DATA)
        for person_id in ids:
            last[person_id] = max(last.get(person_id, date.min), kept(person_id))
    return last | {id: _after_no(id, at) for id, at in _refusals().items() if id in last}


def of(event: Event) -> dict[int, date]:
    """The same for those alone whom this Event knows."""
    known, kept = _known().get(event, set()), people()
    return {id: kept[id] for id in known}


def places(event: Event) -> dict[int, date]:
    """The same for what each attendee told for this Event alone, by the attendee's id."""
    kept = until(event, ConsentPurpose.PERSONAL_DATA)
    rows = db.session.execute(_attendees(event).where(Attendee.forgotten_at.is_(None)))
    return {attendee_id: kept(person_id) for attendee_id, person_id in rows}


def meals(event: Event) -> dict[int, date]:
    """The same for whatever is known about what they eat."""
    kept = until(event, ConsentPurpose.SENSITIVE_DIET)
    asked = select(ChangeRequest.attendee_id).where(
        ChangeRequest.kind == Asked.MEALS, ChangeRequest.reason != ""
    )
    told = (
        select(PrintoutLine.id)
        .join(PrintoutLine.printout)
        .where(
            Printout.kind == Kind.MEALS,
            PrintoutLine.told.is_not(None),
            PrintoutLine.registration_id == Attendee.registration_id,
            PrintoutLine.person_id == Attendee.person_id,
        )
        .exists()
    )
    known = or_(Attendee.diet != "", Attendee.allergy != "", Attendee.id.in_(asked), told)
    rows = db.session.execute(_attendees(event).where(known))
    return {attendee_id: kept(person_id) for attendee_id, person_id in rows}


def until(event: Event, purpose: ConsentPurpose) -> Callable[[int], date]:
    """The last day for each person: by the version they answered, or else by the one in force."""
    days = {text.id: text.keep_days for text in consents.versions(event, purpose)}
    newest = next(iter(days), None)
    over = last_day(event)
    said = dict(
        db.session.execute(
            select(Consent.person_id, Consent.consent_text_id)
            .where(Consent.consent_text_id.in_(days))
            .order_by(Consent.id)
        ).all()
    )

    def day(person_id: int) -> date:
        kept = days.get(said.get(person_id, newest))
        return ENDLESS if over is None or kept is None else over + timedelta(days=kept)

    return day


def last_day(event: Event) -> date | None:
    """When the Event is over; None before it has a run."""
    runs = select(func.max(EventSession.ends_on)).where(EventSession.event_id == event.id)
    return db.session.scalar(runs)


def refused(event: Event) -> dict[int, date]:
    """Who said no to what is needed and is not erased yet, and their last day."""
    said_no = _refusals()
    return {id: day for id, day in of(event).items() if id in said_no}


def carry_out_due(erase: Callable[[Person], None] = own_data.erase) -> int:
    """Erase whoever and whatever is past its last day; returns how many. Harmless however often it is done.

    erase: the rule for a person's own erasure, with whatever lies outside of the database.
    """
    over = sorted(id for id, day in people().items() if is_past(day))
    known = _known() if over else {}
    gone = set()
    for person_id in over:
        if is_past(people().get(person_id, ENDLESS)):  # somebody may have thought better of it meanwhile
            erase(db.session.get_one(Person, person_id))
            gone.add(person_id)
    for event, ids in known.items():
        _tell(event, "people", count=len(ids & gone))
    count = len(gone)
    for event in db.session.scalars(select(Event).order_by(Event.id)).all():
        count += _forget(event, "meals", found=meals(event), forget=consents.forget_meals)
        count += _forget(event, "places", found=places(event), forget=_forget_place)
    return count


def is_past(day: date) -> bool:
    """Whether that day is over where the newest Event is."""
    return day < today(db.session.scalar(select(Event.time_zone).order_by(Event.id.desc()).limit(1)) or "UTC")


def _known() -> dict[Event, set[int]]:
    """Whom each Event knows: who answers for a company, sits, was to come, or got a letter. Nobody who was erased.

    Whoever none of them knows counts to every Event that their company was invited to.
    """
    ties = union(
        select(Attendee.person_id.label("person_id"), Invitation.event_id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id),
        select(ChangeRequest.person_id, Invitation.event_id)
        .join(Registration, ChangeRequest.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(ChangeRequest.person_id.is_not(None)),
        select(Invitation.coordinator_id, Invitation.event_id),
        select(Message.person_id, Message.event_id),
    ).subquery()
    others = select(Person.id, Invitation.event_id).join(
        Invitation, Invitation.company_id == Person.company_id
    )
    rows = union(
        select(ties.c.person_id, ties.c.event_id), others.where(Person.id.not_in(select(ties.c.person_id)))
    ).subquery()
    living = select(rows).join(Person, rows.c[0] == Person.id).where(Person.erased_at.is_(None))
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, event_id in db.session.execute(living):
        found[event_id].add(person_id)
    return {db.session.get_one(Event, event_id): ids for event_id, ids in sorted(found.items())}


def _refusals() -> dict[int, datetime]:
    """Whose newest word about their personal data is no, and when they said so."""
    rows = db.session.execute(
        select(Consent.person_id, Consent.agreed, Consent.answered_at)
        .join(Consent.text)
        .join(Consent.person)
        .where(ConsentText.purpose == ConsentPurpose.PERSONAL_DATA, Person.erased_at.is_(None))
        .order_by(Consent.id)
    )
    newest = {person_id: (agreed, at) for person_id, agreed, at in rows}
    return {person_id: at for person_id, (agreed, at) in newest.items() if not agreed}


def _after_no(person_id: int, at: datetime) -> date:
    """Soon; but who still holds a seat or answers for a company is not thrown out: after the last of those days."""
    person = db.session.get_one(Person, person_id)
    events = {one.invitation.event for one in own_data.ahead(person)}
    events |= {one.event for one in own_data.coordinates(person)}
    days = [last_day(event) or ENDLESS for event in events]
    ahead = [day for day in days if not is_past(day)]
    return max(ahead, default=(at + MERCY).date())


def _attendees(event: Event) -> Select[tuple[int, int]]:
    """(attendee, person) of everybody who ever sat there and is not erased."""
    return (
        select(Attendee.id, Attendee.person_id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Person, Attendee.person_id == Person.id)
        .where(Invitation.event_id == event.id, Person.erased_at.is_(None))
        .order_by(Attendee.id)
    )


def _forget(event: Event, kind: str, *, found: dict[int, date], forget: Forgetting) -> int:
    """One transaction for each, so that nobody waits long."""
    over = [id for id, day in found.items() if is_past(day)]
    for attendee_id in over:
        with db.writing():
            attendee = db.session.get_one(Attendee, attendee_id)
            runs = answers.hold(attendee.registration, live=False)
            forget(db.lock(attendee), runs)
    _tell(event, kind, count=len(over))
    if over:
        db.cut_log()
    return len(over)


def _forget_place(attendee: Attendee, _runs: list[EventSession]) -> None:
    own_data.forget_attendee(attendee)


def _tell(event: Event, kind: str, *, count: int) -> None:
    """How many, and nobody's name."""
    if count:
        with db.writing():
            journal.record("kept no longer", event, event_id=event.id, kind=kind, count=count)
