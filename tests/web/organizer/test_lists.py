"""Hotel, bus and kitchen: who stands there, what changed since it was handed out, on paper and as a file."""

import re

import pytest
from cast import a_colleague, a_registration, an_invitation, an_item, at, attendee_of, run
from office import Office
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.printout import Kind, Printout
from eventapp.models.programme import Kind as ItemKind
from eventapp.models.question import Asks
from eventapp.models.registration import Diet, Registration, Room
from eventapp.reports import run_lists
from eventapp.rules import (
    attendees,
    events,
    publications,
    question_answers,
    questions,
    registrations,
    travel,
)
from eventapp.rules.travel import Plans

pytestmark = pytest.mark.usefixtures("clock")
LISTS, HAND_OUT = "/organizer/lists", "/organizer/printouts"
EARLY = Plans(
    arrives_at=at("2017-11-09 07:20"), flight_in="KE1203", shuttle_in=True, room=Room.TWIN, room_with="정도현"
)
LATE = Plans(arrives_at=at("2017-11-09 08:40"), flight_in="=7C101", shuttle_in=True, allergy="땅콩")


@pytest.fixture
def filled(office: Office) -> Office:
    """Oh comes early and shares, Jung late and is allergic; Ko has a place in run 2."""
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        an_item(run(maru.event, 1), "저녁 식사", hour=18, kind=ItemKind.MEAL)
        publications.publish(maru.event)
        for name, plans in (("정도현", LATE), ("오세린", EARLY)):
            registration = a_registration(maru, a_colleague(name=name))
            travel.save(attendee_of(registration), plans)
        attendees.confirm(attendee_of(registration), diet=Diet.VEGAN)
        a_registration(maru, a_colleague(name="고은결"), number=2)
    return office


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def shown(office: Office, kind: str, query: str = "run=1") -> str:
    answer = office.organizer.get(f"{LISTS}/{kind}?{query}")
    assert answer.status_code == 200
    return words(answer.get_data(as_text=True))


def hand_out(office: Office, kind: str, way: str, number: int = 1):
    return office.organizer.post(HAND_OUT, data={"list": kind, "run": number, "way": way})


def test_who_sleeps_when_and_how(filled: Office):
    page = shown(filled, "hotel")
    assert "11. 9 목 2" in page
    assert "오세린 대리 마루소프트 11. 9 목 11. 10 금 1 2인실 정도현" in page
    assert "고은결" not in page
    assert "고은결 대리" in shown(filled, "hotel", "run=2")


def test_the_bus_by_time(filled: Office):
    page = shown(filled, "shuttle")
    assert "11. 9 목 07:20 KE1203 오세린 대리 마루소프트 11. 9 목 08:40 =7C101 정도현 대리" in page
    assert "공항으로 가는 버스 0 아무도 없습니다." in page
    assert "아직 말씀이 없는 분 1명: 고은결 대리" in shown(filled, "shuttle", "run=2")


def test_the_kitchen_counts_and_names(filled: Office):
    page = shown(filled, "meals")
    assert "11. 9 목 저녁 식사 2 1 1" in page
    assert "오세린 대리 마루소프트 비건 정도현 대리 마루소프트 땅콩" in page
    assert "아직 말씀이 없는 분 1명: 정도현 대리" in page
    hand_out(filled, "meals", "paper")
    with filled.app.app_context():
        a_registration(db.session.get_one(Invitation, filled.garam), a_colleague(name="박하람"))
    assert "새로 1 박하람 대리 가람서버 식사 가리지 않음" in shown(filled, "meals")


