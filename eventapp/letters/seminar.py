"""The letter to who asked something for the seminar under their name: the answer that everybody can read now."""

from __future__ import annotations

from flask_babel import gettext as _

from eventapp.db import db
from eventapp.letters import words
from eventapp.letters.words import Edition, Letter, Withdrawn
from eventapp.models.message import Message
from eventapp.models.registration import Attendee
from eventapp.models.seminar import SeminarTopic
from eventapp.models.wording import said
from eventapp.rules import seminar_questions


def answered(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """Withdrawn where the answer was taken back, or somebody else sits there now."""
    if attendee.has_left:
        raise Withdrawn("The place was given up or passed to a colleague.")
    topics = _topics(attendee, edition)
    if not topics:
        raise Withdrawn("None of this person's questions is answered.")
    event = attendee.registration.invitation.event
    names = {"event": words.event_name(event)}
    return Letter(
        subject=words.line(_("{event}: the answer to your question"), **names),
        kicker=words.line(_("{event}, our answer"), **names),
        greeting=words.to_whom(attendee.person),
        paragraphs=[
            words.paragraph(_("You asked us something for the seminar. This is our answer."), **names)
        ],
        rows=[
            row
            for topic in topics
            for row in ((_("Question"), _said(topic, "question")), (_("Answer"), _said(topic, "answer")))
        ],
        url=url,
        button=_("Open my badge"),
        note=words.for_you_alone(attendee.person),
        after=[words.paragraph(_("It stands on your own page too, beside the answers to others."), **names)],
    )


def _said(topic: SeminarTopic, field: str) -> str:
    return said(topic, field, language=words.language())


def _topics(attendee: Attendee, edition: Edition) -> list[SeminarTopic]:
    """The one that the letter was queued for; in a preview every one of theirs that is published."""
    found = {one.topic for one in seminar_questions.own(attendee) if one.topic is not None}
    told = sorted((one for one in found if one.published_at is not None), key=lambda one: one.id)
    message = db.session.get(Message, edition.number)
    return told if message is None else [one for one in told if str(one.id) == message.occasion]
