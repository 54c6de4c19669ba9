"""A small world for proofs: two companies with all their people, and everybody's cookies."""

from __future__ import annotations

import json
import re
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from cast import (
    PASSWORD,
    a_checkpoint,
    a_registration,
    an_event,
    an_item,
    an_organizer,
    attendee_of,
    badge_of,
    run,
)
from flask import Flask
from flask.testing import FlaskClient
from proofs.memory import ClusterMemory, Memory
from proofs.screens import Person
from proofs.two_companies import HOSTS, NAMES, PEOPLE, a_question, a_topic, handed_out
from sqlalchemy import select
from walk import invitation_link, link_key, pass_link, sign_in
from werkzeug.test import TestResponse

from eventapp.db import db
from eventapp.formats import phone
from eventapp.models.agenda import AgendaItem
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.printout import Kind, Way
from eventapp.models.staff import Role as Right
from eventapp.models.states import EventStatus
from eventapp.reports import run_lists
from eventapp.rules import (
    change_requests,
    checkins,
    companies,
    consents,
    door_phones,
    events,
    imports,
    invitations,
    pools,
    printouts,
    publications,
    seat_offers,
)
from eventapp.rules.checkins import Scan
from eventapp.rules.people import Colleague, add

SHEET = "회사명,분야,담당자,직함,이메일,좌석\n새로운회사,보안,이새봄,과장,saebom@new.example,2\n"


@dataclass
class World:
    """Everything a proof asks about."""

    app: Flask
    people: dict[str, Person]
    objects: dict[str, dict[str, Any]]  # kind of id -> case -> its value
    canaries: dict[str, list[str]]  # company -> what only its own people and the host may read
    links: dict[str, list[str]]  # company -> its tokens
    memory: Memory | ClusterMemory


def build(app: Flask, memory: Callable[[], Memory | ClusterMemory]) -> World:
    """The world on an empty, migrated database; the clock has to stand."""
    with app.app_context():
        elsewhere = _last_year()
        event = an_event()
        consents.publish_proposed(event)
        events.create("2018", year=2018, name_ko="다음", name_en="Next", host_ko="카카오", host_en="Kakao")
        here = {company: _company(event, company) for company in PEOPLE}
        for _number in range(2):
            publications.publish(event)
        objects = _objects(event, here, elsewhere) | _tokens(app, event, here)
        people = {"nobody": Person()} | _door(event)
        canaries = {company: _canaries(company, here[company]) for company in here}
        links = {company: _links(app, here[company]) for company in here}
        _accounts()
        db.session.remove()
    people |= _staff(app) | _partners(app, links)  # outside: a context keeps who signed in
    with app.app_context():
        db.engine.dispose()
    return World(app, people, objects, canaries, links, memory())


def _last_year() -> dict[str, Any]:
    """An Event that is over: for today's desk its things are not there."""
    event = events.create(
        "2016", year=2016, name_ko="지난", name_en="Last", host_ko="카카오", host_en="Kakao"
    )
    facts = {
        "place_ko": "제주",
        "sender_name": "팀",
        "sender_email": "t@host.example",
        "reply_phone": "+821000002009",
    }
    events.state_facts(event, **facts)
    days = {"starts_on": date(2017, 10, 26), "ends_on": date(2017, 10, 27)}
    event_session = events.add_run(event, number=1, capacity=9, **days)
    events.confirm_facts(event)
    invitation = _invitation(
        event, "지난회사", Colleague("지난이", "과장", "+821079990001", "last@old.example")
    )
    registration = a_registration(invitation)
    things = _things(registration, checkpoint=a_checkpoint(event_session), item=an_item(event_session))
    events.set_status(event, EventStatus.CLOSED)
    events.set_status(event, EventStatus.ARCHIVED)
    return things


def _invitation(event: Event, name: str, coordinator: Colleague, host: Colleague = HOSTS["B"]) -> Invitation:
    with db.writing():
        contact = companies.host_contact(host)
        company = companies.add(name, companies.sector("보안"), contact=contact, partner_since=2009)
        person = add(company.id, coordinator)
    invitation = invitations.invite(event, company, coordinator=person, seats_kept=3)
    invitations.send(invitation)
    return invitation


