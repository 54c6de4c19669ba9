"""Answers to the questions for the seminar: what asks the same grouped, answered once, published, told to who asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.event import Event
from eventapp.models.message import Purpose
from eventapp.models.seminar import SeminarQuestion, SeminarTopic
from eventapp.rules import journal, messages


class AnswerNeeded(RuleBroken):
    """Nothing to publish yet."""

    code = "answer-needed"
    sentence = _l("Please write question and answer in Korean first; English may follow.")


class NothingChosen(RuleBroken):
    """A group of none."""

    code = "nothing-chosen"
    sentence = _l("Please tick at least one question.")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands on the page of the item."""

    question_ko: str
    question_en: str = ""
    answer_ko: str = ""
    answer_en: str = ""


def group(event: Event, ids: Collection[str], *, topic: SeminarTopic | None = None) -> SeminarTopic:
    """Questions that ask the same, in a new group or in that one; also what an earlier Event left open.

    Who joins a published answer hears of it at once. Raises NothingChosen.
    """
    with db.writing():
        event = db.lock(event)
        found = [one for one in waiting(event) if one.id in ids]
        if not found:
            raise NothingChosen()
        if topic is None:
            first = found[0]
            topic = SeminarTopic(event_id=first.event_id, kind=first.kind, question_ko=first.text)
            db.session.add(topic)
            db.session.flush()
        _put(found, topic.id)
        if topic.published_at is not None:
            _tell(topic)
        journal.record("seminar questions grouped", topic, number=len(found))
        return topic


def waiting(event: Event) -> list[SeminarQuestion]:
    """Of this Event and of those before it: what stands in no group yet."""
    return list(
        db.session.scalars(
            select(SeminarQuestion)
            .join(Event, Event.id == SeminarQuestion.event_id)
            .where(Event.year <= event.year, SeminarQuestion.topic_id.is_(None))
            .order_by(Event.year, SeminarQuestion.kind, SeminarQuestion.id)
        )
    )


def topic(event: Event, topic_id: int) -> SeminarTopic:
    """A group of this Event, or one that an earlier Event left open. Raises Missing."""
    found = db.session.get(SeminarTopic, topic_id) if topic_id < 2**31 else None
    if found is None or found.event.year > event.year:
        raise Missing()
    if found.event_id != event.id and found.published_at is not None:
        raise Missing()
    return found


def write(topic: SeminarTopic, words: Words, *, publish: bool) -> None:
    """Keep the words; publish: for everybody, with one letter to each who asked under their name.

    Raises AnswerNeeded.
    """
    with db.writing():
        db.lock(topic.event)
        topic = db.lock(topic)
        for name, value in asdict(words).items():
            setattr(topic, name, value)
        shows = publish or topic.published_at is not None
        if shows and not (words.question_ko and words.answer_ko):
            raise AnswerNeeded(field="answer_ko" if words.question_ko else "question_ko")
        if publish and topic.published_at is None:
            topic.published_at = now()
            _tell(topic)
            journal.record("seminar answer published", topic)


def withdraw(topic: SeminarTopic) -> None:
    """Nobody but organizers reads it any more; letters that left stay."""
    with db.writing():
        db.lock(topic.event)
        topic = db.lock(topic)
        topic.published_at = None
        journal.record("seminar answer withdrawn", topic)


def take_out(topic: SeminarTopic, question_id: str) -> None:
    """It asks something else after all; an empty group goes. Raises Stale."""
    with db.writing():
        db.lock(topic.event)
        _put([_of(questions_of(topic), question_id)], None)
        if not questions_of(topic) and topic.published_at is None:
            db.session.delete(db.session.get_one(SeminarTopic, topic.id))


def set_aside(event: Event, question_id: str) -> None:
    """What is no question is deleted for good, whoever wrote it. Raises Stale."""
    with db.writing():
        event = db.lock(event)
        db.session.delete(_of(waiting(event), question_id))
        journal.record("seminar question set aside", event, event_id=event.id)


def questions_of(topic: SeminarTopic) -> list[SeminarQuestion]:
    """What was asked in that group."""
    return list(
        db.session.scalars(
            select(SeminarQuestion).where(SeminarQuestion.topic_id == topic.id).order_by(SeminarQuestion.id)
        )
    )


def _of(questions: Collection[SeminarQuestion], question_id: str) -> SeminarQuestion:
    """Somebody else may have been faster."""
    for one in questions:
        if one.id == question_id:
            return one
    raise Stale()


def _put(questions: Collection[SeminarQuestion], topic_id: int | None) -> None:
    ids = [one.id for one in questions]
    db.session.execute(update(SeminarQuestion).where(SeminarQuestion.id.in_(ids)).values(topic_id=topic_id))


def _tell(topic: SeminarTopic) -> None:
    """A letter to each who asked under their name and still holds their place; each hears once."""
    for question in questions_of(topic):
        attendee = question.attendee
        if attendee is not None and not attendee.has_left:
            messages.queue(
                Purpose.SEMINAR_ANSWER,
                attendee.person,
                event=topic.event,
                subject_id=attendee.id,
                occasion=str(topic.id),
            )
