"""The ladder: one line a company, whom to call today, and one company in the side panel."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventapp.errors import RuleBroken
from eventapp.formats import counts, text
from eventapp.models.states import InvitationStatus
from eventapp.reports import ladder as ladder_report
from eventapp.reports.ladder import Ladder, Line
from eventapp.rules import approvals, change_requests, invitations, journal, seats
from eventapp.web import gates
from eventapp.web.organizer import company_view, ladder_words

page = Blueprint("ladder", __name__)


@page.get("/organizer/")
def show() -> Any:
    """The list, filtered as the address says; `company` opens the side panel."""
    if g.event is None:
        return render_template("organizer/ladder/no_event.html")
    chosen_id = _look_at(request.args.get("company", type=int))
    ladder = ladder_report.of(g.event, company_ids=gates.own_company_ids())
    chosen = next((line for line in ladder.lines if line.invitation.id == chosen_id), None)
    shown = _shown(ladder)
    return render_template(
        "organizer/ladder/show.html",
        asked=len(change_requests.of_event(g.event)) + len(approvals.waiting(g.event)),
        ladder=ladder,
        groups=ladder.groups(shown),
        chosen=chosen,
        company=company_view.of(chosen) if chosen else None,
        runs=seats.runs(g.event),
        mine=[line for line in ladder.lines if is_mine(line)],
        words=ladder_words,
        counts=counts,
        here=here,
        drafts=[line for line in ladder.lines if line.invitation.status == InvitationStatus.DRAFT],
        silent=ladder.silent(),
    )


@page.post("/organizer/sending")
def send_drafts() -> Response:
    """Send every invitation that is still a draft."""
    own = gates.own_company_ids()
    drafts = [row for row in invitations.drafts(g.event) if own is None or row.company_id in own]
    return _send_all(drafts)


def _look_at(company_id: int | None) -> int | None:
    """The id of that company's invitation, and a line in the journal that it was looked at."""
    own = gates.own_company_ids()
    if company_id is None or not 0 < company_id < 2**31 or (own is not None and company_id not in own):
        return None
    invitation = invitations.of_company(g.event, company_id)
    if invitation is None:
        return None
    journal.looked("looked at", invitation)
    return invitation.id


def _send_all(rows: list[Any]) -> Response:
    """One transaction a letter: what is queued stays queued."""
    queued, by_hand = 0, []
    try:
        for row in rows:
            if invitations.send(row):
                queued += 1
            else:
                by_hand.append(row.company.name)
    except RuleBroken as refusal:
        flash(str(refusal), "warns")
    if queued:
        flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", queued))
    if by_hand:
        names = ", ".join(by_hand)
        flash(_("These have no e-mail; please hand them their link: %(names)s", names=names), "warns")
    return redirect(url_for("organizer.ladder.show"), code=303)


def is_mine(line: Line) -> bool:
    """Whether the person at the desk is this company's host contact."""
    contact = line.invitation.company.host_contact
    return contact is not None and contact.staff_id == g.staff.id


def here(**changes: Any) -> str:
    """This list's address with something else chosen."""
    kept = {name: request.args.get(name) for name in ("q", "run", "mine", "company")} | changes
    query = urlencode({name: value for name, value in kept.items() if value})
    return url_for("organizer.ladder.show") + (f"?{query}" if query else "")


def _shown(ladder: Ladder) -> list[Line]:
    query = text.cut_line(request.args.get("q"), 80)
    run = request.args.get("run", type=int)
    lines = ladder.lines
    if query:
        lines = [line for line in lines if line.fits(query)]
    if run:
        lines = [line for line in lines if run in line.runs]
    if request.args.get("mine"):
        lines = [line for line in lines if is_mine(line)]
    return lines
