"""What must hold of the door and the agenda."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from eventapp.db import db
from eventapp.models.agenda import Publication
from eventapp.models.checkin import CheckIn, CheckInUndo
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.roster import RosterMark
from eventapp.models.states import Verdict
from eventapp.rules import agenda_clashes, publications, seats
from eventapp.rules.agenda_clashes import Why


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


def nothing_published_is_in_two_places() -> Iterator[str]:
    """No room and no speaker twice at one time in what partners see."""
    for event in db.session.scalars(select(Event).order_by(Event.id)):
        found = publications.latest(event)
        items = found.items() if found else []
        for clash in agenda_clashes.among(items, runs=seats.runs(event), taken={}):
            if clash.why in (Why.ROOM, Why.SPEAKER):
                yield f"event {event.id}: publication {found.number if found else 0} has a {clash.why} twice"


CHECKS = (
    one_admission_counts,
    rosters_reach_the_last_change,
    publications_are_numbered_without_gaps,
    nothing_published_is_in_two_places,
)
