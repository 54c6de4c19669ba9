"""The organizer's own questions on an attendee's page: saved as they go, with or without the script."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import DateField, Field, FileField, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.clock import today
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import handed_in
from eventapp.models.question import NO, YES, Asks, Question, Value
from eventapp.models.states import HOLDS_PLACE
from eventapp.models.wording import said
from eventapp.reports import hosts
from eventapp.rules import question_answers
from eventapp.web import fields, looks

page = Blueprint("questions", __name__)
YES_NO = {YES: _l("Yes"), NO: _l("No")}


@page.get("/pass/<int:id>/questions")
def show(id: int) -> str:
    """What is asked, with what was answered so far."""
    _require_place()
    kept = question_answers.said_by(g.attendee)
    return _page(_form(kept, typed=False))


@page.post("/pass/<int:id>/questions")
def save(id: int) -> Answer | str | tuple[str, int]:
    """Keep it; the page's script sends every change by itself and gets no page back."""
    _require_place()
    before = question_answers.said_by(g.attendee)
    form, status = _form(before, typed=True), 400
    if _fits(form):
        try:
            _keep(form)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
            status = refusal.status
        else:
            if request.headers.get("X-Saves"):
                return Response(status=204)
            return redirect(_onward(id, before), code=303)
    return _page(form), status


@page.get("/pass/<int:id>/questions/<int:question_id>/file")
def file(id: int, question_id: int) -> Response:
    """What this attendee handed in, as a download."""
    question = db.session.get(Question, question_id) if question_id < 2**31 else None
    found = question_answers.file_of(g.attendee, question) if question is not None else None
    if found is None:
        raise Missing()
    return looks.download(found.data, name=found.name, media_type=found.media_type)


def _require_place() -> None:
    if g.registration.status not in HOLDS_PLACE:
        raise Missing()


def _onward(id: int, before: dict[int, Value]) -> str:
    """Here again where a file went or came, or something is asked that was not asked before; else to the pass."""
    asked, now_said = question_answers.asked_of(g.attendee), question_answers.said_by(g.attendee)
    seen = {one.id for one in question_answers.shown(asked, before)}
    new = [one for one in question_answers.shown(asked, now_said) if one.id not in seen]
    stays = new or question_answers.left_for(g.attendee) or _taken_back() or any(request.files.values())
    return url_for("partner.attendee.questions.show" if stays else "partner.attendee.passes.show", id=id)


def _form(kept: dict[int, Value], *, typed: bool) -> FlaskForm:
    """A field for each question that is open, also for those that wait for another one's answer."""
    day = today(g.event.time_zone)
    asked = [
        one for one in question_answers.asked_of(g.attendee) if not question_answers.has_closed(one, day)
    ]
    made = {question_answers.field_of(one.id): _field(one, kept) for one in asked}
    kind = type("QuestionsForm", (FlaskForm,), made)
    data = {
        question_answers.field_of(one.id): _shape(one, kept.get(one.id))
        for one in asked
        if one.kind != Asks.FILE
    }
    return kind(data=data) if typed else kind(formdata=None, data=data)


def _field(question: Question, kept: dict[int, Value]) -> Any:
    label = said(question, "text", language=looks.current_language())
    if question.kind in (Asks.ONE, Asks.YES_NO):
        choices = _choices(question)
        if question.id in kept and not question.required:
            choices.append(SelectChoice("", _("Rather leave it open")))
        return RadioField(label, [Optional()], choices=choices)
    if question.kind == Asks.SEVERAL:
        return SelectMultipleField(
            label, choices=_choices(question), option_widget=CheckboxInput(), widget=ListWidget()
        )
    if question.kind == Asks.FILE:
        return FileField(label)
    if question.kind == Asks.DATE:
        return DateField(label, [Optional()])
    if question.kind == Asks.NUMBER:
        return Number(label, limit=40)
    return fields.Paragraphs(label, limit=question_answers.LONGEST)


