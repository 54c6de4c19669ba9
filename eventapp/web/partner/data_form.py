"""One's own data, for a coordinator and for an attendee alike: seen, corrected, taken along, erased."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice

from eventapp import postman
from eventapp.errors import RuleBroken
from eventapp.formats import phone
from eventapp.models.person import Person
from eventapp.reports import hosts
from eventapp.reports import own_data as report
from eventapp.rules import journal, own_data
from eventapp.web import fields, looks
from eventapp.web.partner import data_words

Answer = Response | str | tuple[str, int]


def bare(typed: str | None) -> str:
    """Without the spaces around it."""
    return (typed or "").strip()


class ContactForm(FlaskForm):
    """How to reach a person. The name stands on the badge: whoever prints it corrects it."""

    department = fields.Line(_l("Department"), limit=80)
    phone = fields.Phone(_l("Mobile phone"), filters=[bare])
    email = fields.Mail(_l("E-mail"), filters=[bare])
    language = RadioField(
        _l("Language of letters and pages"),
        choices=lambda: [SelectChoice("ko", "한국어"), SelectChoice("en", "English")],
    )


class ErasureForm(FlaskForm):
    """Said on purpose."""

    sure = BooleanField(
        _l("Yes, please erase my data"), [fields.Needed(_l("Please tick the box, so that it is no mistake."))]
    )


@dataclass(frozen=True)
class Owner:
    """Whose page it is and where it stands. page: the endpoint up to the last dot."""

    person: Person
    page: str
    id: int
    back: str
    about: dict[str, Any]

    def url(self, part: str) -> str:
        """The address of one of its parts."""
        return url_for(f"{self.page}.{part}", id=self.id)


def show(owner: Owner, form: ContactForm | None = None) -> str:
    """Everything that is kept, and the form to correct it."""
    data = report.of(owner.person, looks.current_language())
    return render_template(
        "partner/data.html",
        **_about(owner),
        form=form or _kept(owner.person),
        sections=data_words.sections(data, g.event.time_zone),
    )


def correct(owner: Owner) -> Answer:
    """Keep how to reach the person."""
    form = ContactForm()
    if not form.validate_on_submit():
        return show(owner, form), 400
    try:
        own_data.correct(
            owner.person,
            g.event,
            department=form.department.data or "",
            phone=form.phone.e164,
            email=form.email.address,
            language=form.language.data,
        )
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return show(owner, form), refusal.status
    return redirect(owner.url("show"), code=303)


def export(owner: Owner) -> Response:
    """All of it as JSON; the journal remembers that it was taken."""
    journal.looked("own data exported", owner.person, event_id=g.event.id)
    data = report.of(owner.person, looks.current_language())
    text = json.dumps(data, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat())
    return looks.download(text.encode(), name="my-data.json", media_type="application/json")


def erase(owner: Owner) -> Answer:
    """What it means, then the one box and the button."""
    form, status = ErasureForm(), 200
    if request.method == "POST":
        if form.validate():
            return _erased(owner)
        status = 400
    page = render_template(
        "partner/erasure.html",
        **_about(owner),
        form=form,
        ahead=[(one, one.event_session) for one in own_data.ahead(owner.person)],
        coordinates=bool(own_data.coordinates(owner.person)),
    )
    return page, status


def _erased(owner: Owner) -> str:
    about = {"event": g.event, "host": hosts.of(g.invitation.company, g.event)}
    postman.erase(owner.person)
    return render_template("partner/erased.html", **about)


def _kept(person: Person) -> ContactForm:
    form = ContactForm(formdata=None, obj=person)
    form.phone.data = phone.national(person.phone) if person.phone else ""
    return form


def _about(owner: Owner) -> dict[str, Any]:
    return {
        "owner": owner,
        "person": owner.person,
        "event": g.event,
        "host": hosts.of(g.invitation.company, g.event),
        **owner.about,
    }
