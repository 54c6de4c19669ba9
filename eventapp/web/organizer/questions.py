"""The organizer's own questions: the list, one written or mended, their order, laid aside and taken back."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates
from eventapp.models.company import Sector
from eventapp.models.printout import Kind
from eventapp.models.question import NO, YES, Asks, Question
from eventapp.models.wording import said
from eventapp.rules import questions, seats
from eventapp.web import fields, looks
from eventapp.web.organizer.list_words import KIND_WORDS

page = Blueprint("questions", __name__)
KINDS = {
    Asks.TEXT: _l("Text"),
    Asks.NUMBER: _l("Number"),
    Asks.ONE: _l("One choice"),
    Asks.SEVERAL: _l("Several choices"),
    Asks.DATE: _l("Day"),
    Asks.YES_NO: _l("Yes or no"),
    Asks.FILE: _l("File"),
}
CHOICES = 2_000  # characters of all choices together


class QuestionForm(FlaskForm):
    """One question as it is written."""

    text_ko = fields.Line(
        _l("Question in Korean"), [fields.Needed(_l("Please write the question."))], limit=200
    )
    text_en = fields.Line(_l("Question in English"), limit=200)
    help_ko = fields.Paragraphs(_l("A word of help in Korean"), limit=500)
    help_en = fields.Paragraphs(_l("A word of help in English"), limit=500)
    kind = SelectField(
        _l("Kind of answer"), choices=lambda: [SelectChoice(kind.value, word) for kind, word in KINDS.items()]
    )
    choices_ko = fields.Paragraphs(_l("Choices in Korean, one a line"), limit=CHOICES)
    choices_en = fields.Paragraphs(_l("Choices in English, one a line"), limit=CHOICES)
    required = BooleanField(_l("An answer is needed"))
    event_session = SelectField(_l("For whom: run"), default="")
    sector = SelectField(_l("For whom: field"), default="")
    condition = SelectField(_l("Ask it only after the answer"), default="")
    open_until = DateField(_l("Open until"), [Optional()])
    told_to = SelectField(
        _l("On which list its answers stand"),
        default="",
        choices=lambda: [SelectChoice("", _("On none")), *(SelectChoice(*one) for one in KIND_WORDS.items())],
    )

    def draft(self) -> questions.Draft:
        """As the rule takes it. Raises ChoicesUneven."""
        korean, english = (_lines(field.data) for field in (self.choices_ko, self.choices_en))
        if english and len(english) != len(korean):
            raise questions.ChoicesUneven(field="choices_en")
        depends_on, _colon, value = (self.condition.data or "").partition(":")
        return questions.Draft(
            kind=Asks(self.kind.data),
            choices=tuple(zip_longest(korean, english, fillvalue="")),
            event_session_id=int(self.event_session.data or 0) or None,
            sector_id=int(self.sector.data or 0) or None,
            depends_on_id=int(depends_on or 0) or None,
            depends_value=value,
            told_to=Kind(self.told_to.data) if self.told_to.data else None,
            **{name: self[name].data for name in PLAIN},
        )


PLAIN = ("text_ko", "text_en", "help_ko", "help_en", "required", "open_until")


@page.get("/organizer/questions")
def show() -> str:
    """What is asked, in its order, and what was laid aside."""
    _require_event()
    found = questions.of(g.event, archived=True)
    return render_template(
        "organizer/questions/show.html",
        live=[one for one in found if one.archived_at is None],
        archived=[one for one in found if one.archived_at is not None],
        counts=questions.counts(g.event),
        kinds=KINDS,
        condition=_condition,
        dates=dates,
    )


@page.route("/organizer/questions/new", methods=["GET", "POST"])
def add() -> Response | str | tuple[str, int]:
    """One more."""
    _require_event()
    form = _form(None)
    if request.method == "GET":
        return _page(form, None)
    if form.validate_on_submit():
        try:
            questions.add(g.event, form.draft())
        except RuleBroken as refusal:
            fields.blame(form, refusal)
            return _page(form, None), refusal.status
        return _done(_("The question is added."))
    return _page(form, None), 422


@page.route("/organizer/questions/<int:question_id>", methods=["GET", "POST"])
def change(question_id: int) -> Response | str | tuple[str, int]:
    """Mend it."""
    question = _question(question_id)
    form = _form(question)
    if request.method == "GET":
        return _page(form, question)
    if form.validate_on_submit():
        try:
            questions.change(question, form.draft())
        except RuleBroken as refusal:
            fields.blame(form, refusal)
            return _page(form, question), refusal.status
        return _done(_("The question is changed."))
    return _page(form, question), 422


@page.post("/organizer/questions/<int:question_id>/place")
def place(question_id: int) -> Response:
    """One place up or down."""
    return _try(
        lambda one: questions.put(one, later=request.form.get("later") == "y"),
        question_id,
        _("The order is changed."),
    )


@page.post("/organizer/questions/<int:question_id>/archive")
def archive(question_id: int) -> Response:
    """Ask it no more."""
    return _try(questions.archive, question_id, _("The question is archived; its answers stay."))


@page.post("/organizer/questions/<int:question_id>/restoration")
def restore(question_id: int) -> Response:
    """Ask it again."""
    return _try(questions.restore, question_id, _("The question is asked again."))


@page.post("/organizer/questions/<int:question_id>/removal")
def remove(question_id: int) -> Response:
    """Take it away, where nobody has answered."""
    return _try(questions.remove, question_id, _("The question is taken away."))


def _try(do: Any, question_id: int, sentence: str) -> Response:
    try:
        do(_question(question_id))
    except Missing:
        raise
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return redirect(url_for("organizer.questions.show"), code=303)
    return _done(sentence)


def _done(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("organizer.questions.show"), code=303)


def _require_event() -> None:
    if g.event is None:
        raise Missing()


def _question(question_id: int) -> Question:
    found = db.session.get(Question, question_id) if question_id < 2**31 else None
    if found is None or g.event is None or found.event_id != g.event.id:
        raise Missing()
    return found


def _form(question: Question | None) -> QuestionForm:
    form = QuestionForm(data=_kept(question) if question is not None else {"kind": Asks.TEXT})
    runs = [SelectChoice(str(run.id), fields.run_label(run)) for run in seats.runs(g.event)]
    form.event_session.choices = [SelectChoice("", _("Every run")), *runs]
    language = looks.current_language()
    sectors = db.session.scalars(select(Sector).order_by(Sector.position, Sector.id))
    named = [SelectChoice(str(one.id), said(one, "name", language=language)) for one in sectors]
    form.sector.choices = [SelectChoice("", _("Every field")), *named]
    form.condition.choices = [SelectChoice("", _("Always")), *_conditions(question)]
    return form


def _kept(question: Question) -> dict[str, Any]:
    condition = f"{question.depends_on_id}:{question.depends_value}" if question.depends_on_id else ""
    return {
        **{name: getattr(question, name) for name in (*PLAIN, "kind", "told_to")},
        "choices_ko": "\n".join(one["ko"] for one in question.choices),
        "choices_en": "\n".join(one["en"] for one in question.choices if one["en"]),
        "event_session": str(question.event_session_id or ""),
        "sector": str(question.sector_id or ""),
        "condition": condition,
    }


def _conditions(question: Question | None) -> list[SelectChoice]:
    """Every answer of the others that one may wait for."""
    found = []
    for one in questions.of(g.event):
        if one.kind in questions.OF_A_CONDITION and (question is None or one.id != question.id):
            text = said(one, "text", language=looks.current_language())
            found += [SelectChoice(f"{one.id}:{key}", f"{text} → {_word(one, key)}") for key in one.keys]
    return found


def _word(question: Question, key: str) -> str:
    words = {YES: _("Yes"), NO: _("No")} if question.kind == Asks.YES_NO else {}
    words |= {
        one["key"]: one["en"] if looks.current_language() == "en" and one["en"] else one["ko"]
        for one in question.choices
    }
    return words.get(key, key)


def _condition(question: Question) -> str:
    """After which answer it is asked; '' where it always is."""
    parent = db.session.get(Question, question.depends_on_id) if question.depends_on_id else None
    if parent is None:
        return ""
    return (
        f"{said(parent, 'text', language=looks.current_language())} → {_word(parent, question.depends_value)}"
    )


def _lines(typed: str | None) -> list[str]:
    return [line.strip() for line in (typed or "").split("\n") if line.strip()]


def _page(form: QuestionForm, question: Question | None) -> str:
    answered = question is not None and bool(questions.counts(g.event).get(question.id))
    return render_template(
        "organizer/questions/question.html", form=form, question=question, answered=answered
    )