class Number(fields.Line):
    """A number as people write it."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data:
            try:
                question_answers.number(self.data)
            except ValueError as problem:
                raise fields.ValidationError(_("Please write a number, for example 12 or 0.5.")) from problem


def _choices(question: Question) -> list[SelectChoice]:
    if question.kind == Asks.YES_NO:
        return [SelectChoice(key, word) for key, word in YES_NO.items()]
    english = looks.current_language() == "en"
    return [
        SelectChoice(one["key"], one["en"] if english and one["en"] else one["ko"])
        for one in question.choices
    ]


def _shape(question: Question, value: Value | None) -> Any:
    """An answer as its field wants it."""
    if question.kind == Asks.DATE:
        return date.fromisoformat(str(value)) if value else None
    return value if value is not None else ([] if question.kind == Asks.SEVERAL else "")


def _given(form: FlaskForm) -> dict[int, Value]:
    """What was sent, by question; files apart."""
    return {
        _id(field): field.data.isoformat() if isinstance(field.data, date) else field.data or _nothing(field)
        for field in form
        if _id(field) and not isinstance(field, FileField)
    }


def _keep(form: FlaskForm) -> None:
    """Save what is asked; what is typed where nothing shows does not count."""
    asked = {one.id for one in _visible(form)}
    given = {id: value for id, value in _given(form).items() if id in asked}
    question_answers.save(g.attendee, given, files=_uploads(form), taken_back=_taken_back())


def _nothing(field: Field) -> Value:
    return [] if isinstance(field, SelectMultipleField) else ""


def _uploads(form: FlaskForm) -> dict[int, question_answers.Upload]:
    """Files that were chosen; an empty field sends one without a name."""
    found = {}
    for field in form:
        sent = request.files.get(field.name) if isinstance(field, FileField) else None
        if sent is not None and sent.filename:
            found[_id(field)] = question_answers.Upload(sent.read(handed_in.MAX_BYTES + 1), sent.filename)
            sent.close()
    return found


def _taken_back() -> int | None:
    """The question whose file is to go: the button's value."""
    pressed = request.form.get("taken_back", "")
    return int(pressed) if re.fullmatch(r"[0-9]{1,9}", pressed) else None


def _fits(form: FlaskForm) -> bool:
    """Whether everything that is asked fits; what is not shown does not count."""
    form.validate_on_submit()
    visible = {question_answers.field_of(one.id) for one in _visible(form)}
    for field in form:
        if _id(field) and field.name not in visible:
            field.errors = []
    return not any(field.errors for field in form)


def _visible(form: FlaskForm) -> list[Question]:
    """The questions that what is typed opens."""
    said_now = question_answers.said_by(g.attendee) | _given(form)
    return question_answers.shown(question_answers.asked_of(g.attendee), said_now)


def _id(field: Field) -> int:
    name = field.name or ""
    return int(name.removeprefix("answer_")) if name.startswith("answer_") else 0


def _page(form: FlaskForm) -> str:
    asked, kept = question_answers.asked_of(g.attendee), question_answers.said_by(g.attendee)
    return render_template(
        "partner/questions.html",
        form=form,
        rows=[(one, form._fields.get(question_answers.field_of(one.id))) for one in asked],
        visible={one.id for one in _visible(form)},
        kept=kept,
        words={one.id: words_of(one, kept[one.id]) for one in asked if one.id in kept},
        left=len(question_answers.left_for(g.attendee)),
        accept=handed_in.ACCEPT,
        attendee=g.attendee,
        event=g.event,
        host=hosts.of(g.invitation.company, g.event),
    )


def words_of(question: Question, value: Value) -> str:
    """An answer as it is read."""
    named = {choice.value: str(choice.label) for choice in _choices(question)} if question.keys else {}
    keys = value if isinstance(value, list) else [value]
    return ", ".join(named.get(key, key) for key in keys)
