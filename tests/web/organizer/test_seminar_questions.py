"""Questions for the seminar at the desk: grouped, answered, published on the item's page, or deleted."""

import re

import pytest
from cast import a_registration, an_item, at, attendee_of, run
from flask import Flask
from office import Office
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.invitation import Invitation
from eventapp.models.programme import Kind
from eventapp.models.seminar import SeminarQuestion, SeminarTopic
from eventapp.rules import publications, seminar_questions

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/seminar-questions"
WORDS = {
    "question_ko": "장비는 언제 사나요?",
    "question_en": "When?",
    "answer_ko": "봄에 삽니다.",
    "answer_en": "In spring.",
}


@pytest.fixture
def asked(office: Office) -> Office:
    """Two of Maru ask the same, one of them without a name; a seminar is published."""
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        an_item(run(maru.event, 1), "동반성장 세미나", kind=Kind.SEMINAR)
        publications.publish(maru.event)
        for named in (True, False):
            seminar_questions.ask(
                attendee_of(a_registration(maru)), f"장비 구매 {'이름' if named else '없이'} <b>", named=named
            )
    return office


def words(office: Office, path: str = ADDRESS) -> str:
    answer = office.organizer.get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def ids(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(SeminarQuestion.id)))


def item_page(office: Office) -> str:
    with office.app.app_context():
        uid = db.session.scalar(select(AgendaItem.uid).where(AgendaItem.kind == Kind.SEMINAR))
    return office.app.test_client().get(f"/2017/agenda/{uid}").get_data(as_text=True)


def grouped(office: Office) -> str:
    answer = office.organizer.post(f"{ADDRESS}/groups", data={"question": ids(office.app)})
    assert answer.status_code == 303
    return answer.location


def test_what_waits_stands_there_with_the_name_that_was_given(asked: Office):
    said = words(asked)
    assert "아직 묶지 않은 질문 2" in said
    assert re.search(r"장비 구매 이름 &lt;b&gt; 동반성장 세미나 · 김하늘\d+ 대리, 마루소프트", said)
    assert "장비 구매 없이 &lt;b&gt; 동반성장 세미나 · 이름 없음" in said
    assert ADDRESS in asked.organizer.get("/organizer/agenda").get_data(as_text=True)


def test_one_answer_published_stands_on_the_items_page_and_reaches_who_asked(asked: Office):
    topic = grouped(asked)
    assert "장비 구매" in words(asked, topic)
    assert "봄에" not in item_page(asked)
    assert asked.organizer.post(topic, data=WORDS).location == topic
    assert "봄에" not in item_page(asked)
    assert asked.organizer.post(topic, data={**WORDS, "publish": "yes"}).location == ADDRESS
    assert "답한 질문" in words(asked)
    page = item_page(asked)
    assert "장비는 언제 사나요?" in page
    assert "봄에 삽니다." in page
    assert "김하늘" not in page
    letter = f"/organizer/messages/preview/letter?invitation={asked.maru}&purpose=seminar+answer"
    said = asked.organizer.get(letter).get_data(as_text=True)
    assert "장비는 언제 사나요?" in said
    assert "봄에 삽니다." in said
    asked.organizer.post(f"{topic}/withdrawal")
    assert "봄에" not in item_page(asked)


def test_how_many_wait_is_said_after_the_days_alone(asked: Office):
    assert "기다리는 질문" not in item_page(asked)
    with standing_at(at("2017-11-17 23:00")):
        assert "기다리는 질문" not in item_page(asked)
    with standing_at(at("2017-11-18 00:00")):
        assert "답을 기다리는 질문이 2개 있습니다." in item_page(asked)


def test_without_an_answer_nothing_is_published(asked: Office):
    topic = grouped(asked)
    refused = asked.organizer.post(topic, data={**WORDS, "answer_ko": "", "publish": "yes"})
    assert refused.status_code == 409
    assert "질문과 답을 한국어로 먼저 적어 주세요." in refused.get_data(as_text=True)
    assert "When?</textarea>" in refused.get_data(as_text=True)
    assert asked.organizer.post(topic, data={**WORDS, "answer_ko": "가" * 4001}).status_code == 422


def test_nothing_ticked_is_said(asked: Office):
    asked.organizer.post(f"{ADDRESS}/groups")
    assert "질문을 하나 이상 골라 주세요." in words(asked)


def test_one_more_joins_and_one_leaves(asked: Office):
    one, two = ids(asked.app)
    topic = asked.organizer.post(f"{ADDRESS}/groups", data={"question": one}).location
    number = topic.rpartition("/")[2]
    assert (
        asked.organizer.post(f"{ADDRESS}/groups", data={"question": two, "topic": number}).location == topic
    )
    asked.organizer.post(f"{topic}/removal", data={"question": one})
    with asked.app.app_context():
        assert dict(db.session.execute(select(SeminarQuestion.id, SeminarQuestion.topic_id)).all()) == {
            one: None,
            two: int(number),
        }
        assert db.session.scalar(select(SeminarTopic.id)) == int(number)


def test_what_is_no_question_is_deleted(asked: Office):
    one, two = ids(asked.app)
    assert asked.organizer.post(f"{ADDRESS}/removal", data={"question": one}).status_code == 303
    assert ids(asked.app) == [two]
    assert asked.organizer.post(f"{ADDRESS}/removal", data={"question": one}).status_code == 409


def test_the_list_asks_the_database_the_same_for_one_as_for_thirty(asked: Office, queries):
    asked.organizer.get(ADDRESS)
    with queries() as few:
        asked.organizer.get(ADDRESS)
    with asked.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (asked.maru, asked.garam))
        attendees = [attendee_of(a_registration(garam)) for _ in range(2)]
        for number in range(30):
            seminar_questions.ask(attendees[number % 2], f"질문 {number}", named=number % 3 == 0)
        assert maru.event_id == garam.event_id
    with queries() as many:
        asked.organizer.get(ADDRESS)
    assert len(many) == len(few)
