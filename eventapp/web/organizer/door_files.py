"""Files that door phones save where no network comes back: taken in by an organizer, as if they had been sent.

A file carries no signature. It may do what its phone could have sent, and nothing else: every item goes through the
phone's own rule, in the phone's own run, and an organizer answers for it with their name. A seal could only be made on
the phone, by whoever holds it, and would turn away what this is for: scans of a phone that was shut out or wiped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Blueprint, g, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.formats import text
from eventapp.models.door_phone import DoorPhone
from eventapp.rules import door_items
from eventapp.rules.door_items import BadItem, Sender
from eventapp.web import fields

page = Blueprint("door_files", __name__)
MOST = 5000
YEAR = 366 * 86_400_000  # milliseconds


class Unreadable(RuleBroken):
    """No file of a phone."""

    code = "unreadable"
    sentence = _l(
        "This is no file that a door phone has saved. Its name begins with door-queue and ends in .json."
    )


class TooLong(RuleBroken):
    """More items than one phone saves in days."""

    code = "too-many"
    sentence = _l("A file may hold 5,000 scans. Please ask for help with a longer one; nothing was taken in.")


class FileForm(FlaskForm):
    """What a phone saved."""

    file = FileField(_l("File of the phone"), [fields.Needed(_l("Please choose a file."))])


@dataclass
class Outcome:
    """What became of a file's items; `refused`: number, what it was, why not."""

    taken: int = 0
    known: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)


@page.get("/organizer/door-files")
def show() -> str:
    """Where a file is chosen."""
    return _page(FileForm())


@page.post("/organizer/door-files")
def take_in() -> Any:
    """Every item by itself; the same file once more changes nothing."""
    if g.event is None:
        raise Missing()
    form = FileForm()
    if not form.validate_on_submit():
        return _page(form), 422
    data = form.file.data.read()
    try:
        items = _items(data)
    except RuleBroken as refusal:
        fields.blame(form, refusal)
        return _page(form), 422
    outcome = _taken_in(items)
    door_items.note_file(
        g.event,
        digest=hashlib.sha256(data).hexdigest(),
        taken=outcome.taken,
        known=outcome.known,
        refused=len(outcome.refused),
    )
    return _page(FileForm(formdata=None), outcome=outcome)


def _items(data: bytes) -> list[Any]:
    """The items in a file. Raises Unreadable, TooLong."""
    try:
        file = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable(field="file") from None
    items = file.get("items") if isinstance(file, dict) and file.get("door_queue") == 1 else None
    if not isinstance(items, list):
        raise Unreadable(field="file")
    if len(items) > MOST:
        raise TooLong(field="file")
    return items


def _taken_in(items: list[Any]) -> Outcome:
    outcome, senders = Outcome(), _senders()
    before = door_items.known(one.get("id") for one in items if isinstance(one, dict))
    for number, item in enumerate(items, start=1):
        try:
            kept = door_items.keep(item, senders(item))
        except RuleBroken as refusal:
            outcome.refused.append((number, _name_of(item), str(refusal)))
            continue
        if kept.id in before:
            outcome.known += 1
        else:
            outcome.taken += 1
            before.add(kept.id)
    return outcome


def _senders() -> Callable[[Any], Sender]:
    """The phone of each item, as that phone's own requests would have it. Raises BadItem."""
    event_id = g.event.id
    found: dict[tuple[int, int], Sender] = {}

    def of(item: Any) -> Sender:
        phone_id, ahead = (item.get(name) if isinstance(item, dict) else 0 for name in ("phone", "ahead"))
        whole = isinstance(phone_id, int) and not isinstance(phone_id, bool) and 0 < phone_id < 2**31
        ahead = ahead if isinstance(ahead, int) and abs(ahead) < YEAR else 0
        key = (phone_id if whole else 0, ahead)
        if key not in found:
            phone = db.session.get(DoorPhone, key[0])
            if phone is None or phone.event_session.event_id != event_id:
                raise BadItem(_l("No phone of this event has written this."))
            found[key] = door_items.sender(phone, timedelta(milliseconds=ahead))
        return found[key]

    return of


def _name_of(item: Any) -> str:
    """What of an item somebody can search for on the phone or on paper."""
    told = [item.get(name) for name in ("name", "company", "code")] if isinstance(item, dict) else []
    lines = [text.cut_line(one, 40) for one in told if isinstance(one, str)]
    return ", ".join(line for line in lines if line)


def _page(form: FileForm, outcome: Outcome | None = None) -> str:
    if g.event is None:
        raise Missing()
    return render_template("organizer/door_files/show.html", form=form, outcome=outcome)
