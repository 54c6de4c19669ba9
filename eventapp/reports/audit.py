"""The audit: every promise about the data that a question to the database can check."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from eventapp.db import db
from eventapp.formats import codes
from eventapp.models.agenda import Publication
from eventapp.models.badge import Badge
from eventapp.models.checkin import CheckIn, CheckInUndo
from eventapp.models.company import Company
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.roster import RosterMark
from eventapp.models.states import HOLDS_PLACE, LIVE, InvitationStatus, MessageStatus, Verdict
from eventapp.rules import journal

CHECKS: list[Callable[[], Iterator[str]]] = []


def broken() -> list[str]:
    """One line for each promise that does not hold now; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _check(function: Callable[[], Iterator[str]]) -> Callable[[], Iterator[str]]:
    CHECKS.append(function)
    return function


@_check
def no_run_is_overbooked() -> Iterator[str]:
    """pending + registered <= capacity."""
    held = (
        select(Registration.event_session_id, func.count().label("held"))
        .where(Registration.status.in_(HOLDS_PLACE))
        .group_by(Registration.event_session_id)
        .subquery()
    )
    rows = db.session.execute(
        select(EventSession, held.c.held)
        .join(held, held.c.event_session_id == EventSession.id)
        .where(held.c.held > EventSession.capacity)
    )
    for run, taken in rows:
        yield f"run {run.number} (id {run.id}): {taken} places held, capacity {run.capacity}"


@_check
def no_invitation_holds_more_than_its_seats() -> Iterator[str]:
    """Live Registrations <= seats; none where the company said no or was taken back."""
    held = (
        select(Registration.invitation_id, func.count().label("held"))
        .where(Registration.status.in_(LIVE))
        .group_by(Registration.invitation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Invitation, held.c.held).join(held, held.c.invitation_id == Invitation.id)
    )
    for invitation, live in rows:
        if live > invitation.seats:
            yield f"invitation {invitation.id}: {live} live registrations, {invitation.seats} seats"
        if invitation.status in (InvitationStatus.DECLINED, InvitationStatus.REVOKED):
            yield f"invitation {invitation.id} is {invitation.status}, yet holds {live} registrations"


@_check
def every_place_has_one_attendee() -> Iterator[str]:
    """Each live Registration has exactly one live Attendee, each cancelled one none."""
    living = (
        select(Attendee.registration_id, func.count().label("people"))
        .where(Attendee.ended_at.is_(None))
        .group_by(Attendee.registration_id)
        .subquery()
    )
    people = func.coalesce(living.c.people, 0)
    rows = db.session.execute(
        select(Registration.id, Registration.status, people)
        .outerjoin(living, living.c.registration_id == Registration.id)
        .where(
            or_(
                and_(Registration.status.in_(LIVE), people != 1),
                and_(Registration.status.not_in(LIVE), people != 0),
            )
        )
    )
    for registration_id, status, found in rows:
        yield f"registration {registration_id} ({status}): {found} live attendees"


@_check
def every_attendee_has_one_valid_badge() -> Iterator[str]:
    """Each live Attendee has exactly one valid Badge, each ended one none; codes check."""
    valid = (
        select(Badge.attendee_id, func.count().label("badges"))
        .where(Badge.revoked_at.is_(None))
        .group_by(Badge.attendee_id)
        .subquery()
    )
    count = func.coalesce(valid.c.badges, 0)
    rows = db.session.execute(
        select(Attendee.id, Attendee.ended_at, count).outerjoin(valid, valid.c.attendee_id == Attendee.id)
    )
    for attendee_id, ended_at, found in rows:
        if found != (0 if ended_at else 1):
            yield f"attendee {attendee_id}: {found} valid badges"
    for badge_id, code in db.session.execute(select(Badge.id, Badge.code)):
        if codes.normalise(code) != code:
            yield f"badge {badge_id}: its code does not fit its check character"


