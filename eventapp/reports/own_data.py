"""Everything that is kept about one person: what the page shows is what the export holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem, SignUp
from eventapp.models.badge import Badge
from eventapp.models.change_request import ChangeRequest
from eventapp.models.checkin import CheckIn
from eventapp.models.consent import Consent
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.printout import Printout, PrintoutLine
from eventapp.models.question import Answer, Question
from eventapp.models.registration import Attendee, Registration
from eventapp.models.wording import said
from eventapp.rules import keeping, own_data, seminar_questions


def of(person: Person, language: str) -> dict[str, Any]:
    """Plain values, times aware; nothing about anybody else."""
    attended = db.session.scalars(
        select(Attendee).where(Attendee.person_id == person.id).order_by(Attendee.id)
    ).all()
    return {
        "person": {
            "name": person.name,
            "title": person.title,
            "company": person.company.name,
            "department": person.department,
            "phone": person.phone,
            "email": person.email,
            "language": person.language,
        },
        "kept_until": _kept_until(person),
        "source": {"entered_by": own_data.source(person, list(attended)), "at": person.created_at},
        "coordinates": [_office(one, language) for one in _coordinated(person)],
        "places": [_place(attendee, language) for attendee in attended],
        "consents": _consents(person, language),
        "letters": _letters(person),
        "lists": _lists(person),
    }


def _kept_until(person: Person) -> date | None:
    """The last day, where the text that they answered names one."""
    day = keeping.people().get(person.id, keeping.ENDLESS)
    return None if day == keeping.ENDLESS else day


def _coordinated(person: Person) -> list[Invitation]:
    return list(
        db.session.scalars(
            select(Invitation).where(Invitation.coordinator_id == person.id).order_by(Invitation.id)
        )
    )


def _office(invitation: Invitation, language: str) -> dict[str, Any]:
    return {
        "event": said(invitation.event, "name", language=language),
        "seats": invitation.seats,
        "sent_at": invitation.sent_at,
        "opened_at": invitation.opened_at,
        "answered_at": invitation.answered_at,
        "reason": invitation.decline_reason,
    }


def _place(attendee: Attendee, language: str) -> dict[str, Any]:
    registration = attendee.registration
    run = registration.event_session
    return {
        "event": said(registration.invitation.event, "name", language=language),
        "run": run.number if run else None,
        "days": [run.starts_on, run.ends_on] if run else [],
        "status": registration.status if attendee.ended_at is None else "ended",
        "named_at": attendee.started_at,
        "opened_at": attendee.opened_at,
        "confirmed_at": attendee.confirmed_at,
        "ended_at": attendee.ended_at,
        "diet": attendee.diet,
        "allergy": attendee.allergy,
        "arrives_at": attendee.arrives_at,
        "flight_there": attendee.flight_in,
        "leaves_at": attendee.departs_at,
        "flight_back": attendee.flight_out,
        "on_call": attendee.on_call,
        **(_seat(registration, language) if attendee.ended_at is None else {}),
        "badges": list(db.session.scalars(select(Badge.code).where(Badge.attendee_id == attendee.id))),
        "scans": _scans(attendee, language),
        "answers": _answers(attendee, language),
        "late_changes": _requests(attendee),
        "seminar_questions": _asked_ahead(attendee, language),
    }


def _seat(registration: Registration, language: str) -> dict[str, Any]:
    """What belongs to the seat, for whoever holds it now."""
    chosen = db.session.scalars(
        select(AgendaItem)
        .join(SignUp, SignUp.agenda_item_id == AgendaItem.id)
        .where(SignUp.registration_id == registration.id)
        .order_by(AgendaItem.starts_at)
    )
    return {
        "room": registration.room,
        "room_with": registration.room_with,
        "room_number": registration.room_number,
        "bus_there": registration.shuttle_in,
        "bus_back": registration.shuttle_out,
        "programme": [said(item, "title", language=language) for item in chosen],
    }


def _scans(attendee: Attendee, language: str) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(CheckIn).where(CheckIn.attendee_id == attendee.id).order_by(CheckIn.at))
    return [
        {
            "where": said(row.checkpoint, "name", language=language),
            "gate": row.gate,
            "note": row.note,
            "at": row.at,
            "taken_back_at": row.undone_at,
        }
        for row in rows
    ]


def _answers(attendee: Attendee, language: str) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Question, Answer)
        .join(Answer, Answer.question_id == Question.id)
        .where(Answer.attendee_id == attendee.id)
        .order_by(Question.position, Question.id)
    )
    return [
        {
            "question": said(question, "text", language=language),
            "kind": question.kind,
            "answer": _in_words(question, answer, language),
            "at": answer.said_at,
        }
        for question, answer in rows
    ]


def _asked_ahead(attendee: Attendee, language: str) -> list[dict[str, Any]]:
    """Those under the person's name; whose the others are nobody knows."""
    return [
        {
            "kind": one.kind,
            "text": one.text,
            "on": one.asked_on,
            "answer": said(one.topic, "answer", language=language)
            if one.topic is not None and one.topic.published_at is not None
            else "",
        }
        for one in seminar_questions.own(attendee)
    ]


def _in_words(question: Question, answer: Answer, language: str) -> list[str]:
    """Choices in their words, 'yes' and 'no' as they are."""
    other = "ko" if language == "en" else "en"
    words = {one["key"]: one[language] or one[other] for one in question.choices}
    keys = answer.value if isinstance(answer.value, list) else [answer.value]
    return [words.get(key, key) for key in keys]


def _requests(attendee: Attendee) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(ChangeRequest).where(ChangeRequest.attendee_id == attendee.id).order_by(ChangeRequest.id)
    )
    return [
        {
            "reason": row.reason,
            "wanted": row.wanted,
            "answer": row.word,
            "status": row.status,
            "at": row.asked_at,
        }
        for row in rows
    ]


def _consents(person: Person, language: str) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Consent).where(Consent.person_id == person.id).order_by(Consent.id))
    return [
        {
            "text": said(row.text, "title", language=language),
            "version": row.text.version,
            "agreed": row.agreed,
            "at": row.answered_at,
            "pressed_by": "host" if row.pressed_by.startswith("staff") else "themselves",
        }
        for row in rows
    ]


def _letters(person: Person) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Message).where(Message.person_id == person.id).order_by(Message.id))
    return [
        {
            "purpose": row.purpose,
            "status": row.status,
            "at": row.done_at or row.queued_at,
            "words": row.words,
        }
        for row in rows
    ]


def _lists(person: Person) -> list[dict[str, Any]]:
    """The lists for hotel, bus and kitchen on which the person stood, as long as their lines are kept."""
    rows = db.session.scalars(
        select(Printout)
        .join(PrintoutLine, PrintoutLine.printout_id == Printout.id)
        .where(PrintoutLine.person_id == person.id, PrintoutLine.told.is_not(None))
        .order_by(Printout.id)
    )
    return [{"list": row.kind, "way": row.way, "at": row.printed_at} for row in rows]
