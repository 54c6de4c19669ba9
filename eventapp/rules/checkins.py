"""Check-ins: every scan is a row and one of them counts, decided again whenever a late one arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.formats import codes
from eventapp.models.badge import Badge
from eventapp.models.checkin import CheckIn, CheckInKind, CheckInUndo, Checkpoint, CheckpointKind
from eventapp.models.company import Company
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import Verdict
from eventapp.rules import badges, door_places, expected, journal, rosters, seats, verdicts
from eventapp.rules.expected import ENTERED

LONGEST_CODE = 80
UNNAMED = (CheckInKind.WALK_IN, CheckInKind.SUBSTITUTE)  # with a name of their own, never unknown
INVITED = joinedload(Attendee.registration).joinedload(Registration.invitation)


class OtherRunsScan(RuleBroken):
    """The id belongs to a scan of another run: nothing of it is told here."""

    code = "other-run"
    sentence = _l("This scan belongs to the other run. It can be changed on a phone of that run.")


@dataclass(frozen=True)
class Scan:
    """What a phone says. `id` is a UUID made on the device; `at` is scanned_at corrected by its offset.

    code: as read, any text. attendee_id: instead of a code, from the name list. shown: what the phone's screen
    said before we had decided, where it did. note: the key's number, or why somebody leaves early.
    """

    id: str
    checkpoint: Checkpoint
    scanned_at: datetime
    at: datetime
    code: str = ""
    attendee_id: int | None = None
    gate: str = ""
    door_phone_id: int | None = None
    shown: Verdict | None = None
    note: str = ""


def check_in(scan: Scan, kind: CheckInKind = CheckInKind.SCAN) -> CheckIn:
    """Keep one scan and its verdict. The same id again changes nothing. Raises OtherRunsScan.

    kind: SCAN, or ANYWAY where the door lets somebody in who is not expected at this checkpoint.
    """
    with db.writing():
        event_session = db.lock_by_id(EventSession, scan.checkpoint.event_session_id)
        known = _known(scan, event_session)
        if known is not None:
            return known
        badge, attendee = _who(scan, event_session)
        return _keep(scan, kind, badge=badge, attendee=attendee)


def take_back(
    undo_id: str, check_in_id: str, *, event_session: EventSession, undone_at: datetime, by: str
) -> CheckIn | None:
    """Take back a scan; the undo may arrive before it (then None). Raises OtherRunsScan."""
    with db.writing():
        db.lock(event_session)
        check_in = db.session.get(CheckIn, check_in_id)
        if check_in is not None and check_in.checkpoint.event_session_id != event_session.id:
            raise OtherRunsScan()
        if db.session.get(CheckInUndo, undo_id) is None:
            undo = CheckInUndo(id=undo_id, check_in_id=check_in_id, undone_at=undone_at, undone_by=by)
            undo.received_at = now()
            db.session.add(undo)
            db.session.flush()
        if check_in is not None:
            if check_in.attendee is not None:
                db.lock(check_in.attendee)
            _apply_undo(check_in)
            _decide_again(check_in)
    return check_in


def move_here(scan: Scan) -> tuple[CheckIn, str]:
    """Move somebody of the other run to today's, and admit them.

    Where that is not possible, the row stays with its verdict, and the sentence says why.
    """
    with db.writing():
        event_session = _hold_runs(scan)
        known = _known(scan, event_session)
        if known is not None:
            return known, door_places.why_not_moved(known.verdict, event_session)
        badge, attendee = _who(scan, event_session, lock=False)
        sentence = ""
        if attendee is not None:
            verdict = verdicts.of(attendee, badge, checkpoint=scan.checkpoint, at=scan.at)
            if verdict == Verdict.WRONG_RUN:
                sentence = door_places.move(attendee.registration, event_session)
            db.lock(attendee)
        return _keep(scan, CheckInKind.MOVE, badge=badge, attendee=attendee), sentence


def walk_in(scan: Scan, name: str, *, company: Company | None, company_name: str) -> CheckIn:
    """Somebody without a badge: registered where a seat and a place are free, else a row to settle, not a refusal."""
    with db.writing():
        db.lock(scan.checkpoint.event_session.event)  # a seat may come from the pool
        event_session = _hold_runs(scan)
        known = _known(scan, event_session)
        if known is not None:
            return known
        attendee = (
            door_places.seat(name, company, event_session=event_session) if company is not None else None
        )
        return _welcome(scan, CheckInKind.WALK_IN, attendee=attendee, name=name, company=company_name)


def substitute(scan: Scan, name: str) -> CheckIn:
    """A colleague comes instead of the one whom the scan names: the place is theirs, or it is a row to settle."""
    with db.writing():
        event_session = _hold_runs(scan)
        known = _known(scan, event_session)
        if known is not None:
            return known
        _badge, before = _who(scan, event_session, lock=False)
        company = before.registration.invitation.company.name if before is not None else ""
        after = None
        if before is not None and _is_to_come(before, scan):
            after = door_places.hand_over(before.registration, name)
        return _welcome(scan, CheckInKind.SUBSTITUTE, attendee=after, name=name, company=company)


def settle(check_in: CheckIn) -> None:
    """An organizer has found a place for a walk-in, or spoken with them."""
    with db.writing():
        db.lock(check_in)
        check_in.settled_at = check_in.settled_at or now()
        journal.record("walk-in settled", check_in, event_id=check_in.checkpoint.event_session.event_id)


def first_of(check_in: CheckIn) -> CheckIn | None:
    """The scan that counts for the same attendee and checkpoint."""
    return db.session.scalar(_like(check_in).where(CheckIn.counted))


def _hold_runs(scan: Scan) -> EventSession:
    """Lock every run of the Event; the one the scan was made in."""
    runs = db.lock_all(seats.runs(scan.checkpoint.event_session.event))
    return next(run for run in runs if run.id == scan.checkpoint.event_session_id)


def _is_to_come(attendee: Attendee, scan: Scan) -> bool:
    """Holds a place of this run, and no checkpoint has seen them: a place is handed over before, not after."""
    registration = attendee.registration
    if attendee.ended_at is not None or registration.event_session_id != scan.checkpoint.event_session_id:
        return False
    seen = select(CheckIn.id).where(CheckIn.attendee_id == attendee.id, CheckIn.counted).limit(1)
    return db.session.scalar(seen) is None


def _welcome(scan: Scan, kind: CheckInKind, *, attendee: Attendee | None, name: str, company: str) -> CheckIn:
    """Somebody came without a badge; settled at once where they have a place now."""
    if attendee is not None:
        db.lock(attendee)
    check_in = _keep(scan, kind, attendee=attendee, walk_in_name=name, walk_in_company=company)
    if attendee is not None:
        check_in.settled_at = check_in.received_at
    return check_in


def _known(scan: Scan, event_session: EventSession) -> CheckIn | None:
    """The row of that id, where it came before. Two phones cannot both miss it: the run is locked."""
    known = db.session.get(CheckIn, scan.id)
    if known is not None and known.checkpoint.event_session_id != event_session.id:
        raise OtherRunsScan()
    if known is not None and scan.shown is not None and not known.shown:
        known.shown = scan.shown  # it was on its way already when the screen spoke
    return known


def _who(
    scan: Scan, event_session: EventSession, *, lock: bool = True
) -> tuple[Badge | None, Attendee | None]:
    """The badge and the attendee a scan speaks of, of this Event alone; the attendee locked."""
    badge = attendee = None
    if not scan.code and scan.attendee_id is not None:
        attendee = db.session.get(Attendee, scan.attendee_id, options=[INVITED])
    elif code := codes.normalise(scan.code):
        badge = badges.by_code(code, joinedload(Badge.attendee).options(INVITED))
        attendee = badge.attendee if badge else None
    if attendee is None or attendee.registration.invitation.event_id != event_session.event_id:
        return None, None
    return badge, db.lock(attendee) if lock else attendee


def _keep(
    scan: Scan, kind: CheckInKind, *, badge: Badge | None = None, attendee: Attendee | None, **walk_in: str
) -> CheckIn:
    verdict = Verdict.UNKNOWN if kind not in UNNAMED else Verdict.ADMITTED
    if attendee is not None:
        verdict = verdicts.of(
            attendee, badge, checkpoint=scan.checkpoint, at=scan.at, anyway=kind != CheckInKind.SCAN
        )
    check_in = CheckIn(
        id=scan.id,
        checkpoint=scan.checkpoint,
        checkpoint_id=scan.checkpoint.id,
        kind=kind,
        attendee=attendee,
        attendee_id=attendee.id if attendee is not None else None,
        badge=badge,
        code=scan.code[:LONGEST_CODE],
        verdict=verdict,
        scanned_at=scan.scanned_at,
        at=scan.at,
        received_at=now(),
        gate=scan.gate,
        note=scan.note,
        door_phone_id=scan.door_phone_id,
        shown=scan.shown or "",
        **walk_in,
    )
    _apply_undo(check_in)
    _decide_again(check_in)
    db.session.add(check_in)
    db.session.flush()
    return check_in


def _apply_undo(check_in: CheckIn) -> None:
    """Whatever the order they come in, the earliest undo is the one that stands."""
    undos = db.session.scalars(select(CheckInUndo).where(CheckInUndo.check_in_id == check_in.id)).all()
    if undos:
        first = min(undos, key=lambda undo: (undo.undone_at, undo.id))
        check_in.undone_at, check_in.undone_by = first.undone_at, first.undone_by


def _decide_again(check_in: CheckIn) -> None:
    """Among all who entered, the smallest (at, id) not undone counts. Run and attendee must be locked."""
    if check_in.attendee is None or check_in.verdict not in ENTERED:
        return
    with db.session.no_autoflush:  # an undo just set and `counted` go to the table together
        others = _like(check_in).where(CheckIn.verdict.in_(ENTERED), CheckIn.id != check_in.id)
        entered = sorted([*db.session.scalars(others), check_in], key=_place)
        before = next((row for row in entered if row.counted), None)
        if before is not None and before.undone_at is None and _place(before) < _place(check_in):
            check_in.verdict = Verdict.ALREADY_IN  # by far the most: nothing else changes
            _mark_return(check_in)
            return
    first = next((row for row in entered if row.undone_at is None), None)
    if before is not None and before is not first:
        before.counted = False
        db.session.flush()  # the table allows one counted row at any moment
    place = entered.index(first) if first else len(entered)
    for index, row in enumerate(entered):
        if row is not check_in and index > place and row.verdict == Verdict.ADMITTED and not row.shown:
            row.shown = Verdict.ADMITTED  # our own word, and a late scan was earlier
        row.verdict = Verdict.ADMITTED if index <= place else Verdict.ALREADY_IN
        row.counted = row is first
    if before is not first:
        rosters.mark([check_in.checkpoint.event_session], check_in.attendee)


def _mark_return(check_in: CheckIn) -> None:
    """Seen at a gate again after leaving early: the other checkpoints expect them again."""
    run = check_in.checkpoint.event_session
    if check_in.checkpoint.kind == CheckpointKind.GATE and expected.has_left(check_in.attendee, run.id):
        rosters.mark([run], check_in.attendee)


def _like(check_in: CheckIn) -> Select[tuple[CheckIn]]:
    same = (CheckIn.checkpoint_id == check_in.checkpoint_id, CheckIn.attendee_id == check_in.attendee_id)
    return select(CheckIn).where(*same)


def _place(check_in: CheckIn) -> tuple[datetime, str]:
    return check_in.at, check_in.id
