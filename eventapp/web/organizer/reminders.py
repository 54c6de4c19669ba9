"""Reminders: to the silent and the unfinished, with words of one's own, read as they are read before they go."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.errors import Missing, RuleBroken
from eventapp.letters import html_of
from eventapp.letters.words import Edition, Withdrawn
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.reports import ladder, unfinished
from eventapp.rules import attendees, journal, reminders
from eventapp.web import fields, gates, looks
from eventapp.web.organizer import letter_words

page = Blueprint("reminders", __name__)
TOLD = 8  # refusals said one by one; the others are counted
Row = Invitation | Registration


class WordsForm(FlaskForm):
    """A paragraph above the words that stand in the letter anyway."""

    words_ko = fields.Paragraphs(_l("Your own words (Korean)"), limit=1000)
    words_en = fields.Paragraphs(_l("Your own words (English)"), limit=1000)

    def words(self) -> dict[str, str]:
        """By language."""
        return {"ko": self.words_ko.data or "", "en": self.words_en.data or ""}


@page.get("/organizer/reminders")
def show() -> Response:
    """Who is reminded, the words, and the letter as the chosen one of them reads it."""
    return _page(WordsForm(formdata=None))


@page.route("/organizer/reminders/letter", methods=["GET", "POST"])
def letter() -> Response:
    """The letter with these words, for the frame; nothing is sent."""
    rows, form = _rows(), WordsForm()
    if not rows or (request.method == "POST" and not form.validate()):
        return redirect(url_for(".show", **_kept()), code=303)
    chosen = next((row for row in rows if str(row.id) == request.form.get("reader")), rows[0])
    subject, purpose, person = _spoken_of(chosen)
    journal.looked("letter previewed", chosen if isinstance(chosen, Invitation) else chosen.invitation)
    edition = Edition(0, now(), reminders.in_language(form.words(), person))
    try:
        return letter_words.framed(html_of(purpose, subject, person=person, edition=edition, url=_harmless()))
    except Withdrawn as withdrawn:
        raise Missing() from withdrawn


@page.post("/organizer/reminders")
def send() -> Response:
    """To exactly those that were shown, each by itself; who cannot be reminded is said by name."""
    form = WordsForm()
    if not form.validate():
        return _page(form, status=422)
    shown = set(request.form.getlist("row"))
    sent, refused = 0, []
    for row in (one for one in _rows() if str(one.id) in shown):
        sentence = _tried(row, form.words())
        sent += not sentence
        if sentence:
            refused.append(f"{_spoken_of(row)[2].name}, {_company(row)}: {sentence}")
    if sent:
        flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", sent))
    for sentence in refused[:TOLD]:
        flash(sentence, "warns")
    if more := len(refused[TOLD:]):
        flash(ngettext("And %(num)s more.", "And %(num)s more.", more), "warns")
    return redirect(_back(), code=303)


def _page(form: WordsForm, *, status: int = 200) -> Response:
    rows = _rows()
    answer = letter_words.with_frame(
        render_template(
            "organizer/reminders/show.html",
            form=form,
            rows=[(row.id, _spoken_of(row)[2], _company(row)) for row in rows],
            to_people=_kept().get("to") == "unfinished",
            kept=_kept(),
            back=_back(),
        )
    )
    answer.status_code = status
    return answer


def _rows() -> list[Row]:
    """Whom the address means, as far as they are the reader's own. Raises Missing."""
    own, to = gates.own_company_ids(), request.args.get("to")
    if g.event is None:
        raise Missing()
    if to == "company":
        return [gates.staff_invitation(request.args.get("invitation", 0, type=int))]
    if to != "unfinished":
        return [line.invitation for line in ladder.of(g.event, company_ids=own).silent()]
    people = unfinished.of(g.event, company_ids=own)
    run, missing = request.args.get("run", ""), request.args.get("missing", "")
    return [
        row.registration
        for row in unfinished.fitting(people, run=run, missing=missing)
        if row.can_be_reminded
    ]


def _spoken_of(row: Row) -> tuple[Invitation | Attendee, Purpose, Person]:
    """Of what the letter speaks, which letter it is, and to whom."""
    if isinstance(row, Invitation):
        return row, Purpose.INVITATION, row.coordinator
    attendee = attendees.require(row)
    return attendee, Purpose.PART_WANTED, attendee.person


def _company(row: Row) -> str:
    return (row if isinstance(row, Invitation) else row.invitation).company.name


def _tried(row: Row, words: dict[str, str]) -> str:
    """'' when it is queued, else the sentence that says why not."""
    try:
        if isinstance(row, Registration):
            reminders.remind(row, words=words)
        else:
            reminders.write_again(row, words=words)
    except RuleBroken as refusal:
        return str(refusal)
    return ""


def _kept() -> dict[str, str]:
    return {
        name: request.args[name][:20]
        for name in ("to", "invitation", "run", "missing")
        if request.args.get(name)
    }


def _back() -> str:
    """Where it was pressed."""
    kept = _kept()
    if kept.get("to") == "company":
        return url_for("organizer.invitations.show", invitation_id=kept["invitation"])
    if kept.get("to") != "unfinished":
        return url_for("organizer.ladder.show")
    filters = {name: value for name, value in kept.items() if name in ("run", "missing")}
    return url_for("organizer.unfinished.show", **filters)


def _harmless() -> str:
    """In the place of a personal link: this page, which only staff can open."""
    return looks.outside_url(url_for("organizer.reminders.show", **_kept()))
