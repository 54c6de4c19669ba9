"""Who has questions of the organizer's own left, and what everybody answered: a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select

from eventapp.clock import today
from eventapp.db import db
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.question import Answer, AnswerFile, Question, Value
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import question_answers, questions


@dataclass(frozen=True)
class Columns:
    """The questions of an export, and what each attendee said: by attendee, then by question."""

    asked: list[Question]
    said: dict[int, dict[int, Value]]


def of(event: Event) -> dict[int, int]:
    """How many questions each living attendee with a place has to answer still; those with none are left out."""
    asked = questions.of(event)
    if not any(one.required for one in asked):
        return {}
    said, day = _said(event), today(event.time_zone)
    found = {}
    people = _people(event).where(Attendee.ended_at.is_(None), Registration.status.in_(HOLDS_PLACE))
    for attendee_id, run_id, sector_id in db.session.execute(people):
        own = [one for one in asked if one.is_for(run_id=run_id, sector_id=sector_id)]
        left = question_answers.left(own, said.get(attendee_id, {}), day=day)
        if left:
            found[attendee_id] = len(left)
    return found


def columns(event: Event) -> Columns:
    """For exports: archived questions only where somebody answered them; answers only to what one is asked."""
    asked = questions.of(event, archived=True)
    said = _said(event)
    found: dict[int, dict[int, Value]] = {}
    for attendee_id, run_id, sector_id in db.session.execute(_people(event)):
        own = [one for one in asked if one.is_for(run_id=run_id, sector_id=sector_id)]
        answers = said.get(attendee_id, {})
        found[attendee_id] = {
            one.id: answers[one.id] for one in question_answers.shown(own, answers) if one.id in answers
        }
    answered = {id for answers in found.values() for id in answers}
    return Columns([one for one in asked if one.archived_at is None or one.id in answered], found)


def with_files(question: Question) -> dict[int, int]:
    """The attendees who handed in a file, and how large it is."""
    return dict(
        db.session.execute(
            select(Answer.attendee_id, AnswerFile.size)
            .join(Answer, AnswerFile.answer_id == Answer.id)
            .where(Answer.question_id == question.id)
        ).all()
    )


def _people(event: Event) -> Select[tuple[int, int | None, int]]:
    return (
        select(Attendee.id, Registration.event_session_id, Company.sector_id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .join(Company, Invitation.company_id == Company.id)
        .where(Invitation.event_id == event.id)
    )


def _said(event: Event) -> dict[int, dict[int, Value]]:
    rows = db.session.execute(
        select(Answer.attendee_id, Answer.question_id, Answer.value)
        .join(Question, Answer.question_id == Question.id)
        .where(Question.event_id == event.id)
    )
    found: dict[int, dict[int, Value]] = {}
    for attendee_id, question_id, value in rows:
        found.setdefault(attendee_id, {})[question_id] = value
    return found