def _company(event: Event, company: str) -> dict[str, Any]:
    """Invited, accepted, one colleague in a run of their own, who is scanned there."""
    coordinator, colleague = PEOPLE[company]
    number = {"A": 1, "B": 2}[company]
    invitation = _invitation(event, NAMES[company], coordinator, HOSTS[company])
    registration = a_registration(invitation, colleague, number=number)
    event_session = run(event, number)
    item = an_item(event_session, f"순서 {number}")
    return _things(registration, checkpoint=a_checkpoint(event_session), item=item)


def _things(registration: Any, *, checkpoint: Any, item: Any) -> dict[str, Any]:
    attendee = attendee_of(registration)
    moment = checkpoint.opens_at
    badge = badge_of(registration)
    scan = Scan(str(uuid.uuid4()), checkpoint, scanned_at=moment, at=moment, code=badge.code)
    message = db.session.scalar(select(Message).where(Message.subject_id == attendee.id).order_by(Message.id))
    link, _pin = door_phones.make_link(checkpoint.event_session)
    door_phone, _secret = door_phones.add_scanner(checkpoint.event_session, "옆문")
    pools.give_back(registration.invitation, 1)
    wish = seat_offers.wish(registration.invitation, 1)
    lines = run_lists.of(checkpoint.event_session, Kind.HOTEL)
    told = {(line.registration_id, line.person_id): line.told for line in lines}
    return {
        "printout": printouts.keep(checkpoint.event_session, Kind.HOTEL, way=Way.PAPER, lines=told),
        "question": a_question(attendee),
        "topic": a_topic(attendee),
        "wish": wish,
        "request": change_requests.ask_substitution(
            registration, Colleague("구요청", "대리", "+821033339999"), reason="출장"
        ),
        "offer": seat_offers.offer(wish, 1, expires_on=date(2017, 10, 30)),
        "invitation": registration.invitation,
        "registration": registration,
        "attendee": attendee,
        "badge": badge,
        "item": item,
        "checkpoint": checkpoint,
        "check_in": checkins.check_in(scan),
        "message": message,
        "link": link,
        "door_phone": door_phone,
        "company": registration.invitation.company,
    }


