"""The door's preparation: links with their PIN and QR, phones and scanners, the checkpoints of each run."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import dates, qr
from eventapp.models.door_phone import DoorLink, DoorPhone
from eventapp.models.event_session import EventSession
from eventapp.models.states import Verdict
from eventapp.reports import arrivals, merges
from eventapp.rules import door_phones, seats
from eventapp.web import fields, gates, looks

page = Blueprint("door_phones", __name__)
VERDICTS = {
    Verdict.ADMITTED: _l("Come in"),
    Verdict.ALREADY_IN: _l("Already in"),
    Verdict.WRONG_RUN: _l("Another run"),
    Verdict.NOT_YET: _l("A little early"),
    Verdict.NOT_EXPECTED: _l("Not on this list"),
    Verdict.REPLACED: _l("Handed on"),
    Verdict.CANCELLED: _l("Place given up"),
    Verdict.UNKNOWN: _l("Unknown badge"),
}


class ScannerForm(FlaskForm):
    """A device that is no phone of ours."""

    name = fields.Line(_l("Name of the scanner"), [fields.Needed(_l("Please write a name."))], limit=40)
    gate = fields.Line(_l("Where it stands"), limit=40)


@page.get("/organizer/door-phones")
def show() -> str:
    """Everything, run by run."""
    return _page()


@page.post("/organizer/runs/<int:number>/door-links")
def make_link(number: int) -> Any:
    """A new link; its PIN is shown on this answer and never again."""
    run = _run(number)
    try:
        link, pin = door_phones.make_link(run)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return _back()
    return _page(new_link=link, pin=pin)


@page.post("/organizer/door-links/<int:link_id>/revocation")
def revoke_link(link_id: int) -> Response:
    """No more phones by this link."""
    door_phones.revoke_link(_ours(DoorLink, link_id))
    flash(_("The link has ended. Phones that are in stay in."))
    return _back()


@page.post("/organizer/runs/<int:number>/scanners")
def add_scanner(number: int) -> Any:
    """A foreign scanner; its token is shown on this answer and never again."""
    run, form = _run(number), ScannerForm()
    if not form.validate_on_submit():
        return _page(scanner_forms={number: form}), 422
    try:
        phone, token = door_phones.add_scanner(run, form.name.data, gate=form.gate.data)
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(scanner_forms={number: form}), refusal.status
    return _page(new_scanner=phone, token=token)


@page.post("/organizer/door-phones/<int:door_phone_id>/revocation")
def revoke_phone(door_phone_id: int) -> Response:
    """A phone is shut out at once."""
    phone = _ours(DoorPhone, door_phone_id)
    door_phones.revoke(phone)
    flash(_("%(name)s is shut out. The list leaves that phone at its next contact.", name=phone.name))
    return _back()


def _back() -> Response:
    return redirect(url_for("organizer.door_phones.show"), code=303)


def _run(number: int) -> EventSession:
    found = [run for run in seats.runs(g.event) if run.number == number] if g.event else []
    if not found:
        raise Missing()
    return found[0]


def _ours(table: type[Any], row_id: int) -> Any:
    """A row of this Event's runs. Raises Missing."""
    row = db.session.get(table, row_id) if row_id < 2**31 else None
    if row is None or g.event is None or row.event_session.event_id != g.event.id:
        raise Missing()
    return row


def _page(**shown: Any) -> str:
    if g.event is None:
        raise Missing()
    runs = seats.runs(g.event)
    return render_template(
        "organizer/door_phones/show.html",
        runs=runs,
        links={run.id: [_link(link) for link in door_phones.open_links(run)] for run in runs},
        phones=arrivals.phones_by_run(runs),
        merged=merges.by_run(runs, language=looks.current_language()),
        verdict_words=VERDICTS,
        at=lambda moment: dates.day_and_time(moment, g.event.time_zone, language=looks.current_language()),
        contact=_contact,
        scanner_form=lambda: ScannerForm(formdata=None),
        named=fields.named,
        is_over=lambda run: door_phones.ends_with(run) <= now(),
        **{"scanner_forms": {}, **shown},
    )


def _link(link: DoorLink) -> dict[str, Any]:
    """A link as it is handed out. Without its PIN the QR opens nothing."""
    token = door_phones.token(link, gates.link_key())
    address = looks.outside_url(url_for("door.enrol.show", token=token))
    made = dates.day_and_time(link.created_at, g.event.time_zone, language=looks.current_language())
    return {
        "link": link,
        "address": address,
        "qr": Markup(qr.svg(address, label=_("The QR for door phones"))),
        "made": made,
    }


def _contact(phone: DoorPhone) -> str:
    if phone.revoked_at is not None:
        return _("shut out")
    if phone.last_contact_at is None:
        return _("not heard of yet")
    return dates.ago(phone.last_contact_at, now(), language=looks.current_language())
