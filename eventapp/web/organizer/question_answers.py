"""The answers to one of the organizer's own questions, and the files handed in, as downloads only."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, g, render_template

from eventapp.db import db
from eventapp.errors import Missing
from eventapp.models.question import Asks, Question
from eventapp.models.registration import Attendee
from eventapp.models.states import RegistrationStatus
from eventapp.reports import open_questions
from eventapp.reports import registrations as report
from eventapp.rules import journal, question_answers
from eventapp.web import gates, looks
from eventapp.web.organizer import answer_words

page = Blueprint("question_answers", __name__)


@page.get("/organizer/questions/<int:question_id>/answers")
def show(question_id: int) -> str:
    """Who answered what, and how often each choice was made."""
    question = _question(question_id)
    journal.looked("answers listed", question, event_id=g.event.id)
    given = open_questions.columns(g.event).said
    people = [
        (row, given[row.attendee_id][question_id])
        for row in report.of(g.event, company_ids=gates.own_company_ids())
        if row.status != RegistrationStatus.CANCELLED and question_id in given.get(row.attendee_id, {})
    ]
    chosen = Counter(key for _row, value in people for key in (value if isinstance(value, list) else [value]))
    return render_template(
        "organizer/questions/answers.html",
        question=question,
        rows=[(row, answer_words.of(question, value)) for row, value in people],
        chosen=[(answer_words.of(question, key), chosen[key]) for key in question.keys],
        sizes=open_questions.with_files(question) if question.kind == Asks.FILE else {},
        language=looks.current_language(),
    )


@page.get("/organizer/questions/<int:question_id>/answers/<int:attendee_id>/file")
def file(question_id: int, attendee_id: int) -> Response:
    """A file that somebody handed in; the journal remembers who took it."""
    attendee = db.session.get(Attendee, attendee_id) if attendee_id < 2**31 else None
    if attendee is None:
        raise Missing()
    gates.staff_invitation(attendee.registration.invitation_id)
    question = _question(question_id)
    found = question_answers.file_of(attendee, question)
    if found is None:
        raise Missing()
    data, name, media_type = found.data, found.name, found.media_type
    journal.looked("file taken", found.answer, event_id=g.event.id)
    return looks.download(data, name=name, media_type=media_type)


def _question(question_id: int) -> Question:
    found = db.session.get(Question, question_id) if question_id < 2**31 else None
    if found is None or g.event is None or found.event_id != g.event.id:
        raise Missing()
    return found
