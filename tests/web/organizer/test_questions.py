"""The organizer's own questions at the desk: written, mended, moved by button, archived."""

import re

import pytest
from cast import a_registration, attendee_of
from office import Office

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.question import Asks, Question
from eventapp.rules import question_answers, questions
from eventapp.rules.questions import Draft

ADDRESS = "/organizer/questions"
FORM = {
    "text_ko": "재킷 크기",
    "text_en": "Jacket size",
    "kind": "one",
    "choices_ko": "작게\n크게",
    "choices_en": "Small\nLarge",
    "required": "y",
}


def page(office: Office, address: str = ADDRESS) -> str:
    answer = office.organizer.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def add(office: Office, **more) -> int:
    assert office.organizer.post(f"{ADDRESS}/new", data=FORM | more).status_code == 303
    with office.app.app_context():
        return db.session.query(Question.id).order_by(Question.id.desc()).first()[0]


def test_a_question_is_written_and_mended(office: Office):
    assert "아직 묻는 것이 없습니다." in page(office)
    first = add(office)
    assert "질문을 더했습니다." in page(office)
    change = {
        **FORM,
        "text_ko": "조끼 크기",
        "event_session": "2",
        "open_until": "2017-11-01",
        "told_to": "hotel",
    }
    assert office.organizer.post(f"{ADDRESS}/{first}", data=change).status_code == 303
    said = page(office)
    assert "조끼 크기 하나 고르기 2차 예 11. 1 수 0" in said.replace("\xa0", " ")
    form = office.organizer.get(f"{ADDRESS}/{first}").get_data(as_text=True)
    assert "조끼 크기" in form
    assert '<option selected value="hotel">호텔 명단</option>' in form
    assert office.organizer.post(f"{ADDRESS}/{first}", data=change | {"told_to": "moon"}).status_code == 422
    assert office.organizer.post(f"{ADDRESS}/{first}", data=change | {"told_to": ""}).status_code == 303
    with office.app.app_context():
        assert db.session.get_one(Question, first).told_to == ""


def test_a_question_waits_for_the_answer_to_another(office: Office):
    parent = add(office, kind="yes or no", text_ko="재킷이 필요한가요?")
    add(office, condition=f"{parent}:yes")
    assert "재킷 크기 재킷이 필요한가요? → 예" in page(office)
    office.organizer.post(f"{ADDRESS}/{parent}/removal")
    assert "‘재킷 크기’ 질문이 이 답에 이어집니다." in page(office)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"text_ko": " "}, 422),
        ({"kind": "magic"}, 422),
        ({"text_ko": "가" * 201}, 422),
        ({"choices_ko": "하나", "choices_en": ""}, 409),
        ({"choices_en": "One"}, 409),
        ({"choices_ko": "가\n가"}, 409),
        ({"condition": "4711:yes"}, 422),
        ({"event_session": "4711"}, 422),
        ({"open_until": "31. 2."}, 422),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_stays_typed(office: Office, typed, status):
    answer = office.organizer.post(f"{ADDRESS}/new", data={**FORM, "help_ko": "그대로 둡니다"} | typed)
    assert answer.status_code == status
    assert "field-error" in answer.get_data(as_text=True)
    assert "그대로 둡니다" in answer.get_data(as_text=True)
    with office.app.app_context():
        assert db.session.query(Question).count() == 0


def test_the_order_is_changed_by_buttons(office: Office):
    for text in ("재킷", "모자"):
        hat = add(office, text_ko=text)

    def order() -> list[str]:
        page = office.organizer.get(ADDRESS).get_data(as_text=True)
        return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)', page)

    assert order() == ["재킷", "모자"]
    office.organizer.post(f"{ADDRESS}/{hat}/place")
    assert order() == ["모자", "재킷"]
    office.organizer.post(f"{ADDRESS}/{hat}/place", data={"later": "y"})
    assert order() == ["재킷", "모자"]


def test_an_answered_question_is_archived_and_asked_again(office: Office):
    question_id = add(office)
    with office.app.app_context():
        attendee = attendee_of(a_registration(db.session.get_one(Invitation, office.maru)))
        question_answers.save(attendee, {question_id: "1"})
    office.organizer.post(f"{ADDRESS}/{question_id}/removal")
    assert "대신 보관해 주세요." in page(office)
    office.organizer.post(f"{ADDRESS}/{question_id}/archive")
    assert "보관한 질문" in page(office)
    assert office.organizer.post(f"{ADDRESS}/{question_id}", data=FORM).status_code == 409
    office.organizer.post(f"{ADDRESS}/{question_id}/restoration")
    assert "질문을 다시 묻습니다." in page(office)


def test_what_is_not_there_is_missing_and_only_organizers_come_here(office: Office):
    for where in ("4711", str(2**40)):
        assert office.organizer.get(f"{ADDRESS}/{where}").status_code == 404
        for deed in ("place", "archive", "restoration", "removal"):
            assert office.organizer.post(f"{ADDRESS}/{where}/{deed}").status_code == 404
    for browser in (office.daon, office.viewer):
        assert browser.get(ADDRESS).status_code == 403
        assert browser.post(f"{ADDRESS}/new", data=FORM).status_code == 403


def test_a_list_of_thirty_asks_the_database_no_more_than_one_of_one(office: Office, queries):
    def ask() -> int:
        with queries() as seen:
            page(office)
        return len(seen)

    add(office, kind="text")
    few = ask()
    with office.app.app_context():
        event = db.session.query(Event).one()
        for number in range(29):
            questions.add(event, Draft(kind=Asks.TEXT, text_ko=f"질문 {number}"))
    assert ask() == few
