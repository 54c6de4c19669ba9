"""The consents of one person, for a coordinator and for an attendee alike: each by itself, nothing pre-ticked."""

from __future__ import annotations

import re
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from eventapp.errors import RuleBroken
from eventapp.models.consent import ConsentText
from eventapp.models.person import Person
from eventapp.models.wording import said
from eventapp.reports import hosts
from eventapp.rules import consents, keeping
from eventapp.web import fields, looks

YES, NO = "yes", "no"


def of(person: Person) -> FlaskForm:
    """A yes and a no for each text; what was answered before stands as it was answered."""
    asked = consents.asked_of(person, g.event)
    kept = consents.said_by(person, g.event)
    made = {field_of(text): _field(text) for text in asked}
    answered = {field_of(text): YES if kept[text.id] else NO for text in asked if text.id in kept}
    return type("ConsentForm", (FlaskForm,), made)(data=answered)


def keep(form: FlaskForm, person: Person) -> int:
    """Pass the answers on; 303, or the status of the refusal that the form now shows."""
    if not form.validate():
        return 400
    try:
        consents.answer(person, g.event, given=_given())
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return refusal.status
    return 303


def page(form: FlaskForm, person: Person, *, here: str, back: str, back_word: str, **about: Any) -> str:
    """The page around it."""
    texts = consents.asked_of(person, g.event)
    return render_template(
        "partner/consents.html",
        form=form,
        person=person,
        event=g.event,
        texts=texts,
        field_of=field_of,
        said_so_far=consents.said_by(person, g.event),
        renewed=consents.asked_again(person, g.event),
        left=len(consents.left_for(person, g.event)),
        host=hosts.of(g.invitation.company, g.event),
        ends_on=keeping.refused(g.event).get(person.id),
        here=here,
        back=back,
        back_word=back_word,
        **about,
    )


def field_of(text: ConsentText) -> str:
    """The name of its field: the version is in it, so that an answer is never taken for another one's."""
    return f"consent_{text.id}"


def _field(text: ConsentText) -> Any:
    title = said(text, "title", language=looks.current_language())
    choices = [SelectChoice(YES, _("Yes, I agree")), SelectChoice(NO, _("No, I do not"))]
    return RadioField(_("Do you agree to “%(title)s”?", title=title), [Optional()], choices=choices)


def _given() -> dict[int, bool]:
    """What was sent, also to a version that is not in force any more: the rule says so."""
    found = {}
    for name, typed in request.form.items():
        number = re.fullmatch(r"consent_([0-9]{1,9})", name)
        if number and typed in (YES, NO):
            found[int(number[1])] = typed == YES
    return found
