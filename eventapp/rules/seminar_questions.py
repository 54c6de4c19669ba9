"""Questions for the seminar, asked ahead: with a name, or so that nobody can ever tell whose it was.

What keeps an anonymous one anonymous: no row names the attendee, nothing is written to the journal, no row of
theirs is locked or touched, there is no day and no running number, and all anonymous rows of the Event are
written anew in the order of their random keys, so that the database itself does not know which came last.
"""

from __future__ import annotations

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select

from eventapp.clock import today
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.programme import PROGRAMMES, Kind
from eventapp.models.registration import Attendee
from eventapp.models.seminar import SeminarQuestion
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import journal

LONGEST = 500
MOST = 10  # that one attendee may have waiting under their name


class QuestionEmpty(RuleBroken):
    """Nothing was asked."""

    code = "question-empty"
    sentence = _l("Please write your question.")


class EnoughAsked(RuleBroken):
    """More of one person's questions wait than anybody could answer."""

    code = "enough-asked"
    sentence = _l("Ten of your questions wait already. We answer these first.")


class AlreadyAnswered(RuleBroken):
    """What is answered stays."""

    code = "already-answered"
    sentence = _l("This question is answered already.")


def ask(attendee: Attendee, text: str, *, kind: Kind = Kind.SEMINAR, named: bool) -> None:
    """For one of the host's programmes. Raises QuestionEmpty, EnoughAsked, Stale."""
    if not text:
        raise QuestionEmpty(field="text")
    if kind not in PROGRAMMES:
        raise Missing()
    with db.writing():
        event = db.lock(attendee.registration.invitation.event)
        if named:
            db.lock(attendee)
        if attendee.has_left or attendee.registration.status not in HOLDS_PLACE:
            raise Stale()
        if not named:
            _mix_in({"event_id": event.id, "kind": kind.value, "text": text})
            return
        if sum(one.topic is None for one in own(attendee)) >= MOST:
            raise EnoughAsked(field="text")
        mine = {"attendee_id": attendee.id, "asked_on": today(event.time_zone)}
        db.session.add(SeminarQuestion(event_id=event.id, kind=kind, text=text, **mine))
        journal.record("seminar question asked", attendee, event_id=event.id)


def take_back(attendee: Attendee, question_id: str) -> None:
    """One's own, as long as no answer is published. Raises Stale, AlreadyAnswered."""
    with db.writing():
        event = db.lock(attendee.registration.invitation.event)
        question = next((one for one in own(attendee) if one.id == question_id), None)
        if question is None:
            raise Stale()
        if question.topic is not None and question.topic.published_at is not None:
            raise AlreadyAnswered()
        db.session.delete(question)
        journal.record("seminar question taken back", attendee, event_id=event.id)


def own(attendee: Attendee) -> list[SeminarQuestion]:
    """What this attendee asked under their name."""
    return list(
        db.session.scalars(
            select(SeminarQuestion)
            .where(SeminarQuestion.attendee_id == attendee.id)
            .order_by(SeminarQuestion.asked_on, SeminarQuestion.id)
        )
    )


def _mix_in(question: dict[str, Any]) -> None:
    """Every anonymous row anew: one transaction wrote them all, in an order that says nothing.

    PostgreSQL keeps with each row which transaction wrote it and where it lies; both would tell what came last.
    """
    table = SeminarQuestion.__table__
    anonymous = (table.c.event_id == question["event_id"], table.c.attendee_id.is_(None))
    rows = [dict(row) for row in db.session.execute(select(table).where(*anonymous)).mappings()]
    rows.append(dict.fromkeys(table.columns.keys()) | question | {"id": str(uuid.uuid4())})
    db.session.execute(delete(table).where(*anonymous))
    db.session.execute(insert(table), sorted(rows, key=lambda row: row["id"]))
