"""Questions for the seminar from an attendee's own page: asked ahead with or without a name, and what was answered.

Both ways are one form and one address, so that no log of addresses tells them apart.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields import SelectChoice

from eventapp.errors import Missing, RuleBroken
from eventapp.models.programme import PROGRAMMES, Kind
from eventapp.models.states import HOLDS_PLACE
from eventapp.reports import seminar
from eventapp.rules import agenda_words, publications, seminar_questions
from eventapp.web import fields, gates, looks

page = Blueprint("seminar_questions", __name__)
NAMED, ANONYMOUS = "named", "anonymous"
_of_this_process = secrets.token_bytes(32)  # gone with it: what was counted can be traced to nobody

Answer = Response | str | tuple[str, int]


class QuestionForm(FlaskForm):
    """One question; how it is asked is never chosen beforehand."""

    kind = RadioField(_l("What is it about?"), choices=lambda: _kinds())
    text = fields.Paragraphs(
        _l("Your question"),
        [fields.Needed(_l("Please write your question."))],
        limit=seminar_questions.LONGEST,
    )
    way = RadioField(
        _l("With your name?"),
        [fields.Needed(_l("Please choose whether your name goes with it."))],
        choices=lambda: [
            SelectChoice(NAMED, _("With my name")),
            SelectChoice(ANONYMOUS, _("Without any name")),
        ],
    )


@page.get("/pass/<int:id>/seminar")
def show(id: int) -> str:
    """What one may ask, what one asked, what is answered."""
    _require_place()
    return _page(QuestionForm(formdata=None, kind=_kinds()[0].value))


@page.post("/pass/<int:id>/seminar")
@gates.limiter.limit("12 per hour", key_func=lambda: _counted())
def ask(id: int) -> Answer:
    """One more."""
    _require_place()
    form = QuestionForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        named = form.way.data == NAMED
        seminar_questions.ask(g.attendee, form.text.data or "", kind=Kind(form.kind.data), named=named)
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(form), refusal.status
    flash(_("Thank you. Your question is with us."))
    return redirect(url_for(".show", id=id), code=303)


@page.post("/pass/<int:id>/seminar/withdrawal")
def take_back(id: int) -> Response:
    """One's own question is not needed any more."""
    seminar_questions.take_back(g.attendee, request.form.get("question", "")[:36])
    return redirect(url_for(".show", id=id), code=303)


@page.get("/pass/<int:id>/seminar/withdrawal")
def back(id: int) -> Response:
    """Whoever reloads after the press comes back to the page."""
    return redirect(url_for(".show", id=id), code=303)


def _counted() -> str:
    """Who is counted against too many: a key that nobody outside this process can turn into a person again."""
    who = f"{(request.view_args or {}).get('id')}".encode()
    return hmac.new(_of_this_process, who, hashlib.sha256).hexdigest()


def _kinds() -> list[SelectChoice]:
    """The host's programmes that are published, the seminar first; the seminar alone before that."""
    publication = publications.latest(g.event)
    there = {item.kind for item in publication.items()} if publication else set()
    kinds = [kind for kind in (Kind.SEMINAR, *PROGRAMMES) if kind in there or kind == Kind.SEMINAR]
    return [SelectChoice(kind.value, agenda_words.KINDS[kind]) for kind in dict.fromkeys(kinds)]


def _require_place() -> None:
    if g.registration.status not in HOLDS_PLACE:
        raise Missing()


def _page(form: QuestionForm) -> str:
    run = g.registration.event_session
    return render_template(
        "partner/seminar_questions.html",
        form=form,
        attendee=g.attendee,
        event=g.event,
        run=run,
        own=seminar_questions.own(g.attendee),
        answered=seminar.published(g.event),
        kinds=agenda_words.KINDS,
        language=looks.current_language(),
    )
