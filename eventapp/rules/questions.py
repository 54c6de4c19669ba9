"""Questions: what an organizer asks besides; written, mended, put in order, laid aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.company import Sector
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.printout import Kind
from eventapp.models.question import Answer, Asks, Question, Value
from eventapp.rules import journal

TO_CHOOSE = (Asks.ONE, Asks.SEVERAL)
OF_A_CONDITION = (*TO_CHOOSE, Asks.YES_NO)  # answers that another question may wait for
MOST = 60


class ChoicesMissing(RuleBroken):
    """Nothing, or only one thing, to choose from."""

    code = "choices-missing"
    sentence = _l("Please write at least two choices, one a line.")


class ChoicesUneven(RuleBroken):
    """Not one English line for each Korean one."""

    code = "choices-uneven"
    sentence = _l("Please write as many English lines as Korean ones, or none at all.")


class ChoiceTwice(RuleBroken):
    """Two choices nobody can tell apart."""

    code = "choice-twice"
    sentence = _l("Two of the choices are the same.")


class KindAnswered(RuleBroken):
    """Answers of one kind are no answers of another."""

    code = "kind-answered"
    sentence = _l(
        "People have answered already, so the kind stays. Please archive this question and add a new one."
    )


class ChoiceAnswered(RuleBroken):
    """A choice that somebody made."""

    code = "choice-answered"
    sentence = _l("“%(choice)s” was chosen already, so it stays. You may mend its words.")


class Answered(RuleBroken):
    """What people said is not thrown away with the question."""

    code = "question-answered"
    sentence = _l("People have answered already. Please archive it instead; the answers stay in the exports.")


class OthersDepend(RuleBroken):
    """Another question waits for an answer to this one."""

    code = "others-depend"
    sentence = _l("“%(question)s” is asked only after an answer to this one. Please change that one first.")


class ConditionCannotBe(RuleBroken):
    """A condition on nothing, on itself, or in a circle."""

    code = "condition-cannot-be"
    sentence = _l("This question cannot wait for that answer. Please choose another one.")


class TooMany(RuleBroken):
    """More than anybody would answer."""

    code = "too-many-questions"
    sentence = _l("There are sixty questions already. Please archive one first.")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A question as it is written. choices: (Korean, English) pairs."""

    kind: Asks
    text_ko: str
    text_en: str = ""
    help_ko: str = ""
    help_en: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    event_session_id: int | None = None
    sector_id: int | None = None
    depends_on_id: int | None = None
    depends_value: str = ""
    open_until: date | None = None
    told_to: Kind | None = None


def of(event: Event, *, archived: bool = False) -> list[Question]:
    """The Event's questions in their order; archived: those laid aside as well, at the end."""
    wanted = select(Question).where(Question.event_id == event.id)
    if not archived:
        wanted = wanted.where(Question.archived_at.is_(None))
    order = (Question.archived_at.is_not(None), Question.position, Question.id)
    return list(db.session.scalars(wanted.order_by(*order)))


def counts(event: Event) -> dict[int, int]:
    """How many answers each question has."""
    rows = db.session.execute(
        select(Answer.question_id, func.count())
        .join(Question, Answer.question_id == Question.id)
        .where(Question.event_id == event.id)
        .group_by(Answer.question_id)
    )
    return dict(rows.all())


def add(event: Event, draft: Draft) -> Question:
    """One more, at the end. Raises ChoicesMissing, ChoicesUneven, ChoiceTwice, ConditionCannotBe, TooMany."""
    with db.writing():
        db.lock(event)
        live = of(event)
        if len(live) >= MOST:
            raise TooMany()
        question = Question(event_id=event.id, position=1 + max([one.position for one in live], default=0))
        _write(question, draft, live=live)
        db.session.add(question)
        journal.record("question added", question)
    return question


def change(question: Question, draft: Draft) -> None:
    """Mend it. Raises what add does, KindAnswered, ChoiceAnswered, OthersDepend."""
    with db.writing():
        live = _hold(question)
        if question.archived_at is not None:
            raise Stale()
        children = [one for one in live if one.depends_on_id == question.id]
        if draft.kind != question.kind and _is_answered(question):
            raise KindAnswered(field="kind")
        before = {choice["key"]: choice["ko"] for choice in question.choices}
        _write(question, draft, live=live)
        for gone in set(before) - set(question.keys):
            if _is_chosen(question, gone):
                raise ChoiceAnswered(field="choices_ko", choice=before[gone])
        for child in children:
            if draft.kind not in OF_A_CONDITION or child.depends_value not in question.keys:
                raise OthersDepend(field="choices_ko", question=child.text_ko)
        journal.record("question changed", question)


