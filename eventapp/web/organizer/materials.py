"""The materials of one item: added as a file or an address, taken out, and looked at before they are published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import FileField, HiddenField, StringField

from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.formats import handed_in
from eventapp.models.staff import Role
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import materials, working_copies
from eventapp.web import fields, gates, looks

page = Blueprint("materials", __name__)


class MaterialForm(FlaskForm):
    """A title, and a file or an address."""

    title_ko = fields.Line(
        _l("Title in Korean"),
        [fields.Needed(_l("Please write the title in Korean."))],
        limit=materials.TITLE,
    )
    title_en = fields.Line(_l("Title in English"), limit=materials.TITLE)
    file = FileField(_l("File"))
    url = StringField(_l("Or an address"))
    seen = HiddenField()


@page.get("/organizer/agenda/items/<uuid:item_uid>/materials")
def show(item_uid: UUID) -> str:
    """What the item has, and the form for one more."""
    return _page(_item(item_uid), MaterialForm(formdata=None))


@page.post("/organizer/agenda/items/<uuid:item_uid>/materials")
def add(item_uid: UUID) -> Any:
    """One more in the working copy; nothing typed is lost, a file is chosen again."""
    item, form = _item(item_uid), MaterialForm()
    if form.validate_on_submit():
        try:
            materials.add(
                g.event,
                item.uid,
                titles=(form.title_ko.data, form.title_en.data),
                url=form.url.data or "",
                upload=_upload(),
                seen=gates.number_sent("seen"),
                by=g.staff.name,
            )
        except RuleBroken as refusal:
            fields.blame(form, refusal)
        else:
            return _kept(item_uid)
    return _page(item, form), 422


@page.post("/organizer/agenda/items/<uuid:item_uid>/materials/removal")
def remove(item_uid: UUID) -> Response:
    """what: the address or the file's key."""
    if g.event is None or not working_copies.knows(g.event, str(item_uid)):
        raise Missing()
    try:
        materials.remove(
            g.event,
            str(item_uid),
            what=request.form.get("what", ""),
            seen=gates.number_sent("seen"),
            by=g.staff.name,
        )
    except Stale:
        flash(_("Somebody else has changed the programme meanwhile. This is how it stands now."), "warns")
        return redirect(url_for("organizer.agenda.show"), code=303)
    return _kept(item_uid)


@page.get("/organizer/agenda/materials/<material>")
def file(material: str) -> Response:
    """A file, published or not, as a download."""
    found = materials.file(g.event, material) if g.event is not None else None
    if found is None:
        raise Missing()
    return looks.download(found.data, name=found.name, media_type=found.media_type)


def _upload() -> materials.Upload | None:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return None
    return materials.Upload(sent.read(handed_in.MAX_BYTES + 1), sent.filename)


def _kept(item_uid: UUID) -> Response:
    flash(_("Kept in the working copy. Partners see it once you publish."))
    return redirect(url_for("organizer.materials.show", item_uid=item_uid), code=303)


def _page(item: WorkingItem, form: MaterialForm) -> str:
    return render_template(
        "organizer/agenda/materials.html",
        item=item,
        form=form,
        accept=handed_in.ACCEPT,
        version=working_copies.of(g.event).version,
        may_write=g.staff.role == Role.ORGANIZER,
    )


def _item(item_uid: UUID) -> WorkingItem:
    """An item of the working copy. Raises Missing."""
    for item in working_copies.of(g.event).items() if g.event is not None else ():
        if item.uid == str(item_uid):
            return item
    raise Missing()
