"""Questions for the seminar at the desk: what asks the same is grouped, answered once, and published."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from eventapp.errors import Missing, RuleBroken
from eventapp.models.seminar import SeminarTopic
from eventapp.reports import seminar
from eventapp.rules import agenda_words, seminar_answers
from eventapp.web import fields, gates

page = Blueprint("seminar_questions", __name__)

Answer = Response | str | tuple[str, int]


class TopicForm(FlaskForm):
    """Question and answer as they will be read; Korean is what publishing needs."""

    question_ko = fields.Paragraphs(_l("Question in Korean"), limit=500)
    question_en = fields.Paragraphs(_l("Question in English"), limit=500)
    answer_ko = fields.Paragraphs(_l("Answer in Korean"), limit=4000)
    answer_en = fields.Paragraphs(_l("Answer in English"), limit=4000)

    def words(self) -> seminar_answers.Words:
        """As the rule takes them."""
        return seminar_answers.Words(**{name: self[name].data or "" for name in NAMES})


NAMES = ("question_ko", "question_en", "answer_ko", "answer_en")


@page.get("/organizer/seminar-questions")
def show() -> str:
    """What waits in no group, the groups without an answer, the answers."""
    if g.event is None:
        raise Missing()
    desk = seminar.desk(g.event)
    return render_template(
        "organizer/seminar_questions/show.html", desk=desk, kinds=agenda_words.KINDS, event=g.event
    )


@page.post("/organizer/seminar-questions/groups")
def group() -> Response:
    """The ticked ones together: a new group, or one more for that one."""
    if g.event is None:
        raise Missing()
    number = gates.number_sent("topic")
    into = seminar_answers.topic(g.event, number) if number else None
    try:
        topic = seminar_answers.group(g.event, request.form.getlist("question"), topic=into)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return redirect(url_for(".show"), code=303)
    return redirect(url_for(".topic", topic_id=topic.id), code=303)


@page.get("/organizer/seminar-questions/<int:topic_id>")
def topic(topic_id: int) -> str:
    """One group with its words."""
    found = _topic(topic_id)
    return _page(found, TopicForm(formdata=None, **{name: getattr(found, name) for name in NAMES}))


@page.post("/organizer/seminar-questions/<int:topic_id>")
def write(topic_id: int) -> Answer:
    """Keep the words, or publish them with a letter to each who asked under their name."""
    found, form = _topic(topic_id), TopicForm()
    publish = request.form.get("publish") == "yes"
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        seminar_answers.write(found, form.words(), publish=publish)
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(found, form), refusal.status
    flash(_("The answer is published.") if publish else _("Kept."))
    return redirect(
        url_for(".show" if publish else ".topic", **({} if publish else {"topic_id": topic_id})), code=303
    )


@page.post("/organizer/seminar-questions/<int:topic_id>/withdrawal")
def withdraw(topic_id: int) -> Response:
    """Nobody else reads it any more."""
    seminar_answers.withdraw(_topic(topic_id))
    flash(_("The answer is taken back."))
    return redirect(url_for(".topic", topic_id=topic_id), code=303)


@page.post("/organizer/seminar-questions/<int:topic_id>/removal")
def take_out(topic_id: int) -> Response:
    """That question asks something else."""
    seminar_answers.take_out(_topic(topic_id), request.form.get("question", "")[:36])
    return redirect(url_for(".show"), code=303)


@page.post("/organizer/seminar-questions/removal")
def set_aside() -> Response:
    """What is no question goes for good."""
    if g.event is None:
        raise Missing()
    seminar_answers.set_aside(g.event, request.form.get("question", "")[:36])
    flash(_("It is deleted."))
    return redirect(url_for(".show"), code=303)


def _topic(topic_id: int) -> SeminarTopic:
    if g.event is None:
        raise Missing()
    return seminar_answers.topic(g.event, topic_id)


def _page(found: SeminarTopic, form: TopicForm) -> str:
    return render_template(
        "organizer/seminar_questions/topic.html",
        topic=found,
        form=form,
        questions=seminar_answers.questions_of(found),
        loose=seminar_answers.waiting(g.event),
        kinds=agenda_words.KINDS,
        event=g.event,
    )
