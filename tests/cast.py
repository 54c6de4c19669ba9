"""The cast: plain makers of the things tests speak about, and the people of THE-EVENT's kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.badge import Badge
from eventapp.models.checkin import Checkpoint
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.programme import Kind
from eventapp.models.registration import Attendee, Registration
from eventapp.models.staff import Role, Staff
from eventapp.rules import attendees, badges, companies, events, invitations, registrations, seats
from eventapp.rules import staff as staff_rules
from eventapp.rules.people import Colleague, add

SEOUL = ZoneInfo("Asia/Seoul")
PASSWORD = "수국이 피는 오름 길에서"
HAN = Colleague("한지원", "과장", "+821000004401", "jiwon@maru.example")
OH = Colleague("오세린", "대리", "+821000004417", "serin@maru.example")
JUNG = Colleague("정도현", "부장", "+821000004418", "dohyun@maru.example")
YOON = Colleague("윤서진", "매니저", "+821000002009", "yoon@host.example")
_numbers = count(1)


def an_event(*, capacity: tuple[int, int] = (43, 42), confirmed: bool = True, year: int = 2017) -> Event:
    """The 2017 day with its two runs, open, its facts confirmed."""
    event = events.create(
        str(year),
        year=year,
        name_ko="2017 파트너스 데이",
        name_en="2017 Partners Day",
        full_name="2017 Most Valuable Partners Day",
        headline_ko="파트너의,\n파트너에 의한,\n파트너를 위한 이틀",
        headline_en="Two days\nof, by and for\nour partners",
        host_ko="카카오",
        host_en="Kakao",
        place_ko="카카오 제주 본사",
        place_en="Kakao headquarters, Jeju",
        sender_name="카카오 파트너협력팀",
        sender_email="partners@host.example",
        reply_phone="+821000002009",
        since_year=2009,
    )
    days = ((date(2017, 11, 9), date(2017, 11, 10)), (date(2017, 11, 16), date(2017, 11, 17)))
    for number, (starts_on, ends_on) in enumerate(days, start=1):
        events.add_run(
            event,
            number=number,
            starts_on=starts_on,
            ends_on=ends_on,
            capacity=capacity[number - 1],
            names_due_on=date(2017, 10, 25),
        )
    if confirmed:
        events.confirm_facts(event)
    return event


def a_company(name: str = "마루소프트", *, sector: str = "소프트웨어", since: int | None = 2009) -> Company:
    """A partner company with a field and a host contact."""
    with db.writing():
        return companies.add(
            name, companies.sector(sector), contact=companies.host_contact(YOON), partner_since=since
        )


def an_invitation(
    event: Event, company: Company | None = None, *, seats_kept: int = 3, sent: bool = True, **more: Any
) -> Invitation:
    """A company's invitation, sent unless said otherwise; its coordinator is HAN or one like them."""
    company = company or a_company(f"마루소프트{next(_numbers)}")
    number = next(_numbers)
    coordinator = more.pop(
        "coordinator", Colleague(HAN.name, HAN.title, HAN.phone, f"han{number}@maru.example")
    )
    with db.writing():
        person = add(company.id, coordinator)
    invitation = invitations.invite(event, company, coordinator=person, seats_kept=seats_kept, **more)
    if sent:
        invitations.send(invitation)
    return invitation


def a_colleague(**more: Any) -> Colleague:
    """Somebody new, each time another."""
    number = next(_numbers)
    fields = {
        "name": f"김하늘{number}",
        "title": "대리",
        "phone": f"+8210{number:08d}",
        "email": f"haneul{number}@maru.example",
        **more,
    }
    return Colleague(**fields)


def run(event: Event, number: int) -> EventSession:
    """One of the Event's runs."""
    return seats.runs(event)[number - 1]


def a_registration(
    invitation: Invitation, colleague: Colleague | None = None, *, number: int | None = 1
) -> Registration:
    """A colleague with a place in that run; number=None: undecided."""
    event_session = run(invitation.event, number) if number else None
    return registrations.register(invitation, colleague or a_colleague(), event_session=event_session)


def attendee_of(registration: Registration) -> Attendee:
    """Who holds it now."""
    return attendees.require(registration)


def badge_of(registration: Registration) -> Badge:
    """The badge that is valid now."""
    badge = badges.valid(attendee_of(registration))
    assert badge is not None
    return badge


def a_checkpoint(
    event_session: EventSession, name: str = "정문, 첫날", *, opens_at: datetime | None = None
) -> Checkpoint:
    """A checkpoint open from eight to six on the run's first day."""
    start = opens_at or datetime.combine(event_session.starts_on, datetime.min.time(), SEOUL).replace(hour=8)
    with db.writing():
        checkpoint = Checkpoint(
            event_session_id=event_session.id,
            name_ko=name,
            name_en="Main gate, day 1",
            opens_at=start,
            closes_at=start + timedelta(hours=10),
        )
        db.session.add(checkpoint)
    return checkpoint


def an_item(
    event_session: EventSession, title: str = "제주 본사 투어", *, hour: int = 10, **more: Any
) -> AgendaItem:
    """One item of the first day, an hour long."""
    start = datetime.combine(event_session.starts_on, datetime.min.time(), SEOUL).replace(hour=hour)
    fields = {
        "kind": Kind.TOUR,
        "title_ko": title,
        "title_en": "Tour",
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        **more,
    }
    with db.writing():
        item = AgendaItem(event_session_id=event_session.id, **fields)
        db.session.add(item)
    return item


def an_organizer(email: str = "organizer@host.example", *, role: Role = Role.ORGANIZER) -> Staff:
    """Somebody who may sign in with PASSWORD."""
    return staff_rules.add(email, "윤서진", role=role, password=PASSWORD)


def at(text: str) -> datetime:
    """'2017-11-09 09:12' in Seoul."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)