def put(question: Question, *, later: bool) -> None:
    """One place up or down in the order; at the end of it nothing changes."""
    with db.writing():
        live = _hold(question)
        here = live.index(question) if question in live else -1
        there = here + (1 if later else -1)
        if here < 0:
            raise Stale()
        if 0 <= there < len(live):
            live[here], live[there] = live[there], live[here]
            for position, one in enumerate(live, start=1):
                one.position = position
            journal.record("question moved", question)


def archive(question: Question) -> None:
    """Ask it no more; its answers stay in the exports. Raises OthersDepend."""
    with db.writing():
        _require_alone(question, _hold(question))
        question.archived_at = question.archived_at or now()
        journal.record("question archived", question)


def restore(question: Question) -> None:
    """Ask it again, at the end. Raises TooMany; without its condition where that was laid aside too."""
    with db.writing():
        live = _hold(question)
        if len(live) >= MOST:
            raise TooMany()
        if question.archived_at is None:
            return
        question.archived_at = None
        question.position = 1 + max([one.position for one in live], default=0)
        given = {one.id: one.keys for one in live if one.kind in OF_A_CONDITION}
        if question.depends_value not in given.get(question.depends_on_id or 0, []):
            question.depends_on_id, question.depends_value = None, ""
        journal.record("question restored", question)


def remove(question: Question) -> None:
    """Take a question away that nobody has answered. Raises Answered, OthersDepend."""
    with db.writing():
        _hold(question)
        _require_alone(question, of(question.event, archived=True))
        if _is_answered(question):
            raise Answered()
        journal.record("question removed", question)
        db.session.delete(question)


def _hold(question: Question) -> list[Question]:
    """Lock the Event, then the question, so that no answer comes in between; returns those that are asked."""
    db.lock(question.event)
    db.lock(question)
    return of(question.event)


def _write(question: Question, draft: Draft, *, live: list[Question]) -> None:
    choices = _choices(question, draft) if draft.kind in TO_CHOOSE else []
    _check_condition(question, draft, live=live)
    _check_audience(question, draft)
    for name, value in vars(draft).items():
        setattr(question, name, {"choices": choices, "told_to": draft.told_to or ""}.get(name, value))


def _choices(question: Question, draft: Draft) -> list[dict[str, str]]:
    """The choices with their keys: the same words keep theirs, and so do mended ones in the same line."""
    words = [ko for ko, _en in draft.choices]
    if len(words) < 2:
        raise ChoicesMissing(field="choices_ko")
    if len(set(words)) < len(words):
        raise ChoiceTwice(field="choices_ko")
    old: list[dict[str, str]] = question.choices or []
    kept = {one["ko"]: one["key"] for one in old if one["ko"] in words}
    if len(old) == len(words):
        kept |= {
            ko: one["key"]
            for ko, one in zip(words, old, strict=True)
            if ko not in kept and one["ko"] not in words
        }
    fresh = iter(range(1 + max([int(one["key"]) for one in old], default=0), 10_000))
    return [{"key": kept.get(ko) or str(next(fresh)), "ko": ko, "en": en} for ko, en in draft.choices]


def _check_condition(question: Question, draft: Draft, *, live: list[Question]) -> None:
    if draft.depends_on_id is None:
        return
    by_id = {one.id: one for one in live}
    parent = by_id.get(draft.depends_on_id)
    if parent is None or parent.kind not in OF_A_CONDITION or draft.depends_value not in parent.keys:
        raise ConditionCannotBe(field="condition")
    above: Any = parent
    while above is not None:
        if above.id == question.id:
            raise ConditionCannotBe(field="condition")
        above = by_id.get(above.depends_on_id)


def _check_audience(question: Question, draft: Draft) -> None:
    run = db.session.get(EventSession, draft.event_session_id) if draft.event_session_id else None
    if draft.event_session_id and (run is None or run.event_id != question.event_id):
        raise Missing()
    if draft.sector_id and db.session.get(Sector, draft.sector_id) is None:
        raise Missing()


def _require_alone(question: Question, others: list[Question]) -> None:
    child = next((one for one in others if one.depends_on_id == question.id), None)
    if child is not None:
        raise OthersDepend(question=child.text_ko)


def _is_answered(question: Question) -> bool:
    return db.session.scalar(select(Answer.id).where(Answer.question_id == question.id).limit(1)) is not None


def _is_chosen(question: Question, key: str) -> bool:
    said = db.session.scalars(select(Answer.value).where(Answer.question_id == question.id))
    return any(says(value, key) for value in said)


def says(value: Value | None, key: str) -> bool:
    """Whether an answer is that choice, or holds it."""
    return key in value if isinstance(value, list) else value == key
