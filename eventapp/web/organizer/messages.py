"""Letters: what needs a hand first, each one readable, corrected and sent again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.letters import html_of, invitation_of, link_to, subject_of
from eventapp.letters.words import Edition, Withdrawn
from eventapp.models.message import Message, Purpose
from eventapp.models.states import MessageStatus
from eventapp.postman import carrier_for
from eventapp.postman.outbox import Outbox
from eventapp.reports import messages as report
from eventapp.rules import journal, messages, people
from eventapp.web import fields, gates
from eventapp.web.organizer import letter_words

page = Blueprint("messages", __name__)
SHOWN = 300  # rows on one page; a search finds the others


class AddressForm(FlaskForm):
    """Where the letter goes next time."""

    email = fields.Mail(
        _l("E-mail"), [fields.Needed(_l("Please write the e-mail address this letter should go to."))]
    )


# -- the list -----------------------------------------------------------------------------------------


@page.get("/organizer/messages")
def show() -> str:
    """Every letter: trouble first, then newest first."""
    _require_event()
    query = request.args.get("q", "").strip()[:80]
    journal.looked("letters searched" if query else "letters listed", g.event, event_id=g.event.id)
    rows = report.of(g.event, company_ids=gates.own_company_ids())
    state = request.args.get("state", "")
    found = [row for row in rows if (not state or row.status == state) and (not query or row.fits(query))]
    return render_template(
        "organizer/messages/show.html",
        total=len(rows),
        trouble=[row for row in found if row.trouble],
        others=[row for row in found if not row.trouble][:SHOWN],
        more=max(0, len([row for row in found if not row.trouble]) - SHOWN),
        states=[(one, count) for one in MessageStatus if (count := sum(row.status == one for row in rows))],
        held=report.held(g.event),
        here=here,
        words=letter_words,
        zone=g.event.time_zone,
    )


@page.post("/organizer/messages/release")
def release() -> Response:
    """Let the letters go that were held back after a restore."""
    count = messages.release_outbox()
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", count))
    return redirect(url_for("organizer.messages.show"), code=303)


def here(**changes: Any) -> str:
    """This list's address with something else chosen."""
    kept = {name: request.args.get(name, "").strip()[:80] for name in ("q", "state")}
    query = urlencode({name: value for name, value in (kept | changes).items() if value})
    return url_for("organizer.messages.show") + (f"?{query}" if query else "")


# -- one letter ---------------------------------------------------------------------------------------


@page.get("/organizer/messages/<int:message_id>")
def look_at(message_id: int) -> Response:
    """One letter as it reads now, its tries, and the one thing to do."""
    message = _own(message_id)
    journal.looked("letter looked at", message)
    return _letter_page(message, AddressForm(email=message.person.email))


@page.get("/organizer/messages/<int:message_id>/letter")
def letter(message_id: int) -> Response:
    """The letter alone, for the frame of the page above."""
    message = _own(message_id)
    try:
        return letter_words.framed(_html(message))
    except Withdrawn as withdrawn:
        raise Missing() from withdrawn


@page.get("/organizer/messages/<int:message_id>/file")
def file(message_id: int) -> Response:
    """The letter as it left, where letters are laid into a folder."""
    message = _own(message_id)
    files = _files(message)
    if not files:
        flash(_("This letter has not left as a file."), "warns")
        return redirect(url_for("organizer.messages.look_at", message_id=message.id), code=303)
    journal.looked("letter taken along", message)
    answer = Response(files[-1].read_bytes(), mimetype="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="letter-{message.id}.eml"'
    return answer


@page.post("/organizer/messages/<int:message_id>/sending")
def send_again(message_id: int) -> Response:
    """Send it once more, to the address in the form."""
    message = _own(message_id)
    form = AddressForm()
    if not form.validate_on_submit():
        return _letter_page(message, form, status=422)
    if message.person.erased_at is not None:  # no address is ever written to who was erased
        fields.blame(form, people.Erased(field="email"))
        return _letter_page(message, form, status=people.Erased.status)
    try:
        messages.send_again(message, email=form.email.address)
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _letter_page(message, form, status=refusal.status)
    flash(_("The letter to %(name)s is on its way.", name=message.person.name_and_title))
    return redirect(url_for("organizer.messages.show"), code=303)


@page.post("/organizer/messages/<int:message_id>/arrival")
def arrived(message_id: int) -> Response:
    """Somebody asked, and the letter is there."""
    message = _own(message_id)
    messages.settle_arrived(message)
    flash(_("Noted: the letter to %(name)s is there.", name=message.person.name_and_title))
    return redirect(url_for("organizer.messages.show"), code=303)


def _letter_page(message: Message, form: AddressForm, *, status: int = 200) -> Response:
    unsayable, invitation = "", None
    try:
        invitation = invitation_of(subject_of(message))
        _html(message)
    except Withdrawn as withdrawn:
        unsayable = letter_words.answer_word(withdrawn.reason)
    rendered = render_template(
        "organizer/messages/letter.html",
        message=message,
        invitation=invitation,
        unsayable=unsayable,
        attempts=report.attempts(message),
        has_file=bool(_files(message)),
        form=form,
        words=letter_words,
        zone=message.event.time_zone,
    )
    response = letter_words.with_frame(rendered)
    response.status_code = status
    return response


def _own(message_id: int) -> Message:
    """A letter of the current Event to somebody this member of staff looks after. Raises Missing."""
    message = db.session.get(Message, message_id) if message_id < 2**31 else None
    own = gates.own_company_ids()
    if message is None or g.event is None or message.event_id != g.event.id:
        raise Missing()
    if own is not None and message.person.company_id not in own:
        raise Missing()
    return message


def _html(message: Message) -> str:
    row = subject_of(message)
    return html_of(
        Purpose(message.purpose),
        row,
        person=message.person,
        edition=Edition(message.id, message.queued_at),
        url=link_to(row),
    )


def _files(message: Message) -> list[Any]:
    carrier = carrier_for(str(current_app.config["MAIL_URL"]))
    return carrier.files_of(message.id) if isinstance(carrier, Outbox) else []


def _require_event() -> None:
    if g.event is None:
        raise Missing()
