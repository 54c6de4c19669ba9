"""The lists for hotel, bus and kitchen: as they are now, what changed since they were handed out, and to take along."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing
from eventapp.formats import dates, spreadsheets
from eventapp.models.event_session import EventSession
from eventapp.models.printout import Kind, Printout, Way
from eventapp.reports import run_lists
from eventapp.reports.run_lists import Change
from eventapp.rules import journal, printouts, seats
from eventapp.web import looks
from eventapp.web.organizer import list_words
from eventapp.web.organizer.list_words import Around

page = Blueprint("lists", __name__)
REMEMBERED = 6  # how many times of handing out are shown


@page.get("/organizer/lists/hotel")
def hotel() -> str:
    """Who sleeps when, in which room and with whom."""
    return _list_page(Kind.HOTEL)


@page.get("/organizer/lists/shuttle")
def shuttle() -> str:
    """Who rides, to which flight and from which, by time."""
    return _list_page(Kind.SHUTTLE)


@page.get("/organizer/lists/meals")
def meals() -> str:
    """How many eat what at each meal, and whom the kitchen has to know by name."""
    return _list_page(Kind.MEALS)


@page.post("/organizer/printouts")
def hand_out() -> Any:
    """Remember the list as it is now, and lead to the sheet or the file; by telephone, back to the list."""
    kind, way = _one_of(Kind, request.form.get("list")), _one_of(Way, request.form.get("way"))
    run = _run(request.form.get("run", ""))
    if kind is None or way is None:
        flash(_("Please choose the list once more."), "warns")
        return redirect(url_for("organizer.lists.hotel", run=run.number), code=303)
    lines = run_lists.of(run, kind)
    back = redirect(url_for(f"organizer.lists.{kind}", run=run.number), code=303)
    last = next(iter(printouts.of_run(run, kind)), None)
    nothing_new = last is None or not run_lists.changes(run_lists.printed(last), lines)
    if way in (Way.CHANGES, Way.TELEPHONE) and nothing_new:
        flash(_("Nothing has changed since."), "warns")
        return back
    told = {(line.registration_id, line.person_id): line.told or {} for line in lines}
    printout = printouts.keep(run, kind, way=way, lines=told, by=g.staff)
    if way == Way.TELEPHONE:
        flash(_("Noted. What changes from now on stands here again."))
        return back
    target = "organizer.lists.file" if way == Way.FILE else "organizer.lists.sheet"
    return redirect(url_for(target, printout_id=printout.id), code=303)


@page.get("/organizer/printouts/<int:printout_id>")
def sheet(printout_id: int) -> str:
    """The list, or its changes, as they were handed out, ready for paper."""
    printout = _printout(printout_id)
    journal.looked("printout looked at", printout, event_id=g.event.id)
    run, kind = printout.event_session, Kind(printout.kind)
    lines, earlier = run_lists.printed(printout), printouts.before(printout)
    changed = run_lists.changes(run_lists.printed(earlier), lines) if earlier else []
    around = _around(run, kind)
    return render_template(
        "organizer/lists/sheet.html",
        **_about(kind, run),
        printout=printout,
        earlier=earlier,
        only_changes=printout.way == Way.CHANGES,
        tables=list_words.tables(kind, lines, around=around) if lines else [],
        changes=_told_changes(changed, around),
    )


@page.get("/organizer/printouts/<int:printout_id>.csv")
def file(printout_id: int) -> Response:
    """The same as a file that Korean Excel opens."""
    printout = _printout(printout_id)
    journal.looked("printout exported", printout, event_id=g.event.id)
    run, kind = printout.event_session, Kind(printout.kind)
    rows: list[Any] = []
    for table in list_words.tables(kind, run_lists.printed(printout), around=_around(run, kind)):
        rows += [[table.heading], table.columns, *table.rows, []]
    answer = Response(spreadsheets.write_csv(rows, zone=g.event.time_zone), mimetype="text/csv")
    day = dates.local(printout.printed_at, g.event.time_zone).date().isoformat()
    name = f"{kind}-{g.event.slug}-{run.number}-{day}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _list_page(kind: Kind) -> str:
    run = _run(request.args.get("run", ""))
    journal.looked("list looked at", run, kind=kind)
    lines, handed_out = run_lists.of(run, kind), printouts.of_run(run, kind)
    around = _around(run, kind)
    last = handed_out[0] if handed_out else None
    changed = run_lists.changes(run_lists.printed(last), lines) if last else []
    return render_template(
        "organizer/lists/show.html",
        **_about(kind, run),
        kinds=list_words.KIND_WORDS,
        runs=seats.runs(g.event),
        tables=list_words.tables(kind, lines, around=around) if lines else [],
        unsaid=run_lists.unsaid(run, kind),
        last=last,
        handed_out=handed_out[:REMEMBERED],
        changes=_told_changes(changed, around),
    )


def _about(kind: Kind, run: EventSession) -> dict[str, Any]:
    return {
        "kind": kind,
        "run": run,
        "shown": list_words.shown,
        "words": list_words,
        "days": dates.days_in_full(run.starts_on, run.ends_on, language=looks.current_language()),
    }


def _around(run: EventSession, kind: Kind) -> Around:
    return Around(run_lists.meals_of(run), run_lists.asked(run, kind))


def _told_changes(changed: list[Change], around: Around) -> list[tuple[str, list[Any]]]:
    """New, gone and changed, each with its lines."""
    groups = []
    for what, word in list_words.WHAT_WORDS.items():
        found = [list_words.change_words(one, around) for one in changed if one.what == what]
        if found:
            groups.append((str(word), found))
    return groups


def _run(wished: str) -> EventSession:
    """The run of that number, else the first that is not over. Raises Missing where there is none."""
    runs = seats.runs(g.event) if g.event else []
    if not runs:
        raise Missing()
    today = dates.local(now(), g.event.time_zone).date()
    coming = next((run for run in runs if run.ends_on >= today), runs[-1])
    return next((run for run in runs if str(run.number) == wished), coming)


def _printout(printout_id: int) -> Printout:
    """One of the current Event's. Raises Missing."""
    found = db.session.get(Printout, printout_id) if printout_id < 2**31 else None
    if found is None or g.event is None or found.event_session.event_id != g.event.id:
        raise Missing()
    return found


def _one_of(words: Any, wished: str | None) -> Any:
    return next((one for one in words if one == wished), None)