def test_changes_since_the_last_time_are_told_and_printed_alone(filled: Office):
    assert "건넨 뒤 바뀐 것" not in shown(filled, "shuttle")
    sheet = hand_out(filled, "shuttle", "paper")
    assert sheet.status_code == 303
    assert "오세린 대리" in filled.organizer.get(sheet.location).get_data(as_text=True)
    assert "그 뒤로 바뀐 것이 없습니다." in shown(filled, "shuttle")
    with filled.app.app_context():
        oh = registration_of("오세린")
        travel.save(attendee_of(oh), Plans(**vars(EARLY) | {"flight_in": "KE1207"}))
        registrations.cancel(registration_of("정도현"))
    page = shown(filled, "shuttle")
    assert "바뀜 1 오세린 대리 마루소프트 오시는 비행편: KE1203 → KE1207" in page
    assert "빠짐 1 정도현 대리 마루소프트 오는 버스 탐, 도착 11. 9 목 08:40, 오시는 비행편 =7C101" in page
    alone = filled.organizer.get(hand_out(filled, "shuttle", "changes").location).get_data(as_text=True)
    assert "KE1203 → KE1207" in words(alone)
    assert "공항에서 오는 버스 1" not in words(alone)
    assert "그 뒤로 바뀐 것이 없습니다." in shown(filled, "shuttle")


def registration_of(name: str) -> Registration:
    return next(
        one
        for one in db.session.scalars(select(Registration).where(Registration.status == "registered"))
        if attendee_of(one).person.name == name
    )


def test_told_by_telephone_empties_the_list_and_needs_something_to_tell(filled: Office):
    assert hand_out(filled, "hotel", "telephone").location == f"{LISTS}/hotel?run=1"
    assert "그 뒤로 바뀐 것이 없습니다." in shown(filled, "hotel")
    hand_out(filled, "hotel", "paper")
    assert hand_out(filled, "hotel", "changes").location == f"{LISTS}/hotel?run=1"
    with filled.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Printout)) == 1
    with filled.app.app_context():
        registrations.substitute(registration_of("정도현"), a_colleague(name="표새론", title="과장"))
    assert "정도현 대리 → 표새론 과장 마루소프트" in shown(filled, "hotel")
    hand_out(filled, "hotel", "telephone")
    assert "적어 두었습니다." in shown(filled, "hotel")
    assert "정도현 대리 → 표새론" not in shown(filled, "hotel")


def test_the_file_opens_in_excel_and_runs_nothing(filled: Office):
    answer = filled.organizer.get(hand_out(filled, "shuttle", "file").location)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="shuttle-2017-1-2017-10-16.csv"'
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert lines[:4] == [
        "공항에서 오는 버스",
        "도착,비행편,이름,협력사",
        "2017-11-09 07:20,KE1203,오세린 대리,마루소프트",
        "2017-11-09 08:40,'=7C101,정도현 대리,마루소프트",
    ]


def test_older_sheets_say_that_they_are_kept_no_more(filled: Office):
    first = hand_out(filled, "hotel", "paper").location
    for _time in range(2):
        hand_out(filled, "hotel", "paper")
    page = words(filled.organizer.get(first).get_data(as_text=True))
    assert "오세린" not in page
    assert "마지막 두 번만 남깁니다." in page


def test_every_look_and_every_taking_is_noted(filled: Office):
    shown(filled, "meals")
    sheet = hand_out(filled, "meals", "paper").location
    filled.organizer.get(sheet)
    filled.organizer.get(f"{sheet}.csv")
    with filled.app.app_context():
        actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    wanted = ["list looked at", "list printed", "printout looked at", "printout exported"]
    assert actions[-4:] == wanted


@pytest.mark.parametrize(
    ("kind", "way", "number"), [("", "paper", "1"), ("hotel", "\x00", "1"), ("rooms", "file", "x")]
)
def test_what_is_no_list_is_asked_for_once_more(filled: Office, kind, way, number):
    assert hand_out(filled, kind, way, number).location == f"{LISTS}/hotel?run=1"
    assert "명단을 다시 골라 주세요." in shown(filled, "hotel")


def test_an_empty_run_says_so_and_offers_nothing(office: Office):
    page = shown(office, "hotel")
    assert "이 명단에는 아직 아무도 없습니다." in page
    assert "인쇄할 명단 만들기" not in page


