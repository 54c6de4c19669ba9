"""Two companies whose names, phones and addresses must never meet."""

from __future__ import annotations

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.agenda import AgendaItem
from eventapp.models.question import Asks, Question
from eventapp.models.registration import Attendee
from eventapp.models.seminar import SeminarTopic
from eventapp.rules import (
    materials,
    publications,
    question_answers,
    questions,
    seminar_answers,
    seminar_questions,
)
from eventapp.rules.people import Colleague
from eventapp.rules.question_answers import Upload
from eventapp.rules.questions import Draft

PEOPLE = {
    "A": (
        Colleague("고알파진", "과장", "+821071110001", "alpha.one@a.example"),
        Colleague("남알파섭", "대리", "+821071110002", "alpha.two@a.example"),
    ),
    "B": (
        Colleague("류베타린", "부장", "+821072220001", "beta.one@b.example"),
        Colleague("문베타호", "사원", "+821072220002", "beta.two@b.example"),
    ),
}
NAMES = {"A": "알파카나리아", "B": "베타카나리아"}
HOSTS = {
    "A": Colleague("윤호스트", "매니저", "+821000002009", "host.a@host.example"),
    "B": Colleague("표호스트", "매니저", "+821000002010", "host.b@host.example"),
}


def a_question(attendee: Attendee) -> Question:
    """A question of the Event that this attendee answered with a file under their own name."""
    event = attendee.registration.invitation.event
    question = questions.add(event, Draft(kind=Asks.FILE, text_ko=f"명함 {attendee.id}"))
    upload = Upload(b"%PDF-1.7", f"{attendee.person.name}.pdf")
    question_answers.save(attendee, {}, files={question.id: upload})
    return question


def handed_out(items: dict[str, str]) -> dict[str, str]:
    """The key of a file of each item; all but B's are published."""
    found = {"missing": "AAAAAAAAAAAAAAAAAAAAAA"}
    for case, uid in sorted(items.items(), key=lambda one: one[0] == "B"):
        event = db.session.scalars(select(AgendaItem).where(AgendaItem.uid == uid)).one().event_session.event
        upload = materials.Upload(b"%PDF-1.7", "slides.pdf")
        found[case] = materials.add(event, uid, titles=("자료", ""), upload=upload).file_key
        if case != "B":
            publications.publish(event)
    return found


def a_topic(attendee: Attendee) -> SeminarTopic:
    """What this attendee asked for the seminar, in a group of its own, answered."""
    seminar_questions.ask(attendee, f"{attendee.id}번째 질문입니다.", named=True)
    [mine] = seminar_questions.own(attendee)
    topic = seminar_answers.group(attendee.registration.invitation.event, [mine.id])
    seminar_answers.write(topic, seminar_answers.Words(question_ko="질문", answer_ko="답"), publish=True)
    return topic
