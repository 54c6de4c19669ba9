"""Who has not finished yet: what is missing, by company, with a letter or a text to remind exactly these."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request, url_for

from eventapp.errors import Missing
from eventapp.formats import phone
from eventapp.models.invitation import Invitation
from eventapp.models.staff import Role
from eventapp.reports import hosts, unfinished
from eventapp.reports.unfinished import Row
from eventapp.rules import invitations, journal, seats
from eventapp.rules.own_parts import Gap
from eventapp.web import gates, looks
from eventapp.web.organizer import unfinished_words

page = Blueprint("unfinished", __name__)
SHOWN = 400  # people on one page, as many as can be reminded with one press
FILTERS = ("run", "missing")


@dataclass(frozen=True)
class Group:
    """One company's people; text: for the messenger, empty where the reader may see no link."""

    invitation: Invitation
    host: hosts.Host
    rows: list[Row]
    text: str = ""
    link: str = ""


@page.get("/organizer/unfinished")
def show() -> str:
    """The list, filtered as the address says; `company` opens the side panel."""
    if g.event is None:
        raise Missing()
    journal.looked("unfinished listed", g.event, event_id=g.event.id)
    everybody = unfinished.of(g.event, company_ids=gates.own_company_ids())
    kept = _kept()
    shown = unfinished.fitting(everybody, run=kept.get("run", ""), missing=kept.get("missing", ""))
    groups = [_group(list(rows)) for _id, rows in groupby(shown[:SHOWN], lambda row: row.invitation.id)]
    return render_template(
        "organizer/unfinished/show.html",
        groups=groups,
        shown=shown[:SHOWN],
        more=max(0, len(shown) - SHOWN),
        total=len(everybody),
        runs=seats.runs(g.event),
        gaps=[(gap, count) for gap in Gap if (count := sum(gap in row.gaps for row in everybody))],
        to_remind=[row for row in shown[:SHOWN] if row.can_be_reminded],
        chosen=_chosen(groups),
        words=unfinished_words,
        national=phone.national,
        kept=kept,
        here=here,
    )


def here(**changes: Any) -> str:
    """This list's address with something else chosen."""
    query = urlencode({name: value for name, value in (_kept() | changes).items() if value})
    return url_for("organizer.unfinished.show") + (f"?{query}" if query else "")


def _kept() -> dict[str, str]:
    asked = {name: request.args.get(name, "")[:20] for name in FILTERS}
    return {name: value for name, value in asked.items() if value}


def _group(rows: list[Row]) -> Group:
    invitation = rows[0].invitation
    host = hosts.of(invitation.company, g.event)
    if g.staff.role == Role.VIEWER or request.args.get("company") != str(invitation.company_id):
        return Group(invitation, host, rows)
    link = looks.outside_url(f"/i/{invitations.token(invitation, gates.link_key())}")
    return Group(invitation, host, rows, unfinished_words.message_text(rows, link), link)


def _chosen(groups: list[Group]) -> Group | None:
    """The company in the side panel, and a line in the journal that it was looked at."""
    company = request.args.get("company")
    found = next((group for group in groups if str(group.invitation.company_id) == company), None)
    if found is not None:
        journal.looked("looked at", found.invitation)
    return found
