"""Answers to the organizer's own questions: saved as they are given, each until its day."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now, today
from eventapp.db import db
from eventapp.errors import RuleBroken, Stale
from eventapp.formats import handed_in, text
from eventapp.models.question import Answer, AnswerFile, Asks, Question, Value
from eventapp.models.registration import Attendee
from eventapp.models.states import HOLDS_PLACE
from eventapp.rules import answers, journal, questions

LONGEST = 2_000


class QuestionClosed(RuleBroken):
    """The last day for it has passed."""

    code = "question-closed"
    sentence = _l("The day for this question has passed. Please call your host contact; we will find a way.")


class NotAnAnswer(RuleBroken):
    """Nothing that this question asks for."""

    code = "not-an-answer"
    sentence = _l("This does not answer the question. Please look at it again.")


class FileNotTaken(RuleBroken):
    """A file of a kind that is not taken, whatever its name says."""

    code = "file-not-taken"
    sentence = _l(
        "Please choose a PDF, a picture (JPG, PNG, WebP) or a document (DOCX, XLSX, PPTX, HWP, HWPX)."
    )


class FileTooBig(RuleBroken):
    """More than the limit."""

    code = "file-too-big"
    sentence = _l("The file is larger than 5 MB. Please choose a smaller one.")


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    data: bytes
    filename: str


def field_of(question_id: int) -> str:
    """The name of its field on a form, which a refusal carries."""
    return f"answer_{question_id}"


def said_by(attendee: Attendee) -> dict[int, Value]:
    """What the attendee has answered, by question."""
    rows = db.session.execute(
        select(Answer.question_id, Answer.value).where(Answer.attendee_id == attendee.id)
    )
    return dict(rows.all())  # type: ignore[arg-type]


def asked_of(attendee: Attendee) -> list[Question]:
    """The questions for people of their run and sector, those that wait for an answer too."""
    registration = attendee.registration
    return [
        one
        for one in questions.of(registration.invitation.event)
        if one.is_for(
            run_id=registration.event_session_id, sector_id=registration.invitation.company.sector_id
        )
    ]


def shown(asked: Sequence[Question], said: Mapping[int, Value]) -> list[Question]:
    """Those of `asked` whose condition the answers meet, all the way up."""
    by_id = {one.id: one for one in asked}

    def is_shown(question: Question) -> bool:
        if question.depends_on_id is None:
            return True
        parent = by_id.get(question.depends_on_id)
        if parent is None or not questions.says(said.get(parent.id), question.depends_value):
            return False
        return is_shown(parent)

    return [one for one in asked if is_shown(one)]


def left(asked: Sequence[Question], said: Mapping[int, Value], *, day: date) -> list[Question]:
    """What has to be answered still, and can be on that day."""
    return [
        one for one in shown(asked, said) if one.required and one.id not in said and not has_closed(one, day)
    ]


def has_closed(question: Question, day: date) -> bool:
    """Whether the last day for it lies before that one."""
    return question.open_until is not None and day > question.open_until


def left_for(attendee: Attendee) -> list[Question]:
    """What this attendee has to answer still."""
    day = today(attendee.registration.invitation.event.time_zone)
    return left(asked_of(attendee), said_by(attendee), day=day)


def save(
    attendee: Attendee,
    given: Mapping[int, Value],
    *,
    files: Mapping[int, Upload] | None = None,
    taken_back: int | None = None,
) -> None:
    """Keep what is said, all of it or, where something is refused, nothing; '' takes an answer back.

    Only what is different counts, so what is closed may be sent along unchanged. An answer whose question is not
    asked any more after another one's change goes. taken_back: the question whose file goes.
    Raises QuestionClosed, NotAnAnswer, FileNotTaken, FileTooBig, InvitationClosed, Stale.
    """
    with db.writing():
        answers.hold(attendee.registration)
        db.lock(attendee)
        if attendee.has_left or attendee.registration.status not in HOLDS_PLACE:
            raise Stale()
        asked = asked_of(attendee)
        db.lock_all(asked)  # so that none of them changes its kind or goes in between
        before = said_by(attendee)
        wanted = {one.id: _checked(one, given[one.id]) for one in asked if one.id in given}
        uploads = _checked_files(asked, files or {})
        wanted |= {id: name for id, (name, _media_type) in uploads.items()}
        wanted |= {one.id: "" for one in asked if one.id == taken_back and one.kind == Asks.FILE}
        said = {id: value for id, value in (before | wanted).items() if value}
        visible = {one.id for one in shown(asked, said)}
        wanted |= {one.id: "" for one in asked if one.id not in visible}
        changed = [
            one for one in asked if wanted.get(one.id, before.get(one.id, "")) != before.get(one.id, "")
        ]
        changed += [one for one in asked if one.id in uploads and one.id in visible and one not in changed]
        _refuse_late(attendee, [one for one in changed if one.id in visible])
        for question in changed:
            answer = _keep(attendee, question, value=wanted[question.id])
            if answer is not None and question.id in uploads:
                _keep_file(answer, (files or {})[question.id], media_type=uploads[question.id][1])
        _note(attendee, changed)


def file_of(attendee: Attendee, question: Question) -> AnswerFile | None:
    """What was handed in, its bytes unread until asked for."""
    return db.session.scalar(
        select(AnswerFile)
        .join(Answer, AnswerFile.answer_id == Answer.id)
        .where(Answer.attendee_id == attendee.id, Answer.question_id == question.id)
    )


def _refuse_late(attendee: Attendee, changed: list[Question]) -> None:
    day = today(attendee.registration.invitation.event.time_zone)
    for question in changed:
        if has_closed(question, day):
            raise QuestionClosed(field=field_of(question.id))


def _note(attendee: Attendee, changed: list[Question]) -> None:
    """Which questions, never what was said."""
    if changed:
        event_id = attendee.registration.invitation.event_id
        numbers = [question.id for question in changed]
        journal.record("questions answered", attendee, event_id=event_id, questions=numbers)


def _checked(question: Question, value: Value) -> Value:
    """The answer as it is kept. Raises NotAnAnswer."""
    refusal = NotAnAnswer(field=field_of(question.id))
    if question.kind == Asks.FILE or isinstance(value, list) != (question.kind == Asks.SEVERAL):
        raise refusal
    if isinstance(value, list):
        if not set(value) <= set(question.keys):
            raise refusal
        return [key for key in question.keys if key in value] or ""
    if not value:
        return ""
    try:
        return _checked_line(question, value)
    except ValueError as problem:
        raise refusal from problem


def _checked_line(question: Question, value: str) -> str:
    if question.kind == Asks.TEXT:
        return text.clean_text(value, LONGEST)
    if question.kind == Asks.NUMBER:
        return number(value)
    if question.kind == Asks.DATE:
        return date.fromisoformat(value).isoformat()
    if value not in question.keys:
        raise ValueError(value)
    return value


def number(typed: str) -> str:
    """A number as it is kept: 12 or -0.5, thousands' commas left out. Raises ValueError."""
    plain = typed.strip().replace(",", "")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", plain, re.ASCII):
        raise ValueError(typed)
    found = Decimal(plain).normalize()
    return f"{found:f}" if found else "0"


