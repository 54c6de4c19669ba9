"""The audit names answers that fit no question, files that are not whole, conditions in a circle."""

import pytest
from cast import a_registration, an_event, an_invitation, attendee_of

from eventapp.db import db
from eventapp.models.question import YES, Answer, AnswerFile, Asks, Question
from eventapp.reports import audit
from eventapp.rules import question_answers, questions
from eventapp.rules.question_answers import Upload
from eventapp.rules.questions import Draft

pytestmark = pytest.mark.usefixtures("in_app", "clock")


@pytest.fixture
def asked():
    """A yes that has a file behind it."""
    event = an_event()
    attendee = attendee_of(a_registration(an_invitation(event)))
    parent = questions.add(event, Draft(kind=Asks.YES_NO, text_ko="가"))
    child = questions.add(
        event, Draft(kind=Asks.FILE, text_ko="나", depends_on_id=parent.id, depends_value=YES)
    )
    question_answers.save(attendee, {parent.id: YES}, files={child.id: Upload(b"%PDF-1", "a.pdf")})
    return parent, child


def test_all_is_well(asked):
    assert audit.broken() == []


def test_an_answer_that_is_no_choice_is_named(asked):
    with db.writing():
        db.session.get_one(Answer, 1).value = "maybe"
    assert audit.broken() == ["answer 1: ['maybe'] is no choice of question 1"]


def test_a_file_that_is_missing_or_changed_is_named(asked):
    with db.writing():
        db.session.get_one(AnswerFile, 1).data = b"%PDF-2"
    assert audit.broken() == ["file 1: its bytes are not those handed in"]
    with db.writing():
        db.session.delete(db.session.get_one(AnswerFile, 1))
    assert audit.broken() == ["answer 2 (file): no file"]


def test_a_circle_and_another_events_question_are_named(asked):
    with db.writing():
        parent = db.session.get_one(Question, asked[0].id)
        parent.depends_on_id, parent.depends_value = asked[1].id, "x"
    assert audit.broken() == ["question 1 waits for itself", "question 2 waits for itself"]
    other = an_event(year=2018, confirmed=False)
    with db.writing():
        parent.depends_on_id, parent.depends_value, parent.event_id = None, "", other.id
    assert audit.broken() == [
        "answer 1: its question belongs to another event",
        "question 2 waits for one of another event",
    ]