def test_only_organizers_may(filled: Office):
    sheet = hand_out(filled, "hotel", "paper").location
    for browser in (filled.daon, filled.viewer):
        for address in (f"{LISTS}/hotel", f"{LISTS}/meals", sheet, f"{sheet}.csv"):
            assert browser.get(address).status_code == 403
        assert browser.post(HAND_OUT, data={"list": "hotel", "way": "paper"}).status_code == 403


def test_thirty_rows_cost_as_many_queries_as_one(filled: Office, queries):
    def cost() -> list[int]:
        found = []
        for kind in ("hotel", "shuttle", "meals"):
            with queries() as seen:
                shown(filled, kind)
            found.append(len(seen))
        return found

    for kind in ("hotel", "shuttle", "meals"):
        hand_out(filled, kind, "paper")
    cost()
    few = cost()
    with filled.app.app_context():
        event = events.current()
        for _number in range(25):
            travel.save(attendee_of(a_registration(an_invitation(event))), EARLY)
    assert cost() == few


@pytest.mark.parametrize(
    ("kind", "line", "others"),
    [
        (Kind.HOTEL, "오세린 대리 마루소프트 11. 9 목 11. 10 금 1 2인실 정도현 2층", ["shuttle", "meals"]),
        (Kind.SHUTTLE, "KE1203 오세린 대리 마루소프트 2층", ["hotel", "meals"]),
        (Kind.MEALS, "오세린 대리 마루소프트 비건 2층", ["hotel", "shuttle"]),
    ],
)
def test_answers_stand_on_the_list_they_are_for_and_on_no_other(filled: Office, kind, line, others):
    with filled.app.app_context():
        question, oh = floor(filled, kind)
        answer(oh, question, "2층")
    assert line in shown(filled, kind)
    assert [
        other for other in others if "2층" in shown(filled, other) or "몇 층" in shown(filled, other)
    ] == []
    with filled.app.app_context():
        first = run(events.current(), 1)
        kept = [
            other for other in others for one in run_lists.of(first, Kind(other)) if "answers" in one.told
        ]
    assert kept == []
    made = hand_out(filled, kind, "file").location
    assert ",2층" in filled.organizer.get(made).get_data(as_text=True)


def test_an_answer_given_or_changed_since_is_told(filled: Office):
    with filled.app.app_context():
        question, oh = floor(filled, Kind.MEALS)
        answer(oh, question, "2층")
    hand_out(filled, "meals", "paper")
    with filled.app.app_context():
        question, oh = questions.of(events.current())[0], named("오세린")
        answer(oh, question, "3층")
        answer(named("정도현"), question, "1층")
    told = shown(filled, "meals")
    assert "몇 층이 편하신가요?: 2층 → 3층" in told
    assert "몇 층이 편하신가요?: 없음 → 1층" in told


def test_what_is_not_asked_of_this_run_stands_on_no_list_of_it(filled: Office):
    with filled.app.app_context():
        question, oh = floor(filled, Kind.HOTEL)
        answer(oh, question, "2층")
        event = events.current()
        told = {"text_ko": question.text_ko, "told_to": Kind.HOTEL, "event_session_id": run(event, 2).id}
        questions.change(question, questions.Draft(kind=Asks.TEXT, **told))
    assert "2층" not in shown(filled, "hotel")


def floor(office: Office, kind: Kind):
    """A question for that list, and Oh."""
    event = db.session.get_one(Invitation, office.maru).event
    draft = questions.Draft(kind=Asks.TEXT, text_ko="몇 층이 편하신가요?", told_to=kind)
    return questions.add(event, draft), named("오세린")


def named(name: str):
    return next(
        attendee_of(one)
        for one in db.session.scalars(select(Registration))
        if attendee_of(one).person.name == name
    )


def answer(attendee, question, value: str) -> None:
    question_answers.save(attendee, {question.id: value}, files={})
