"""What must hold of the organizer's own questions, their answers and the files handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.question import Answer, AnswerFile, Asks, Question
from eventapp.models.registration import Attendee, Registration


def every_answer_fits_its_question() -> Iterator[str]:
    """An answer is to a question of its own Event; what was chosen is one of the choices."""
    rows = db.session.execute(
        select(Answer, Question, Invitation.event_id)
        .join(Question, Answer.question_id == Question.id)
        .join(Attendee, Answer.attendee_id == Attendee.id)
        .join(Registration, Attendee.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .order_by(Answer.id)
    )
    for answer, question, event_id in rows:
        if question.event_id != event_id:
            yield f"answer {answer.id}: its question belongs to another event"
        chosen = set(answer.value if isinstance(answer.value, list) else [answer.value])
        if question.keys and not chosen <= set(question.keys):
            yield f"answer {answer.id}: {sorted(chosen - set(question.keys))} is no choice of question {question.id}"


def every_file_is_whole() -> Iterator[str]:
    """An answer to a file's question has its file, no other has; the bytes are those that came in."""
    rows = db.session.execute(
        select(Answer.id, Question.kind, AnswerFile.id)
        .join(Question, Answer.question_id == Question.id)
        .outerjoin(AnswerFile, AnswerFile.answer_id == Answer.id)
        .order_by(Answer.id)
    ).all()
    for answer_id, kind, file_id in rows:
        if (kind == Asks.FILE) != (file_id is not None):
            yield f"answer {answer_id} ({kind}): {'a file' if file_id else 'no file'}"
        file = db.session.get(AnswerFile, file_id) if file_id else None
        if file is not None and (len(file.data), hashlib.sha256(file.data).hexdigest()) != (
            file.size,
            file.sha256,
        ):
            yield f"file {file_id}: its bytes are not those handed in"


def conditions_stay_in_their_event() -> Iterator[str]:
    """A question waits for one of the same Event, in no circle."""
    asked = {one.id: one for one in db.session.scalars(select(Question).order_by(Question.id))}
    for one in asked.values():
        seen, above = {one.id}, one.depends_on_id
        while above is not None and above not in seen:
            seen.add(above)
            above = asked[above].depends_on_id
        if above is not None:
            yield f"question {one.id} waits for itself"
        elif one.depends_on_id is not None and asked[one.depends_on_id].event_id != one.event_id:
            yield f"question {one.id} waits for one of another event"


CHECKS = (every_answer_fits_its_question, every_file_is_whole, conditions_stay_in_their_event)
