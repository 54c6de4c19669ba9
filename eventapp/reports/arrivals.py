"""Arrivals: who came to a checkpoint, company by company and ten minutes by ten minutes; the phones there."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, select

from eventapp.db import db
from eventapp.formats import dates, hangul
from eventapp.models.checkin import CheckIn, Checkpoint
from eventapp.models.company import Company
from eventapp.models.door_phone import DoorPhone
from eventapp.models.event_session import EventSession
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.rules import expected

TEN = timedelta(minutes=10)
FEWEST, MOST = 10, 18  # columns of the chart
LULL = timedelta(hours=1)  # nobody came for so long: the chart stays with those who did
QUIET = timedelta(minutes=2)  # after which a phone at the door is missed
ASLEEP = timedelta(hours=1)  # after which nobody waits for it any more


@dataclass
class Line:
    """One company: who is in (with the time) and who is not yet."""

    company: str
    came: list[datetime] = field(default_factory=list)
    missing: list[Person] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.came) + len(self.missing)

    @property
    def last_at(self) -> datetime | None:
        return max(self.came, default=None)


@dataclass(frozen=True)
class Ten:
    """Ten minutes from `starts_at`, and how many came in them."""

    starts_at: datetime
    count: int
    now: bool


@dataclass(frozen=True)
class PhoneLine:
    """A phone at the door: quiet for so long, or None while it talks to us."""

    phone: DoorPhone
    quiet: timedelta | None

    @property
    def is_missed(self) -> bool:
        return self.quiet is not None and self.quiet < ASLEEP


@dataclass(frozen=True)
class Arrivals:
    """One checkpoint at one moment. Lines: only of the companies the reader may see."""

    checkpoint: Checkpoint
    at: datetime
    inside: int
    expected: int
    waiting: list[Line]
    complete: list[Line]
    sizes: list[list[bool]]
    tens: list[Ten]
    phones: list[PhoneLine]
    to_settle: list[CheckIn]


def of(checkpoint: Checkpoint, moment: datetime, *, company_ids: list[int] | None = None) -> Arrivals:
    """The arrivals at a checkpoint. company_ids: the companies whose names may be shown; None: all."""
    lines, everybody = _lines(checkpoint)
    shown = [line for company_id, line in lines.items() if company_ids is None or company_id in company_ids]
    waiting = [line for line in shown if line.missing]
    complete = [line for line in shown if not line.missing]
    return Arrivals(
        checkpoint=checkpoint,
        at=moment,
        inside=len(everybody),
        expected=sum(line.size for line in lines.values()),
        waiting=sorted(waiting, key=_by_share),
        complete=sorted(complete, key=lambda line: (line.last_at, hangul.sort_key(line.company))),
        sizes=[[True] * len(line.came) + [False] * len(line.missing) for line in lines.values()],
        tens=_tens(checkpoint, everybody, moment),
        phones=_phones(checkpoint.event_session, moment),
        to_settle=_to_settle(checkpoint) if company_ids is None else [],
    )


def _lines(checkpoint: Checkpoint) -> tuple[dict[int, Line], list[datetime]]:
    counted = and_(
        CheckIn.attendee_id == Attendee.id, CheckIn.checkpoint_id == checkpoint.id, CheckIn.counted
    )
    rows = db.session.execute(
        select(Company.id, Company.name, Person, CheckIn.at)
        .join(Person, Person.company_id == Company.id)
        .join(Attendee, Attendee.person_id == Person.id)
        .outerjoin(CheckIn, counted)
        .where(Attendee.id.in_(expected.people(checkpoint)))
        .order_by(Company.id, Attendee.id)
    )
    lines: dict[int, Line] = {}
    everybody: list[datetime] = []
    for company_id, name, person, at in rows:
        line = lines.setdefault(company_id, Line(name))
        if at is None:
            line.missing.append(person)
        else:
            line.came.append(at)
            everybody.append(at)
    return lines, everybody


def _by_share(line: Line) -> tuple[bool, float, list[tuple[int, int, str]]]:
    """Nobody here yet comes first; then those of whom most are missing."""
    return bool(line.came), len(line.came) / line.size, hangul.sort_key(line.company)


def _tens(checkpoint: Checkpoint, came: list[datetime], moment: datetime) -> list[Ten]:
    zone = checkpoint.event_session.event.time_zone
    counts = Counter(_floor(at, zone) for at in came)
    first = min(counts, default=_floor(checkpoint.opens_at, zone))
    last = max(max(counts, default=first), first + (FEWEST - 1) * TEN)
    if first <= moment < checkpoint.closes_at:
        last = max(last, min(_floor(moment, zone), max(counts, default=first) + LULL))
    columns = int((last - first) / TEN) + 1
    first += max(0, columns - MOST) * TEN
    present = _floor(moment, zone)
    return [
        Ten(start, counts[start], start == present)
        for start in (first + step * TEN for step in range(min(columns, MOST)))
    ]


def _floor(moment: datetime, zone: str) -> datetime:
    local = dates.local(moment, zone)
    return local.replace(minute=local.minute - local.minute % 10, second=0, microsecond=0)


def _phones(event_session: EventSession, moment: datetime) -> list[PhoneLine]:
    phones = db.session.scalars(
        select(DoorPhone)
        .where(
            DoorPhone.event_session_id == event_session.id,
            DoorPhone.revoked_at.is_(None),
            DoorPhone.last_contact_at.is_not(None),
        )
        .order_by(DoorPhone.id)
    )
    return [PhoneLine(phone, quiet(phone, moment)) for phone in phones]


def quiet(phone: DoorPhone, moment: datetime) -> timedelta | None:
    """How long a phone has said nothing; None where it spoke just now."""
    silence = moment - phone.last_contact_at if phone.last_contact_at else ASLEEP
    return silence if silence > QUIET else None


def _to_settle(checkpoint: Checkpoint) -> list[CheckIn]:
    return list(db.session.scalars(_unsettled(checkpoint).order_by(CheckIn.at, CheckIn.id)))


def _unsettled(checkpoint: Checkpoint) -> Select[tuple[CheckIn]]:
    return select(CheckIn).where(
        CheckIn.checkpoint_id == checkpoint.id,
        CheckIn.walk_in_name != "",
        CheckIn.settled_at.is_(None),
        CheckIn.undone_at.is_(None),
    )


def mark(checkpoint: Checkpoint, moment: datetime) -> str:
    """Another word as soon as anything that stands on the board is different, and once a minute."""
    run = checkpoint.event_session
    open_ends = db.session.scalar(select(func.count()).select_from(_unsettled(checkpoint).subquery()))
    phones = db.session.execute(
        select(func.count(), func.sum(DoorPhone.waiting)).where(
            DoorPhone.event_session_id == run.id, DoorPhone.revoked_at.is_(None)
        )
    ).one()
    return ".".join(map(str, (checkpoint.id, run.roster_version, open_ends, *phones, f"{moment:%d%H%M}")))


def phones_by_run(runs: list[EventSession]) -> dict[int, list[DoorPhone]]:
    """Every phone that was ever enrolled, newest first, by the id of its run."""
    found: dict[int, list[DoorPhone]] = defaultdict(list)
    rows = db.session.scalars(
        select(DoorPhone)
        .where(DoorPhone.event_session_id.in_([run.id for run in runs]))
        .order_by(DoorPhone.revoked_at.is_not(None), DoorPhone.id.desc())
    )
    for phone in rows:
        found[phone.event_session_id].append(phone)
    return found
