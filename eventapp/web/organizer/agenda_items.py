"""One item of the working copy: added, changed, taken out; partners see nothing of it before it is published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.errors import Missing, RuleBroken
from eventapp.models.event_session import EventSession
from eventapp.models.staff import Role
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import agenda_follows, agenda_groups, agenda_items, seats, working_copies
from eventapp.web import fields, gates
from eventapp.web.organizer import item_form
from eventapp.web.organizer.item_form import ItemForm

page = Blueprint("agenda_items", __name__)


@page.get("/organizer/agenda/items/new")
def write_new() -> str:
    """An empty form for one run."""
    run = _run_asked()
    form = item_form.empty(run, working_copies.of(g.event).version, drawn=request.args)
    return _form_page(form, run)


@page.post("/organizer/agenda/items")
def add() -> Any:
    """One more item, in one run or in every one: one step."""
    run = _run_asked()
    form = ItemForm().of_run(run)
    if "more" in request.form:
        return _form_page(form.one_more(), run)
    if form.validate_on_submit():
        draft = form.draft(run)
        drafts = agenda_items.in_every_run(run, draft) if form.every_run.data else [(run, draft)]
        try:
            working_copies.add(g.event, drafts, by=g.staff.name)
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return _kept()
    return _form_page(form, run), 422


@page.get("/organizer/agenda/items/<uuid:item_uid>")
def write(item_uid: UUID) -> str:
    """The form of an item."""
    item, run = _item(item_uid)
    return _form_page(item_form.filled(item, run, working_copies.of(g.event).version), run, item)


@page.post("/organizer/agenda/items/<uuid:item_uid>")
def change(item_uid: UUID) -> Any:
    """Save an item; nothing typed is lost where somebody else was faster."""
    item, run = _item(item_uid)
    form = ItemForm().of_run(run)
    if "more" in request.form:
        return _form_page(form.one_more(), run, item)
    if form.validate_on_submit():
        try:
            changed = working_copies.change(
                g.event, item.uid, draft=form.draft(run, item), seen=form.seen_version(), by=g.staff.name
            )
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            if changed and item.follows:
                flash(_("It stands alone from now on and follows the other run no more."))
            return _kept()
    return _form_page(form, run, item), 422


@page.post("/organizer/agenda/items/<uuid:item_uid>/removal")
def remove(item_uid: UUID) -> Response:
    """Take an item out; harmless when it is out already."""
    _runs()
    if not working_copies.knows(g.event, str(item_uid)):
        raise Missing()
    try:
        working_copies.remove(g.event, str(item_uid), seen=gates.number_sent("seen"), by=g.staff.name)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return redirect(url_for("organizer.agenda_items.write", item_uid=item_uid), code=303)
    return _kept()


@page.post("/organizer/agenda/items/<uuid:item_uid>/groups")
def split(item_uid: UUID) -> Response:
    """One item becomes so many groups side by side: one step."""
    item, _run = _item(item_uid)
    try:
        agenda_groups.split(
            g.event,
            item.uid,
            groups=gates.number_sent("groups") or 0,
            seen=gates.number_sent("seen") or 0,
            by=g.staff.name,
        )
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
        return redirect(url_for("organizer.agenda_items.write", item_uid=item_uid), code=303)
    return _kept()


def _kept() -> Response:
    flash(_("Kept in the working copy. Partners see it once you publish."))
    return redirect(url_for("organizer.agenda.show"), code=303)


def _form_page(form: ItemForm, run: EventSession, item: WorkingItem | None = None) -> str:
    items, runs = working_copies.of(g.event).items(), _runs()
    by_number = {one.number: one for one in runs}
    return render_template(
        "organizer/agenda/item.html",
        form=form,
        run=run,
        item=item,
        may_write=g.staff.role == Role.ORGANIZER,
        most_groups=agenda_groups.MOST,
        runs=runs,
        version=working_copies.of(g.event).version,
        followed=next((one for one in items if item and one.uid == item.follows), None),
        leaders=[
            (one, item_form.in_words(one, by_number[one.run]))
            for one in (agenda_follows.leaders(items, item) if item else ())
        ],
    )


def _item(item_uid: UUID) -> tuple[WorkingItem, EventSession]:
    """An item of this Event's working copy, and its run. Raises Missing."""
    runs = {run.number: run for run in _runs()}
    for item in working_copies.of(g.event).items():
        if item.uid == str(item_uid) and item.run in runs:
            return item, runs[item.run]
    raise Missing()


def _run_asked() -> EventSession:
    """The run in ?run=. Raises Missing."""
    for run in _runs():
        if str(run.number) == request.args.get("run", "1"):
            return run
    raise Missing()


def _runs() -> list[EventSession]:
    if g.event is None:
        raise Missing()
    return seats.runs(g.event)