@_check
def everybody_belongs_where_they_sit() -> Iterator[str]:
    """An attendee is of the invited company; a run is of the invitation's event; nobody sits twice."""
    rows = db.session.execute(
        select(Attendee.id, Invitation.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Person, Attendee.person_id == Person.id)
        .where(Person.company_id != Invitation.company_id)
    )
    for attendee_id, invitation_id in rows:
        yield f"attendee {attendee_id} is not of the company of invitation {invitation_id}"
    strange = db.session.scalars(
        select(Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(EventSession, Registration.event_session_id == EventSession.id)
        .where(EventSession.event_id != Invitation.event_id)
    )
    for registration_id in strange:
        yield f"registration {registration_id}: its run belongs to another event"
    twice = db.session.execute(
        select(Attendee.person_id, Invitation.event_id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(Attendee.ended_at.is_(None))
        .group_by(Attendee.person_id, Invitation.event_id)
        .having(func.count() > 1)
    )
    for person_id, event_id in twice:
        yield f"person {person_id} holds more than one seat of event {event_id}"


@_check
def one_admission_counts() -> Iterator[str]:
    """The counted CheckIn is the smallest (at, id) of the admitted ones that were not undone."""
    entered = (Verdict.ADMITTED, Verdict.ALREADY_IN)
    rows = db.session.scalars(
        select(CheckIn)
        .where(CheckIn.attendee_id.is_not(None), CheckIn.undone_at.is_(None), CheckIn.verdict.in_(entered))
        .order_by(CheckIn.checkpoint_id, CheckIn.attendee_id, CheckIn.at, CheckIn.id)
    )
    before: tuple[int, int | None] | None = None
    for check_in in rows:
        pair = (check_in.checkpoint_id, check_in.attendee_id)
        if check_in.counted != (pair != before):
            yield f"check-in {check_in.id}: counted is {check_in.counted}"
        if (check_in.verdict == Verdict.ADMITTED) != check_in.counted:
            yield f"check-in {check_in.id}: verdict is {check_in.verdict}"
        before = pair
    undone = db.session.scalars(
        select(CheckIn.id)
        .join(CheckInUndo, CheckInUndo.check_in_id == CheckIn.id)
        .where(CheckIn.undone_at.is_(None))
    )
    for check_in_id in undone:
        yield f"check-in {check_in_id} was taken back, yet stands"


@_check
def rosters_reach_the_last_change() -> Iterator[str]:
    """No mark is newer than its run's counter, and no two share a version."""
    rows = db.session.execute(
        select(EventSession.id, EventSession.roster_version, func.max(RosterMark.version))
        .join(RosterMark, RosterMark.event_session_id == EventSession.id)
        .group_by(EventSession.id, EventSession.roster_version)
    )
    for run_id, version, newest in rows:
        if newest > version:
            yield f"run id {run_id}: a mark of version {newest}, the counter says {version}"
    other = aliased(RosterMark)
    shared = db.session.scalars(
        select(RosterMark.id).join(
            other,
            and_(
                other.event_session_id == RosterMark.event_session_id,
                other.version == RosterMark.version,
                other.id > RosterMark.id,
            ),
        )
    )
    for mark_id in shared:
        yield f"roster mark {mark_id} shares its version with another"


@_check
def publications_are_numbered_without_gaps() -> Iterator[str]:
    """1, 2, 3 ... for every event."""
    rows = db.session.execute(
        select(Publication.event_id, func.count(), func.max(Publication.number)).group_by(
            Publication.event_id
        )
    )
    for event_id, many, highest in rows:
        if many != highest:
            yield f"event {event_id}: {many} publications, the highest is number {highest}"


@_check
def letters_end_well() -> Iterator[str]:
    """A letter that is done says when; a letter of a person belongs to a company of that event."""
    rows = db.session.scalars(
        select(Message.id).where((Message.status == MessageStatus.QUEUED) != Message.done_at.is_(None))
    )
    for message_id in rows:
        yield f"message {message_id}: status and time of ending do not fit"


@_check
def companies_are_found_by_one_name() -> Iterator[str]:
    """Each invited company belongs to a field; its coordinator is one of its own people."""
    rows = db.session.scalars(
        select(Invitation.id)
        .join(Person, Invitation.coordinator_id == Person.id)
        .join(Company, Invitation.company_id == Company.id)
        .where(Person.company_id != Company.id)
    )
    for invitation_id in rows:
        yield f"invitation {invitation_id}: its coordinator is not of its company"


@_check
def the_journal_is_whole() -> Iterator[str]:
    """Every sealed entry follows the one before it, and no detail was replaced (erasing one is allowed)."""
    for entry in db.session.scalars(select(JournalEntry).where(JournalEntry.detail_digest != "")):
        if (
            entry.detail is not None
            and journal.digest(entry.detail, entry.detail_salt) != entry.detail_digest
        ):
            yield f"journal entry {entry.id}: its detail was changed"
    for entry, follows in journal.sealed():
        if not follows:
            yield f"journal entry {entry.id}: the chain is broken here"
