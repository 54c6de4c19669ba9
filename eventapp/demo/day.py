"""The two runs themselves: who arrives when, at which gate, and what the phones at the door noted."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.badge import Badge
from eventapp.models.checkin import Checkpoint
from eventapp.models.door_phone import DoorPhone
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.rules import checkins, checkpoints, door_phones, expected
from eventapp.rules.checkins import Scan

PHONES = (("민지", "정문"), ("도윤", "A문"), ("하린", "B문"))
# people in each ten minutes from 08:50, at each checkpoint of a run
ARRIVING = {
    "정문, 첫날": (1, 2, 4, 3, 5, 6, 8, 5, 3, 2, 1),
    "오는 버스": (3, 8, 7, 2),
    "투어": (0, 0, 0, 0, 0, 2, 14, 16, 4),
    "먼저 출발": (0,) * 31 + (1,),
    "방 열쇠": (0,) * 44 + (9, 12, 11, 6),
    "저녁 식사": (0,) * 54 + (6, 15, 12, 5),
    "이튿날": (0, 3, 9, 14, 8, 3),
}
NOT_IN_THE_LIST = "0123456789C"
Step = tuple[datetime, Callable[[], object]]


def arrivals(event: Event) -> list[Step]:
    """Every scan of both runs as a step, earliest first."""
    runs = db.session.scalars(
        select(EventSession).where(EventSession.event_id == event.id).order_by(EventSession.number)
    )
    return [step for run in runs for step in Door(run).steps()]


@dataclass
class Door:
    """The door of one run; people come in an order that keeps nobody of a company together."""

    run: EventSession
    phones: list[DoorPhone] = field(default_factory=list)
    queues: dict[str, Iterator[str]] = field(default_factory=dict)
    keys: int = 0

    def steps(self) -> list[Step]:
        """Opening, then scan after scan."""
        zone = ZoneInfo(self.run.event.time_zone)
        found: list[Step] = [
            (datetime.combine(self.run.starts_on, datetime.min.time(), zone).replace(hour=8), self.open)
        ]
        for name, tens in ARRIVING.items():
            on = self.run.ends_on if name == "이튿날" else self.run.starts_on
            begins = datetime.combine(on, datetime.min.time(), zone).replace(hour=8, minute=50)
            for ten, people in enumerate(tens):
                for place in range(people):
                    at = begins + timedelta(minutes=10 * ten, seconds=600 * (place + 1) // (people + 1))
                    found.append((at, lambda name=name: self.scan_next(name)))  # type: ignore[misc]
        odd = begins_of(found, 12)
        found.append((odd, lambda: self.scan("정문, 첫날", NOT_IN_THE_LIST)))
        found.append((odd + timedelta(minutes=2), self.scan_again))
        return sorted(found, key=lambda step: step[0])

    def open(self) -> None:
        """Three phones at the door."""
        link, pin = door_phones.make_link(self.run)
        for name, gate in PHONES:
            self.phones.append(door_phones.enrol(link, pin, name=name, gate=gate)[0])

    def scan_next(self, checkpoint: str) -> None:
        """The next in the queue of that checkpoint, if anybody is left."""
        if checkpoint not in self.queues:
            self.queues[checkpoint] = iter(self.codes(checkpoint)[: -2 if checkpoint == "정문, 첫날" else -4])
        code = next(self.queues[checkpoint], None)
        if code is not None:
            self.keys += checkpoint == "방 열쇠"
            notes = {"방 열쇠": f"4{self.keys:02}", "먼저 출발": "회사 호출"}
            self.scan(checkpoint, code, note=notes.get(checkpoint, ""))

    def scan_again(self) -> None:
        """The first to come shows their badge at another gate as well."""
        self.scan("정문, 첫날", self.codes("정문, 첫날")[0])

    def scan(self, checkpoint: str, code: str, note: str = "") -> None:
        """One badge at one of the gates."""
        where = self.checkpoint(checkpoint)
        phone = self.phones[sum(map(ord, code)) % len(self.phones)]
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{where.id} {code} {now().isoformat()}"))
        scan = Scan(
            identity, where, now(), now(), code=code, gate=phone.gate, door_phone_id=phone.id, note=note
        )
        checkins.check_in(scan)
        door_phones.note_contact(phone, checkpoint=where)

    def checkpoint(self, name: str) -> Checkpoint:
        """The run's checkpoint of that name."""
        return next(one for one in checkpoints.of_run(self.run) if one.name_ko == name)

    def codes(self, checkpoint: str) -> list[str]:
        """The valid badges of those who are expected there, mixed."""
        found = db.session.scalars(
            select(Badge.code)
            .where(
                Badge.attendee_id.in_(expected.people(self.checkpoint(checkpoint))),
                Badge.revoked_at.is_(None),
            )
            .order_by(Badge.attendee_id)
        ).all()
        return [code for start in range(3) for code in found[start::3]]


def begins_of(steps: list[Step], number: int) -> datetime:
    """The moment of one of the steps."""
    return steps[number][0]
