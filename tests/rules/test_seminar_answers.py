"""Answers for the seminar: grouped, published, told once to each who asked under their name; the rest carries on."""

from __future__ import annotations

import pytest
from cast import a_registration, an_event, an_invitation, at, attendee_of
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Missing, Stale
from eventapp.models.event import Event
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Attendee
from eventapp.models.seminar import SeminarQuestion, SeminarTopic
from eventapp.models.states import EventStatus
from eventapp.reports import seminar
from eventapp.rules import events, registrations, seminar_answers, seminar_questions
from eventapp.rules.seminar_answers import AnswerNeeded, NothingChosen, Words

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
WORDS = Words(question_ko="장비는 언제 사나요?", answer_ko="봄에 삽니다.", answer_en="In spring.")


@pytest.fixture
def event() -> Event:
    return an_event()


def asked(event: Event, *, named: bool = True, text: str = "장비는 언제 사나요?") -> tuple[Attendee, str]:
    """Somebody new, and the id of what they asked."""
    attendee = attendee_of(a_registration(an_invitation(event)))
    before = set(db.session.scalars(select(SeminarQuestion.id)))
    seminar_questions.ask(attendee, text, named=named)
    [new] = set(db.session.scalars(select(SeminarQuestion.id))) - before
    return attendee, new


def letters() -> list[tuple[int, str]]:
    rows = select(Message.subject_id, Message.status).where(Message.purpose == Purpose.SEMINAR_ANSWER)
    return sorted(map(tuple, db.session.execute(rows.order_by(Message.id))))


def test_one_answer_for_all_who_ask_the_same_and_a_letter_to_each_with_a_name(event: Event):
    (first, one), (second, two), (_third, three) = asked(event), asked(event), asked(event, named=False)
    topic = seminar_answers.group(event, [one, two, three])
    assert (topic.kind, topic.question_ko) == ("seminar", "장비는 언제 사나요?")
    assert seminar.published(event) == []
    seminar_answers.write(topic, WORDS, publish=False)
    assert letters() == []
    seminar_answers.write(topic, WORDS, publish=True)
    assert letters() == sorted([(first.id, "queued"), (second.id, "queued")])
    assert [one.answer_en for one in seminar.published(event, "seminar")] == ["In spring."]
    assert seminar.published(event, "ai") == []
    seminar_answers.write(topic, Words(question_ko="장비", answer_ko="여름에"), publish=True)
    assert len(letters()) == 2
    assert seminar.published(event)[0].answer_ko == "여름에"


def test_who_joins_a_published_answer_hears_too(event: Event):
    (first, one), (second, two) = asked(event), asked(event)
    topic = seminar_answers.group(event, [one])
    seminar_answers.write(topic, WORDS, publish=True)
    seminar_answers.group(event, [two], topic=topic)
    assert [id for id, _status in letters()] == [first.id, second.id]
    assert seminar.unanswered(event) == 0


def test_who_gave_the_place_up_hears_nothing(event: Event):
    attendee, one = asked(event)
    topic = seminar_answers.group(event, [one])
    registrations.cancel(attendee.registration)
    seminar_answers.write(topic, WORDS, publish=True)
    assert letters() == []


@pytest.mark.parametrize(
    ("words", "field"), [(Words(question_ko="장비"), "answer_ko"), (Words(question_ko=""), "question_ko")]
)
def test_without_korean_words_nothing_is_published(event: Event, words: Words, field: str):
    topic = seminar_answers.group(event, [asked(event)[1]])
    with pytest.raises(AnswerNeeded) as refused:
        seminar_answers.write(topic, words, publish=True)
    assert refused.value.field == field
    seminar_answers.write(topic, words, publish=False)
    assert seminar.published(event) == []


def test_what_is_published_is_not_emptied(event: Event):
    topic = seminar_answers.group(event, [asked(event)[1]])
    seminar_answers.write(topic, WORDS, publish=True)
    with pytest.raises(AnswerNeeded):
        seminar_answers.write(topic, Words(question_ko="장비"), publish=False)
    assert seminar.published(event)[0].answer_ko == "봄에 삽니다."
    seminar_answers.withdraw(topic)
    assert (seminar.published(event), seminar.unanswered(event)) == ([], 1)


def test_a_group_of_none_is_no_group(event: Event):
    _who, one = asked(event)
    seminar_answers.group(event, [one])
    for ids in ([], ["x"], [one]):  # what is in a group already is not chosen again
        with pytest.raises(NothingChosen):
            seminar_answers.group(event, ids)


def test_what_asks_something_else_leaves_and_an_empty_group_goes(event: Event):
    (_a, one), (_b, two) = asked(event), asked(event)
    topic = seminar_answers.group(event, [one, two])
    seminar_answers.take_out(topic, one)
    assert [row.id for row in seminar_answers.waiting(event)] == [one]
    with pytest.raises(Stale):
        seminar_answers.take_out(topic, one)
    seminar_answers.take_out(topic, two)
    assert db.session.scalars(select(SeminarTopic)).all() == []


def test_what_is_no_question_goes_for_good(event: Event):
    (_a, one), (_b, two) = asked(event), asked(event)
    seminar_answers.group(event, [two])
    seminar_answers.set_aside(event, one)
    for gone in (one, two, "x"):
        with pytest.raises(Stale):
            seminar_answers.set_aside(event, gone)
    assert [row.id for row in db.session.scalars(select(SeminarQuestion))] == [two]


def test_what_is_open_carries_on_into_the_next_year_until_it_is_answered(event: Event):
    attendee, one = asked(event)
    grouped = seminar_answers.group(event, [asked(event)[1]])
    answered = seminar_answers.group(event, [asked(event)[1]])
    seminar_answers.write(answered, WORDS, publish=True)
    for status in (EventStatus.CLOSED, EventStatus.ARCHIVED):
        events.set_status(event, status)
    with standing_at(at("2018-10-01 10:00")):
        following = an_event(year=2018)
        desk = seminar.desk(following)
        assert [row.id for row in desk.loose] == [one]
        assert [group.topic.id for group in desk.open] == [grouped.id]
        assert desk.answered == []
        with pytest.raises(Missing):
            seminar_answers.topic(following, answered.id)
        with pytest.raises(Missing):
            seminar_answers.topic(event, seminar_answers.group(following, [asked(following)[1]]).id)
        topic = seminar_answers.group(following, [one])
        seminar_answers.write(seminar_answers.topic(following, topic.id), WORDS, publish=True)
        assert (attendee.id, "queued") in letters()
        assert seminar.published(following) == []
        assert len(seminar.published(event)) == 2
        assert seminar.desk(following).loose == []


def test_whose_is_whose_in_the_export(event: Event):
    attendee, _one = asked(event)
    seminar_questions.ask(attendee, "하나 더", named=True)
    asked(event, named=False)
    assert {id: set(text.split("\n")) for id, text in seminar.asked_by(event).items()} == {
        attendee.id: {"장비는 언제 사나요?", "하나 더"}
    }
