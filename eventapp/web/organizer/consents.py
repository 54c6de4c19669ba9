"""The consent texts in force, how people answered, and a new version of one of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import NumberRange

from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates
from eventapp.models.consent import KEPT_HERE, REQUIRED, ConsentPurpose
from eventapp.reports import keeping, open_consents
from eventapp.rules import consent_words, consents
from eventapp.rules.consent_words import Words
from eventapp.web import fields

page = Blueprint("consents", __name__)
PURPOSES = {
    ConsentPurpose.PERSONAL_DATA: _l("Personal data"),
    ConsentPurpose.SENSITIVE_DIET: _l("Meals and allergies"),
    ConsentPurpose.PARTNERS_CONTACT: _l("Contact for the other partners"),
    ConsentPurpose.PHOTOGRAPHS: _l("Photographs"),
}
ASKED = {
    ConsentPurpose.PERSONAL_DATA: _l("Coordinators and attendees"),
    ConsentPurpose.SENSITIVE_DIET: _l("Attendees who tell what they eat or an allergy"),
    ConsentPurpose.PARTNERS_CONTACT: _l("Attendees"),
    ConsentPurpose.PHOTOGRAPHS: _l("Attendees"),
}
ENDINGS = {
    "meals": _l("What people eat, and allergies"),
    "people": _l("People with everything about them"),
}
NEEDED = [fields.Needed(_l("Please write this in both languages."))]


class TextForm(FlaskForm):
    """A new version, in both languages."""

    title_ko = fields.Line(_l("Title (Korean)"), NEEDED, limit=120)
    title_en = fields.Line(_l("Title (English)"), NEEDED, limit=120)
    items_ko = fields.Paragraphs(_l("What is kept (Korean)"), NEEDED, limit=1000)
    items_en = fields.Paragraphs(_l("What is kept (English)"), NEEDED, limit=1000)
    uses_ko = fields.Paragraphs(_l("What for (Korean)"), NEEDED, limit=1000)
    uses_en = fields.Paragraphs(_l("What for (English)"), NEEDED, limit=1000)
    period_ko = fields.Paragraphs(_l("How long (Korean)"), NEEDED, limit=500)
    period_en = fields.Paragraphs(_l("How long (English)"), NEEDED, limit=500)
    refusal_ko = fields.Paragraphs(_l("What saying no means (Korean)"), NEEDED, limit=500)
    refusal_en = fields.Paragraphs(_l("What saying no means (English)"), NEEDED, limit=500)

    def words(self) -> Words:
        """As the rule takes them."""
        return Words(**{name: self[name].data for name in Words.__dataclass_fields__ if name in self})


class KeptTextForm(TextForm):
    """For what is kept here: the days that the clean-up obeys stand in the text."""

    keep_days = IntegerField(
        _l("Days from the last day"), [NumberRange(1, 3650, _l("Please write a number from 1 to 3650."))]
    )


@page.get("/organizer/consents")
def show() -> str:
    """Every purpose with its text in force."""
    _require_event()
    return render_template(
        "organizer/consents/show.html",
        texts={text.purpose: text for text in consents.in_force(g.event)},
        counts=open_consents.counts(g.event),
        ends=keeping.ends(g.event),
        refusals=keeping.refusals(g.event),
        endings=ENDINGS,
        kept_here=KEPT_HERE,
        **_words(),
    )


@page.post("/organizer/consents")
def publish_proposed() -> Response:
    """Begin with the proposed words where nothing is in force."""
    _require_event()
    consents.publish_proposed(g.event)
    return _done(_("The proposed texts are in force."))


@page.get("/organizer/consents/<purpose>")
def text(purpose: str) -> str:
    """The versions of one text, and the form for the next."""
    return _page(
        _purpose(purpose), _form_of(_purpose(purpose))(formdata=None, data=_begun(_purpose(purpose)))
    )


@page.post("/organizer/consents/<purpose>")
def publish(purpose: str) -> Any:
    """A new version."""
    found = _purpose(purpose)
    form = _form_of(found)()
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        made = consents.publish(g.event, found, words=form.words())
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(found, form), refusal.status
    return _done(_("Version %(number)s is in force. Those it concerns are asked again.", number=made.version))


def _form_of(purpose: ConsentPurpose) -> type[TextForm]:
    return KeptTextForm if purpose in KEPT_HERE else TextForm


def _begun(purpose: ConsentPurpose) -> dict[str, Any]:
    """The words in force, or the proposed ones."""
    newest = next(iter(consents.versions(g.event, purpose)), None)
    if newest is None:
        return asdict(consents.proposed(g.event, purpose))
    words = Words(**{name: getattr(newest, name) for name in Words.__dataclass_fields__})
    return asdict(consent_words.opened(words))


def _page(purpose: ConsentPurpose, form: TextForm) -> str:
    return render_template(
        "organizer/consents/text.html",
        purpose=purpose,
        form=form,
        versions=consents.versions(g.event, purpose),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"purposes": PURPOSES, "asked": ASKED, "required": REQUIRED, "dates": dates}


def _require_event() -> None:
    if g.event is None:
        raise Missing()


def _purpose(typed: str) -> ConsentPurpose:
    _require_event()
    if typed not in list(ConsentPurpose):
        raise Missing()
    return ConsentPurpose(typed)


def _done(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("organizer.consents.show"), code=303)
