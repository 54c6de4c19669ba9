"""Badges: choose whose, look at the warnings, print the PDF."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice

from eventapp.config import ROOT
from eventapp.errors import Missing
from eventapp.formats import badge_sheet, colour, hangul
from eventapp.formats.badge_sheet import BadgeWarning, Brand
from eventapp.reports import badge_faces
from eventapp.reports.badge_faces import Printable
from eventapp.rules import journal, seats
from eventapp.web import looks

page = Blueprint("badges", __name__)
FONTS = ROOT / "static" / "vendor" / "pretendard-1.3.9" / "ttf"


class BadgesForm(FlaskForm):
    """Whose badges, and on what paper."""

    class Meta:
        csrf = False  # choosing is a GET; printing is a form of its own

    run = RadioField(_l("Run"))
    company = SelectField(_l("Company"))
    layout = RadioField(
        _l("Paper"),
        choices=[
            SelectChoice("a6", _l("A6, one each, 3 mm bleed")),
            SelectChoice("a4", _l("A4, four each, cut marks")),
        ],
        default="a6",
    )


@page.get("/organizer/badges")
def show() -> str:
    """The choice, how many badges it makes, and what to look at before printing."""
    everybody = _printable()
    form = _form(everybody)
    chosen = _chosen(everybody, form)
    return render_template(
        "organizer/badges/show.html",
        form=form,
        chosen=chosen,
        everybody=everybody,
        warnings=[(chosen[found.place].face, warning_words(found)) for found in _warnings(chosen)],
        pages=len(chosen) if form.layout.data == "a6" else -(-len(chosen) // 4),
    )


@page.post("/organizer/badges/sheets")
def print_sheet() -> Any:
    """The PDF; the journal remembers whose badges were printed."""
    everybody = _printable()
    form = _form(everybody)
    chosen = _chosen(everybody, form)
    if not chosen:
        flash(_("There is no badge to print with this choice."), "warns")
        return redirect(url_for("organizer.badges.show"), code=303)
    journal.looked(
        "badges printed",
        g.event,
        event_id=g.event.id,
        layout=form.layout.data,
        attendee_ids=[one.attendee_id for one in chosen],
    )
    layout = "a4" if form.layout.data == "a4" else "a6"
    data = badge_sheet.sheet([one.face for one in chosen], layout, fonts=FONTS, brand=_brand())
    answer = Response(data, mimetype="application/pdf")
    name = f"badges-{g.event.slug}-{layout}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def warning_words(found: BadgeWarning) -> str:
    """What to do about one badge."""
    if found.code == "no_glyph":
        return _("The font lacks these letters: %(letters)s", letters=found.detail)
    if found.code == "small_name":
        return _("The name is long and stands small, %(size)s px.", size=found.detail)
    return _("Too long to stand in full: %(text)s", text=found.detail)


def _printable() -> list[Printable]:
    if g.event is None:
        raise Missing()
    return badge_faces.of(g.event, link=lambda code: looks.outside_url(f"/B/{code}").upper())


def _form(everybody: list[Printable]) -> BadgesForm:
    """The form as the address or the press says; a choice that is none falls back to everybody."""
    form = BadgesForm(formdata=request.values)
    runs = seats.runs(g.event)
    form.run.choices = [SelectChoice("", _("Every run"))]
    form.run.choices += [
        SelectChoice(str(run.number), _("Run %(number)s", number=run.number)) for run in runs
    ]
    companies = {one.company_id: one.face.company for one in everybody}
    form.company.choices = [SelectChoice("", _("Every company"))]
    form.company.choices += [
        SelectChoice(str(company_id), name)
        for company_id, name in sorted(companies.items(), key=lambda pair: hangul.sort_key(pair[1]))
    ]
    for field, fallback in ((form.run, ""), (form.company, ""), (form.layout, "a6")):
        if field.data not in [choice.value for choice in field.choices]:
            field.data = fallback
    return form


def _chosen(everybody: list[Printable], form: BadgesForm) -> list[Printable]:
    return [
        one
        for one in everybody
        if form.run.data in ("", str(one.run)) and form.company.data in ("", str(one.company_id))
    ]


def _warnings(chosen: list[Printable]) -> list[BadgeWarning]:
    return badge_sheet.warnings([one.face for one in chosen], FONTS)


def _brand() -> Brand:
    return Brand(colour=g.event.brand_colour, text=colour.text_on(g.event.brand_colour))
