"""What a line of an import says, in words: for the terminal and for the preview alike."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from eventapp.formats import phone
from eventapp.rules.import_plan import Change, Kind, Line
from eventapp.rules.import_rows import HEADINGS
from eventapp.rules.imports import Plan

KIND_WORDS: dict[Kind, Any] = {
    Kind.NEW: _l("New"),
    Kind.CHANGED: _l("Changes"),
    Kind.ALIKE: _l("Looks like one we know"),
    Kind.REFUSED: _l("Not possible yet"),
    Kind.SAME: _l("Same as before"),
}
LANGUAGES = {"ko": _l("Korean"), "en": _l("English")}


def heading(column: str, language: str) -> str:
    """The column's own heading in that language."""
    return HEADINGS[column][1 if language == "en" else 0]


def remarks(line: Line, language: str) -> list[str]:
    """Everything worth saying about the line, a sentence each."""
    said = [str(reason) for reason in line.reasons]
    if line.kind == Kind.ALIKE and line.alike_row is not None:
        said.append(_("Row %(row)s has the same e-mail.", row=line.alike_row))
    elif line.kind == Kind.ALIKE:
        said.append(_("It looks like %(company)s.", company=line.alike))
    elif line.kind == Kind.NEW and line.company_id is not None:
        said.append(_("We know this company; the invitation is new."))
    said += [changed(change, language) for change in line.changes]
    said += [kept(change, language) for change in line.kept]
    return said


def changed(change: Change, language: str) -> str:
    """좌석: 3 → 2"""
    return f"{heading(change.column, language)}: {_value(change, change.before)} → {_value(change, change.after)}"


def kept(change: Change, language: str) -> str:
    """What stays as it is here although the sheet says otherwise."""
    return _(
        "%(heading)s stays %(here)s: the invitation has been sent. Change it on the company's page if need be.",
        heading=heading(change.column, language),
        here=_value(change, change.before),
    )


def summary(plan: Plan) -> list[str]:
    """How many rows of each kind, and what was not read."""
    counts = plan.counts()
    said = [f"{KIND_WORDS[kind]} {counts[kind]}" for kind in KIND_WORDS if counts[kind]]
    if plan.upload.unread:
        said.append(_("Columns that are not read: %(names)s", names=", ".join(plan.upload.unread)))
    if plan.upload.sheet.others:
        said.append(_("Sheets that are not read: %(names)s", names=", ".join(plan.upload.sheet.others)))
    if plan.new_sectors:
        said.append(_("New fields: %(names)s", names=", ".join(plan.new_sectors)))
    return said


def left_out(plan: Plan) -> str:
    """The rows that doing it leaves out, in one sentence; '' for none."""
    count = plan.counts()[Kind.ALIKE] + plan.counts()[Kind.REFUSED]
    if not count:
        return ""
    return ngettext("%(num)s row stays out for now.", "%(num)s rows stay out for now.", count)


def _value(change: Change, value: str) -> str:
    if not value:
        return "–"
    if change.column in ("phone", "host_phone"):
        return phone.national(value)
    return str(LANGUAGES[value]) if change.column == "language" else value
