"""The digest letter: what is different in one's own days, once, in one's own language."""

from dataclasses import replace

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run
from sqlalchemy import select

from eventapp.db import db
from eventapp.letters import letter_for
from eventapp.letters.words import Withdrawn
from eventapp.models.message import Message, Purpose
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind
from eventapp.rules import agenda_copies, events, materials, publications, sign_ups, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("in_app", "clock")
TALK = Draft(
    kind=Kind.SEMINAR,
    title_ko="동반성장 세미나",
    title_en="Seminar",
    starts_at=at("2017-11-09 13:30"),
    ends_at=at("2017-11-09 15:00"),
    room_ko="멀티홀",
    room_en="Multi hall",
)
DINNER = replace(
    TALK,
    kind=Kind.MEAL,
    title_ko="저녁 식사",
    title_en="Dinner",
    starts_at=at("2017-11-09 18:00"),
    ends_at=at("2017-11-09 20:00"),
)


@pytest.fixture
def uids() -> list[str]:
    event = an_event()
    found = [item.uid for item in working_copies.add(event, [(run(event, 1), one) for one in (TALK, DINNER)])]
    publications.publish(event)
    return found


def text_of_letter() -> str:
    message = db.session.scalars(select(Message).where(Message.purpose == Purpose.AGENDA_CHANGED)).one()
    body = letter_for(message).get_body(("plain",))
    return " ".join(body.get_content().split())


def test_it_says_what_is_different_and_nothing_else(uids):
    event = events.by_slug("2017")
    attendee_of(a_registration(an_invitation(event)))
    later = replace(TALK, starts_at=at("2017-11-09 14:00"), ends_at=at("2017-11-09 15:30"))
    working_copies.change(event, uids[0], draft=later)
    publications.publish(event, letters=True)
    said = text_of_letter()
    assert "동반성장 세미나, 13:30–15:00 → 14:00–15:30" in said
    assert "저녁 식사" not in said


def test_in_the_readers_language(uids):
    event = events.by_slug("2017")
    registration = a_registration(an_invitation(event), a_colleague(language="en"))
    assert attendee_of(registration).person.language == "en"
    working_copies.change(event, uids[0], draft=replace(TALK, room_en="Main hall"))
    publications.publish(event, letters=True)
    assert "Seminar, Multi hall → Main hall" in text_of_letter()


def test_two_publications_before_it_leaves_are_one_from_to(uids):
    event = events.by_slug("2017")
    a_registration(an_invitation(event))
    for room in ("2층", "3층"):
        working_copies.change(event, uids[0], draft=replace(TALK, room_ko=room))
        publications.publish(event, letters=True)
    said = text_of_letter()
    assert ("멀티홀 → 3층" in said, "2층" in said) == (True, False)


def test_what_came_back_before_it_left_is_not_told(uids):
    event = events.by_slug("2017")
    a_registration(an_invitation(event))
    working_copies.change(event, uids[0], draft=replace(TALK, room_ko="2층"))
    publications.publish(event, letters=True)
    publications.go_back(event, 1)
    with pytest.raises(Withdrawn):
        text_of_letter()


def test_a_place_that_ended_with_a_move_to_the_other_run_is_told(uids):
    event = events.by_slug("2017")
    groups = [
        replace(DINNER, kind=Kind.TOUR, title_ko="투어", room_ko="로비", room_en="", group_number=one)
        for one in (1, 2)
    ]
    first, _second = working_copies.add(event, [(run(event, 1), one) for one in groups])
    publications.publish(event)
    registration = a_registration(an_invitation(event))
    attendee_of(registration)
    attendee_of(a_registration(an_invitation(event)))
    row = next(row for row in publications.rows(run(event, 1)) if row.uid == first.uid)
    sign_ups.sign_up(registration, row)
    agenda_copies.take(event, [first.uid], to=run(event, 2), move=True)
    publications.publish(event, letters=True)
    said = text_of_letter()
    assert "빠짐: 투어 1조" in said


def test_what_would_not_speak_for_itself_is_named(uids):
    event = events.by_slug("2017")
    attendee_of(a_registration(an_invitation(event)))
    working_copies.change(event, uids[0], draft=replace(TALK, speakers=(Speaker(name_ko="김하늘"),)))
    materials.add(event, uids[0], titles=("발표 자료", ""), url="https://slides.example/1")
    publications.publish(event, letters=True)
    said = text_of_letter()
    assert "동반성장 세미나, 연사: 없음 → 김하늘, 자료: 없음 → 발표 자료" in said
