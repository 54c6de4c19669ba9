"""Questions of the organizer's own: written, mended, put in order, laid aside; what people said is never lost."""

from datetime import date

import pytest
from cast import a_registration, an_event, an_invitation, attendee_of, run

from eventapp.db import db
from eventapp.errors import Missing
from eventapp.models.question import YES, Asks
from eventapp.rules import question_answers, questions
from eventapp.rules.questions import (
    Answered,
    ChoiceAnswered,
    ChoicesMissing,
    ChoiceTwice,
    ConditionCannotBe,
    Draft,
    KindAnswered,
    OthersDepend,
    TooMany,
)

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
SIZES = (("작게", "Small"), ("크게", "Large"))


@pytest.fixture
def event():
    return an_event()


def a_question(event, kind=Asks.TEXT, **more):
    more = {"choices": SIZES, **more} if kind in questions.TO_CHOOSE else more
    return questions.add(event, Draft(kind=kind, text_ko=more.pop("text_ko", "재킷 크기"), **more))


def answered(event, question, value):
    attendee = attendee_of(a_registration(an_invitation(event)))
    question_answers.save(attendee, {question.id: value})
    return attendee


def test_questions_stand_in_their_order_and_change_it(event):
    first, second, third = (a_question(event, text_ko=text) for text in ("가", "나", "다"))
    assert [one.text_ko for one in questions.of(event)] == ["가", "나", "다"]
    questions.put(third, later=False)
    questions.put(first, later=False)
    assert [one.text_ko for one in questions.of(event)] == ["가", "다", "나"]
    questions.put(first, later=True)
    questions.put(second, later=True)
    assert [one.text_ko for one in questions.of(event)] == ["다", "가", "나"]


def test_choices_need_two_different_lines(event):
    with pytest.raises(ChoicesMissing):
        a_question(event, Asks.ONE, choices=SIZES[:1])
    with pytest.raises(ChoiceTwice):
        a_question(event, Asks.ONE, choices=(SIZES[0], SIZES[0]))


def test_a_choice_keeps_its_key_when_its_words_are_mended_and_stays_once_it_was_chosen(event):
    question = a_question(event, Asks.SEVERAL)
    answered(event, question, ["2"])
    mended = Draft(kind=Asks.SEVERAL, text_ko="재킷", choices=(("작게", ""), ("아주 크게", "")))
    questions.change(question, mended)
    assert [(one["key"], one["ko"]) for one in question.choices] == [("1", "작게"), ("2", "아주 크게")]
    with pytest.raises(ChoiceAnswered) as refusal:
        questions.change(
            question,
            Draft(kind=Asks.SEVERAL, text_ko="재킷", choices=(("작게", ""), ("중간", ""), ("가", ""))),
        )
    assert refusal.value.facts == {"choice": "아주 크게"}
    db.session.refresh(question)
    questions.change(
        question, Draft(kind=Asks.SEVERAL, text_ko="재킷", choices=(("새로", ""), ("아주 크게", "")))
    )
    assert [one["key"] for one in question.choices] == ["1", "2"]


def test_an_answered_question_keeps_its_kind_and_is_archived_instead_of_removed(event):
    question = a_question(event)
    answered(event, question, "네")
    with pytest.raises(KindAnswered):
        questions.change(question, Draft(kind=Asks.NUMBER, text_ko="몇"))
    with pytest.raises(Answered):
        questions.remove(question)
    questions.archive(question)
    assert questions.of(event) == []
    assert questions.of(event, archived=True) == [question]
    assert questions.counts(event) == {question.id: 1}
    questions.restore(question)
    assert questions.of(event) == [question]


def test_an_unanswered_question_is_removed(event):
    questions.remove(a_question(event))
    assert questions.of(event, archived=True) == []


def test_a_condition_is_an_answer_that_can_be_given_and_never_a_circle(event):
    parent = a_question(event, Asks.YES_NO)
    child = a_question(event, Asks.ONE, depends_on_id=parent.id, depends_value=YES)
    for wrong in (
        {"depends_on_id": parent.id, "depends_value": "maybe"},
        {"depends_on_id": 4711, "depends_value": YES},
        {"depends_on_id": a_question(event).id, "depends_value": YES},
    ):
        with pytest.raises(ConditionCannotBe):
            a_question(event, **wrong)
    with pytest.raises(ConditionCannotBe):
        questions.change(
            parent, Draft(kind=Asks.YES_NO, text_ko="가", depends_on_id=child.id, depends_value="1")
        )
    with pytest.raises(ConditionCannotBe):
        questions.change(
            parent, Draft(kind=Asks.YES_NO, text_ko="가", depends_on_id=parent.id, depends_value=YES)
        )


def test_what_others_wait_for_stays(event):
    parent = a_question(event, Asks.ONE)
    a_question(event, text_ko="왜요?", depends_on_id=parent.id, depends_value="2")
    for refused in (
        lambda: questions.archive(parent),
        lambda: questions.remove(parent),
        lambda: questions.change(parent, Draft(kind=Asks.TEXT, text_ko="가")),
        lambda: questions.change(
            parent, Draft(kind=Asks.ONE, text_ko="가", choices=(SIZES[0], ("새", ""), ("더", "")))
        ),
    ):
        with pytest.raises(OthersDepend) as refusal:
            refused()
        assert refusal.value.facts == {"question": "왜요?"}
        db.session.refresh(parent)


def test_a_question_restored_without_its_condition_is_asked_always(event):
    parent = a_question(event, Asks.YES_NO)
    child = a_question(event, depends_on_id=parent.id, depends_value=YES)
    questions.archive(child)
    questions.archive(parent)
    questions.restore(child)
    assert (child.depends_on_id, child.depends_value) == (None, "")


def test_a_question_restored_after_its_answer_went_is_asked_always(event):
    parent = a_question(event, Asks.ONE, choices=(*SIZES, ("더 크게", "")))
    child = a_question(event, depends_on_id=parent.id, depends_value="3")
    questions.archive(child)
    questions.change(parent, Draft(kind=Asks.ONE, text_ko="재킷", choices=SIZES))
    questions.restore(child)
    assert (child.depends_on_id, child.depends_value) == (None, "")


def test_a_run_of_another_event_is_not_there(event):
    other = an_event(year=2018, confirmed=False)
    with pytest.raises(Missing):
        a_question(event, event_session_id=run(other, 1).id)
    assert a_question(event, event_session_id=run(event, 1).id, open_until=date(2017, 11, 1)).id


def test_sixty_questions_are_enough(event, monkeypatch):
    monkeypatch.setattr(questions, "MOST", 1)
    first = a_question(event)
    with pytest.raises(TooMany):
        a_question(event)
    questions.archive(first)
    a_question(event)
    with pytest.raises(TooMany):
        questions.restore(first)
