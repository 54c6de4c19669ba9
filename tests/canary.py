"""Somebody who left a trace wherever one can be left, and the search for what is still there."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

from cast import OH, a_checkpoint, a_colleague, a_registration, an_organizer, at, attendee_of, badge_of, run
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import Model, db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.printout import Kind, Way
from eventapp.models.question import Asks
from eventapp.models.registration import Attendee, Diet, Registration, Room
from eventapp.models.states import MessageStatus
from eventapp.rules import (
    attendees,
    calls,
    change_requests,
    checkins,
    consents,
    imports,
    journal,
    late_wishes,
    messages,
    people,
    printouts,
    question_answers,
    questions,
    reminders,
    rooms,
    seat_offers,
    seminar_answers,
    seminar_questions,
    travel,
)
from eventapp.rules.checkins import Scan
from eventapp.rules.people import Colleague

CANARY = Colleague("제갈금빛누리", "은하수총괄", "+821077665544", "geumbit.nuri@canary.example")
TRACES = (
    "제갈금빛누리", "은하수총괄", "+821077665544", "010-7766-5544", "01077665544", "geumbit.nuri", "별빛기획실",
    "캐슈넛알레르기", "마카다미아", "ZZ7401", "ZZ7402", "무지개서버질문", "가넷색조끼", "금빛명함", "카나리아파일속", "old.canary",
    "번개장애출동", "카나리아동777",
)  # fmt: skip


def lived(invitation: Invitation) -> Registration:
    """Somebody who left a trace wherever one can be left."""
    event = invitation.event
    kinds = {"text_ko": "조끼", "kind": Asks.TEXT}, {"text_ko": "명함", "kind": Asks.FILE}
    text, file = (questions.add(event, questions.Draft(**kind)) for kind in kinds)
    old = Colleague(CANARY.name, CANARY.title, CANARY.phone, "old.canary@canary.example")
    registration = a_registration(invitation, old)
    attendee = attendee_of(registration)
    messages.send_again(messages.last_for(Purpose.PASS, attendee.id), email=CANARY.email)
    with db.writing():
        attendee.person.department = "별빛기획실"
        messages.last_for(Purpose.PASS, attendee.id).words = f"{CANARY.title}님께"
    attendees.confirm(attendee, diet=Diet.VEGAN)
    say_all(attendee, {text.id: "가넷색조끼"}, {file.id: b"%PDF-1.7 " + "카나리아파일속".encode()})
    for text_id in [one.id for one in consents.asked_of(attendee.person, event)]:
        consents.answer(attendee.person, event, given={text_id: True})
    told_by_others(invitation, registration)
    first = a_checkpoint(run(event, 1))
    code = badge_of(registration).code
    with standing_at(first.opens_at):
        scan = Scan(
            str(uuid.uuid4()),
            first,
            scanned_at=first.opens_at,
            at=first.opens_at,
            code=code,
            note="번개장애출동",
        )
        rooms.number(first.event_session, {registration.id: "카나리아동777"})
        checkins.check_in(scan)
        walk = Scan(str(uuid.uuid4()), first, scanned_at=first.opens_at, at=first.opens_at, code="")
        checkins.walk_in(walk, CANARY.name, company=None, company_name=invitation.company.name)
    attempt = messages.lease_next()
    while attempt.message.person_id != attendee.person_id:
        messages.finish(attempt, outcome=MessageStatus.SENT, detail=f"250 {CANARY.email} reads this too")
        attempt = messages.lease_next()
    messages.finish(attempt, outcome=MessageStatus.QUEUED, detail="450 geumbit.nuri is busy")
    journal.seal()
    return registration


def say_all(attendee: Attendee, given, files) -> None:
    """Travel, answers and a file."""
    plans = travel.Plans(
        arrives_at=at("2017-11-09 08:10"),
        flight_in="ZZ7401",
        flight_out="ZZ7402",
        room=Room.TWIN,
        room_with="마루 동료",
        allergy="캐슈넛알레르기",
        on_call=True,
    )
    travel.save(attendee, plans)
    seminar_questions.ask(attendee, "무지개서버질문", named=True)
    ask_late(attendee, replace(plans, allergy="마카다미아"))
    uploads = {id: question_answers.Upload(data, "금빛명함.pdf") for id, data in files.items()}
    question_answers.save(attendee, given, files=uploads)


def ask_late(attendee: Attendee, plans: travel.Plans) -> None:
    """The same after the day for it."""
    event_session = attendee.registration.event_session
    for day in (date(2017, 10, 1), None):
        event_session.travel_due_on = event_session.meals_due_on = day
        db.session.commit()
        if day:
            late_wishes.save(attendee, plans, reason="늦었습니다.")


def told_by_others(invitation: Invitation, registration: Registration) -> None:
    """In colleagues' and organizers' words, in searches, in an upload, as somebody who was to come instead."""
    colleague = a_registration(invitation, number=2)
    lists = {(colleague.id, attendee_of(colleague).person_id): {"with": f"{CANARY.name} 님"}}
    lists |= {
        (registration.id, attendee_of(registration).person_id): {"name": CANARY.name, "flight": "ZZ7401"}
    }
    printouts.keep(run(invitation.event, 1), Kind.HOTEL, way=Way.PAPER, lines=lists)
    shared = travel.Plans(room=Room.TWIN, room_with=f"{CANARY.name} 님")
    travel.save(attendee_of(colleague), shared)
    ask_late(attendee_of(colleague), replace(shared, room_with=f"역시 {CANARY.name} 님"))
    calls.note(invitation, f"{CANARY.name} 님과 통화, {CANARY.email}")
    seminar_questions.ask(attendee_of(colleague), f"{CANARY.name} 님도 궁금해합니다.", named=True)
    seminar_questions.ask(attendee_of(colleague), "답은 010-7766-5544로 주세요.", named=False)
    topic = seminar_answers.group(
        invitation.event, [one.id for one in seminar_answers.waiting(invitation.event)]
    )
    answer = seminar_answers.Words(
        question_ko=f"{CANARY.name} 님의 질문", answer_ko=f"{CANARY.email}로 보냈습니다."
    )
    seminar_answers.write(topic, answer, publish=True)
    reminders.write_again(invitation, words={"ko": f"{CANARY.name} 님께 전해 주세요."})
    seat_offers.wish(invitation, 1, reason=f"{CANARY.name} 님도 오고 싶어 합니다.")
    journal.looked("registrations exported", invitation.event, filters={"q": CANARY.name})
    change_requests.ask_substitution(registration, OH, reason=f"{CANARY.name} 님이 아픕니다.")
    change_requests.ask_move(registration, run(invitation.event, 2), reason="010-7766-5544로 전화 주세요.")
    sheet = f"회사명,분야,담당자,이메일\n마루,보안,{CANARY.name},{CANARY.email}\n".encode()
    imports.keep_draft(invitation.event, an_organizer(), data=sheet, filename="list.csv")
    with db.writing():
        person = people.find(invitation.company_id, CANARY)
        colleagues = change_requests.ask_substitution(colleague, a_colleague(), reason="대신 갑니다.")
        colleagues.person_id = person.id


def found_in_tables() -> list[str]:
    """table.column: trace, for whatever is left in any column of any table."""
    left = []
    for table in Model.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for name, value in row.items():
                text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
                said = json.dumps(text, ensure_ascii=False, default=str)
                left += [f"{table.name}.{name}: {trace}" for trace in TRACES if trace in said]
    return sorted(set(left))


def found_in_files() -> list[str]:
    """The same in the bytes of an SQLite database and its log, as they are and as JSON escapes them."""
    path = db.engine.url.database
    if db.engine.dialect.name != "sqlite":
        return []
    bytes_ = b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal"))
    forms = {trace: (trace.encode(), json.dumps(trace)[1:-1].encode()) for trace in TRACES}
    return [trace for trace, written in forms.items() if any(form in bytes_ for form in written)]
