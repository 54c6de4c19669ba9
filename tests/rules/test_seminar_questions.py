"""Questions for the seminar: whoever wants no name leaves no trace of who, when or in which order."""

from __future__ import annotations

from datetime import date

import pytest
from cast import a_registration, an_event, an_invitation, at, attendee_of
from sqlalchemy import select, text

from eventapp.clock import standing_at
from eventapp.db import Model, db
from eventapp.errors import Missing, Stale
from eventapp.models.journal import JournalEntry
from eventapp.models.programme import Kind
from eventapp.models.registration import Attendee
from eventapp.models.seminar import SeminarQuestion
from eventapp.rules import own_data, registrations, seminar_answers, seminar_questions
from eventapp.rules.seminar_questions import MOST, AlreadyAnswered, EnoughAsked, QuestionEmpty

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def people() -> list[Attendee]:
    """Six people of six companies."""
    event = an_event()
    return [attendee_of(a_registration(an_invitation(event))) for _ in range(6)]


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Every value of every table, but for the random keys of questions."""
    db.session.rollback()
    found = {}
    for table in Model.metadata.sorted_tables:
        columns = [one for one in table.columns if (table.name, one.name) != ("seminar_question", "id")]
        found[table.name] = sorted(map(repr, db.session.execute(select(*columns)).all()))
    return found


def all_rows() -> list[SeminarQuestion]:
    return list(db.session.scalars(select(SeminarQuestion).order_by(SeminarQuestion.id)))


def forget_all() -> None:
    with db.writing():
        db.session.execute(text("DELETE FROM seminar_question"))


def test_whoever_asked_without_a_name_and_whenever_the_tables_are_the_same(people: list[Attendee]):
    seen = []
    for number, attendee in enumerate(people[:3]):
        with standing_at(at(f"2017-10-{20 + number} 1{number}:00")):
            seminar_questions.ask(attendee, "장비는 언제 사나요?", named=False)
        seen.append(dump())
        forget_all()
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]["seminar_question"]) == 1


def test_a_named_question_does_leave_a_trace(people: list[Attendee]):
    """So that the test above is known to see one."""
    seen = []
    for attendee in people[:2]:
        seminar_questions.ask(attendee, "장비는 언제 사나요?", named=True)
        seen.append(dump())
        forget_all()
    assert seen[0]["seminar_question"] != seen[1]["seminar_question"]
    assert seen[0]["journal_entry"] != seen[1]["journal_entry"]


def test_nothing_tells_which_came_last(people: list[Attendee]):
    """Not the order of the rows as they lie there, nor who wrote them, nor what else was written with them."""
    for number, attendee in enumerate(people):
        seminar_questions.ask(attendee, f"질문 {number}", named=False)
    if db.engine.dialect.name == "sqlite":
        made = db.session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'seminar_question'"))
        assert made.rstrip().endswith("WITHOUT ROWID")
        return
    rows = db.session.execute(text("SELECT xmin::text, id FROM seminar_question ORDER BY ctid")).all()
    assert [id for _xmin, id in rows] == sorted(id for _xmin, id in rows)
    [writer] = {xmin for xmin, _id in rows}
    beside = [
        table.name
        for table in Model.metadata.sorted_tables
        if db.session.scalar(
            text(f'SELECT count(*) FROM "{table.name}" WHERE xmin::text = :one'), {"one": writer}
        )
    ]
    assert sorted(beside) == ["event", "seminar_question"]


def test_under_a_name_it_is_known_whose_and_on_which_day(people: list[Attendee]):
    seminar_questions.ask(people[0], "장비는 언제 사나요?", kind=Kind.INFRASTRUCTURE, named=True)
    [row] = seminar_questions.own(people[0])
    assert (row.attendee_id, row.asked_on, row.kind) == (people[0].id, date(2017, 10, 16), "infrastructure")
    deeds = select(JournalEntry.action, JournalEntry.thing_id, JournalEntry.detail)
    assert ("seminar question asked", str(people[0].id), None) in map(tuple, db.session.execute(deeds))
    assert seminar_questions.own(people[1]) == []


def test_one_person_asks_only_so_much_under_their_name(people: list[Attendee]):
    for number in range(MOST):
        seminar_questions.ask(people[0], f"질문 {number}", named=True)
    with pytest.raises(EnoughAsked):
        seminar_questions.ask(people[0], "하나 더", named=True)
    seminar_questions.ask(people[1], "다른 분", named=True)
    assert len(all_rows()) == MOST + 1


def test_nothing_is_no_question_and_a_meal_is_not_asked_about(people: list[Attendee]):
    with pytest.raises(QuestionEmpty):
        seminar_questions.ask(people[0], "", named=True)
    with pytest.raises(Missing):
        seminar_questions.ask(people[0], "무엇을 먹나요?", kind=Kind.MEAL, named=False)


@pytest.mark.parametrize("named", [True, False])
def test_who_gave_the_place_up_asks_nothing(people: list[Attendee], named: bool):
    registrations.cancel(people[0].registration)
    with pytest.raises(Stale):
        seminar_questions.ask(people[0], "질문", named=named)


def test_ones_own_is_taken_back_until_it_is_answered(people: list[Attendee]):
    seminar_questions.ask(people[0], "장비는 언제 사나요?", named=True)
    seminar_questions.ask(people[1], "이름 없이", named=False)
    [mine] = seminar_questions.own(people[0])
    [other] = [one.id for one in all_rows() if one.attendee_id is None]
    for who, what in ((people[1], mine.id), (people[0], other), (people[0], "x\0")):
        with pytest.raises(Stale):
            seminar_questions.take_back(who, what)
    topic = seminar_answers.group(mine.event, [mine.id])
    seminar_answers.write(topic, seminar_answers.Words(question_ko="장비", answer_ko="봄에"), publish=True)
    with pytest.raises(AlreadyAnswered):
        seminar_questions.take_back(people[0], mine.id)
    seminar_answers.withdraw(topic)
    seminar_questions.take_back(people[0], mine.id)
    assert [one.id for one in all_rows()] == [other]


def test_with_the_person_their_questions_go_and_the_others_stay(people: list[Attendee]):
    seminar_questions.ask(people[0], "장비는 언제 사나요?", named=True)
    seminar_questions.ask(people[0], "이름 없이", named=False)
    own_data.erase(people[0].person)
    assert [one.text for one in all_rows()] == ["이름 없이"]


def test_the_database_itself_refuses_a_day_without_a_name(people: list[Attendee]):
    row = {"event_id": people[0].registration.invitation.event_id, "kind": "seminar", "text": "질문"}
    with pytest.raises(Exception, match="anonymous_has_no_day"), db.writing():
        db.session.add(SeminarQuestion(asked_on=date(2017, 10, 16), **row))