def _checked_files(asked: list[Question], files: Mapping[int, Upload]) -> dict[int, tuple[str, str]]:
    """(name, media type) of each. Raises FileNotTaken, FileTooBig, NotAnAnswer."""
    found = {}
    for question in asked:
        if question.id not in files:
            continue
        field, upload = field_of(question.id), files[question.id]
        if question.kind != Asks.FILE:
            raise NotAnAnswer(field=field)
        try:
            found[question.id] = handed_in.check(upload.data, upload.filename)
        except handed_in.FileProblem as problem:
            refused = FileTooBig if problem.code == "too_big" else FileNotTaken
            raise refused(field=field) from problem
    return found


def _keep(attendee: Attendee, question: Question, *, value: Value) -> Answer | None:
    """The answer as it stands now; None where it was taken back. A file goes with it."""
    wanted = select(Answer).where(Answer.attendee_id == attendee.id, Answer.question_id == question.id)
    answer = db.session.scalar(wanted)
    if answer is not None:
        _drop_file(answer)
    if not value:
        if answer is not None:
            db.session.delete(answer)
            db.session.flush()
        return None
    if answer is None:
        answer = Answer(attendee_id=attendee.id, question_id=question.id)
        db.session.add(answer)
    answer.value, answer.said_at = value, now()
    db.session.flush()
    return answer


def _keep_file(answer: Answer, upload: Upload, *, media_type: str) -> None:
    db.session.add(
        AnswerFile(
            answer_id=answer.id,
            name=str(answer.value),
            media_type=media_type,
            size=len(upload.data),
            sha256=hashlib.sha256(upload.data).hexdigest(),
            data=upload.data,
        )
    )


def _drop_file(answer: Answer) -> None:
    old = db.session.scalar(select(AnswerFile).where(AnswerFile.answer_id == answer.id))
    if old is not None:
        db.session.delete(old)
        db.session.flush()
