"""What each publication of the agenda changed, for everybody to read."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask_babel import gettext as _

from eventapp.formats import dates
from eventapp.rules import agenda_changes, agenda_words, publications, seats
from eventapp.web import looks

page = Blueprint("agenda_changes", __name__)
SHOWN = 30  # publications on the page


@page.get("/<event:slug>/agenda/changes")
def show(slug: str) -> str:
    """The newest first; the very first publication changes nothing, it only begins."""
    runs, language = seats.runs(g.event), looks.current_language()
    newest = publications.newest(g.event, limit=SHOWN + 1)
    told = []
    for one, before in zip(newest, [*newest[1:], None], strict=False):
        if before is not None:
            found = agenda_changes.between(before.items(), one.items())
            words = agenda_words.told(found, runs, language=language)
        elif one.number == 1:
            words = []
        else:
            break
        at = dates.day_and_time(one.published_at, g.event.time_zone, language=language)
        told.append({"number": one.number, "at": at, "changes": words, "note": _note(one.number, words)})
    return render_template("public/agenda_changes.html", event=g.event, told=told)


def _note(number: int, words: list[agenda_words.Told]) -> str:
    if number == 1:
        return _("The programme was published.")
    return "" if words else _("Nothing that you would notice.")
