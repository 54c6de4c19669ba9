"""Importing a spreadsheet: send it, see what each row would do, then do exactly that."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.import_draft import ImportDraft
from eventapp.reports import import_words
from eventapp.rules import imports
from eventapp.rules.import_plan import Decision, Kind
from eventapp.rules.import_rows import HEADINGS, NEEDED
from eventapp.web import fields, looks

page = Blueprint("imports", __name__)

ORDER = (Kind.REFUSED, Kind.ALIKE, Kind.CHANGED, Kind.NEW, Kind.SAME)  # what wants eyes first


class FileForm(FlaskForm):
    """A spreadsheet."""

    file = FileField(_l("Spreadsheet"), [fields.Needed(_l("Please choose a file."))])


@page.get("/organizer/imports")
def show() -> str:
    """Where a file is sent."""
    _require_event()
    return _upload_page(FileForm())


@page.post("/organizer/imports")
def upload() -> Any:
    """Read the file and keep it until it was looked at."""
    _require_event()
    form = FileForm()
    if form.validate_on_submit():
        data, filename = form.file.data.read(), form.file.data.filename or "sheet"
        try:
            imports.read(data, filename)
            draft = imports.keep_draft(g.event, g.staff, data=data, filename=filename)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return redirect(url_for("organizer.imports.preview", draft_id=draft.id), code=303)
    return _upload_page(form), 422


@page.get("/organizer/imports/<int:draft_id>")
def preview(draft_id: int) -> str:
    """Row by row, what would happen."""
    return _preview(_plan(_draft(draft_id)), draft_id)


@page.post("/organizer/imports/<int:draft_id>/confirmation")
def confirm(draft_id: int) -> Any:
    """Do what the preview said, if it still holds."""
    draft = _draft(draft_id)
    if _plan(draft).fingerprint() != request.form.get("seen", ""):
        flash(_("Something changed since you looked. Please look once more."), "warns")
        return redirect(url_for("organizer.imports.preview", draft_id=draft_id), code=303)
    plan = _plan(draft, _decisions())
    try:
        counts = imports.carry_out(g.event, plan)
    except Stale as refusal:
        flash(str(refusal), "warns")
        return redirect(url_for("organizer.imports.preview", draft_id=draft_id), code=303)
    out = import_words.left_out(plan)
    _say_done(counts[Kind.NEW], counts[Kind.CHANGED])
    if out:
        flash(out, "warns")
        return redirect(url_for("organizer.imports.preview", draft_id=draft_id), code=303)
    imports.drop_draft(draft)
    return redirect(url_for("organizer.ladder.show"), code=303)


@page.post("/organizer/imports/<int:draft_id>/removal")
def drop(draft_id: int) -> Response:
    """Forget the file."""
    imports.drop_draft(_draft(draft_id))
    flash(_("The file is forgotten; nothing was changed."))
    return redirect(url_for("organizer.imports.show"), code=303)


def _say_done(new: int, changed: int) -> None:
    if new:
        flash(
            ngettext(
                "%(num)s company is invited as a draft.", "%(num)s companies are invited as drafts.", new
            )
        )
    if changed:
        flash(ngettext("%(num)s company is changed.", "%(num)s companies are changed.", changed))
    if not new and not changed:
        flash(_("Everything was here already; nothing changed."))


def _require_event() -> None:
    if g.event is None:
        raise Missing()


def _draft(draft_id: int) -> ImportDraft:
    """This person's own upload for the current event. Raises Missing."""
    draft = db.session.get(ImportDraft, draft_id) if draft_id < 2**31 else None
    if draft is None or g.event is None or (draft.staff_id, draft.event_id) != (g.staff.id, g.event.id):
        raise Missing()
    return draft


def _plan(draft: ImportDraft, decisions: dict[int, Decision] | None = None) -> imports.Plan:
    return imports.plan(g.event, imports.read(draft.data, draft.filename), decisions=decisions)


def _decisions() -> dict[int, Decision]:
    """What was chosen for the rows that look like a known company."""
    found = {}
    for name, value in request.form.items():
        number = name.removeprefix("row-")
        if name != number and number.isascii() and number.isdigit() and value in list(Decision):
            found[int(number)] = Decision(value)
    return found


def _upload_page(form: FileForm) -> str:
    language = looks.current_language()
    columns = [
        (
            import_words.heading(column, language),
            import_words.heading(column, "ko" if language == "en" else "en"),
        )
        for column in HEADINGS
    ]
    return render_template("organizer/imports/show.html", form=form, columns=columns, needed=len(NEEDED))


def _preview(plan: imports.Plan, draft_id: int) -> str:
    return render_template(
        "organizer/imports/preview.html",
        plan=plan,
        draft_id=draft_id,
        parts=[(kind, plan.of(kind)) for kind in ORDER if plan.of(kind)],
        words=import_words,
    )