def _objects(event: Event, here: dict[str, Any], elsewhere: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every id that stands in an address: of company A, of company B, of another Event, and none at all."""
    kinds = (
        "invitation", "registration", "attendee", "item", "checkpoint", "check_in", "message", "link",
        "door_phone", "wish", "offer", "request", "question", "printout", "topic",
    )  # fmt: skip
    cases = {"A": here["A"], "B": here["B"], "elsewhere": elsewhere}
    found = {kind: {case: things[kind].id for case, things in cases.items()} for kind in kinds}
    for kind, values in found.items():
        values["missing"] = str(uuid.uuid4()) if kind == "check_in" else 999_999
    found["slug"] = {"A": "2017", "elsewhere": "2016", "B": "2018", "missing": "2001"}  # 2018 is a draft
    found["purpose"] = {"A": "photographs", "B": "personal-data", "missing": "nothing"}
    found["letter"] = {"A": "part-wanted", "missing": "no-such-letter"}
    found["item_uid"] = {case: db.session.get(AgendaItem, found["item"][case]).uid for case in cases}
    found["material"] = handed_out(found["item_uid"])
    found["item_uid"]["missing"] = str(uuid.uuid4())
    found["number"] = {"A": 1, "B": 2, "missing": 9}
    owners = [an_organizer(f"{name}@host.example") for name in ("organizer", "second")]
    drafts = [
        imports.keep_draft(event, owner, data=SHEET.encode(), filename="companies.csv").id for owner in owners
    ]
    found["draft"] = {"A": drafts[0], "B": drafts[1], "missing": 999_999}
    return found


def _tokens(app: Flask, event: Event, here: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What stands in open addresses: the true one, one whose proof belongs to another row, one made up."""
    made_up = {"missing": "AAAAAQAAAAAAAAAAAAAAAAAAAAA"}
    found = {}
    for kind, link in (("invitation", invitation_link), ("attendee", pass_link)):
        one, other = (link(app, here[company][kind]).rpartition("/")[2] for company in ("A", "B"))
        found[f"{kind} token"] = {"A": one, "B": other[:6] + one[6:], **made_up}
    feeds = [invitations.feed_token(here[company]["attendee"], link_key(app)) for company in ("A", "B")]
    found["feed token"] = {"A": feeds[0], "B": feeds[1][:6] + feeds[0][6:], **made_up}
    link, _pin = door_phones.make_link(run(event, 1))
    other, _pin = door_phones.make_link(run(event, 2))
    doors = [door_phones.token(one, link_key(app)) for one in (link, other)]
    found["door token"] = {"A": doors[0], "B": doors[1][:6] + doors[0][6:], **made_up}
    codes = {company: here[company]["badge"].code for company in ("A", "B")}
    found["code"] = {"A": codes["A"], "B": codes["B"], "missing": "00000000000"}
    return found


def _accounts() -> None:
    an_organizer(HOSTS["A"].email, role=Right.HOST_CONTACT)
    an_organizer("viewer@host.example", role=Right.VIEWER)


def _staff(app: Flask) -> dict[str, Person]:
    gone = _signed_in(app, "second@host.example")
    people = {
        "organizer": _signed_in(app, "organizer@host.example"),
        "host contact": _signed_in(app, HOSTS["A"].email),
        "viewer": _signed_in(app, "viewer@host.example"),
        "signed out": Person(dict(gone.cookies)),
    }
    assert gone.client(app).post("/sign-out").status_code == 303
    return people


def _signed_in(app: Flask, email: str) -> Person:
    client = app.test_client()
    sign_in(client, email, PASSWORD)
    return Person(_cookies(client))


def _cookies(client: FlaskClient) -> dict[str, str]:
    return {cookie.key: cookie.value for cookie in client._cookies.values()}


def _partners(app: Flask, links: dict[str, list[str]]) -> dict[str, Person]:
    people = {}
    for company, tokens in links.items():
        for role, letter, token in zip(("coordinator", "attendee"), "ip", tokens, strict=True):
            client = app.test_client()
            assert client.get(f"/{letter}/{token}").status_code == 303
            people[f"{role} {company}"] = Person(_cookies(client))
    return people


def _door(event: Event) -> dict[str, Person]:
    _phone, cookie = door_phones.add_scanner(run(event, 1), "민지")
    _phone, bearer = door_phones.add_scanner(run(event, 1), "스캐너")
    gone, revoked = door_phones.add_scanner(run(event, 1), "잃어버린")
    door_phones.revoke(gone)
    return {
        "door phone": Person({"door": cookie}, {"X-Door": "1"}),
        "scanner": Person({}, {"Authorization": f"Bearer {bearer}"}),
        "revoked phone": Person({"door": revoked}, {"X-Door": "1"}),
    }


def _canaries(company: str, things: dict[str, Any]) -> list[str]:
    """Names, phones as they are written anywhere, e-mails, the company and the badge code."""
    code = things["badge"].code
    found = [NAMES[company], code, f"{code[:4]}-{code[4:8]}-{code[8:]}"]
    for person in PEOPLE[company]:
        found += [person.name, person.email, person.phone, phone.national(person.phone), person.phone[3:]]
    return found


def _links(app: Flask, things: dict[str, Any]) -> list[str]:
    return [
        invitation_link(app, things["invitation"]).rpartition("/")[2],
        pass_link(app, things["attendee"]).rpartition("/")[2],
    ]


def readable(answer: TestResponse) -> str:
    """All that an answer tells, its address and headers too, as somebody could read it."""
    data = answer.get_data()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as sheet:
            data = b"".join(sheet.read(name) for name in sheet.namelist())
    text = data.decode("utf-8", "replace")
    if answer.is_json and data:
        text = json.dumps(answer.get_json(), ensure_ascii=False)
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return f"{unquote(answer.headers.get('Location', ''))}\n{text}".replace("\r\n ", "")
