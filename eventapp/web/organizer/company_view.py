"""One company as the desk shows it, in the side panel and on its own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _

from eventapp.formats import counts, dates, phone
from eventapp.models.message import Purpose
from eventapp.models.staff import Role
from eventapp.models.states import MessageStatus
from eventapp.reports import history, hosts
from eventapp.reports.history import Step
from eventapp.reports.ladder import Line, State
from eventapp.rules import companies, invitations
from eventapp.web import gates, looks
from eventapp.web.organizer import ladder_words


@dataclass(frozen=True)
class CompanyView:
    """What the templates show; `text` is to be pasted, `link` alone stands in it too ('' for viewers)."""

    line: Line
    host: hosts.Host
    phone: str
    known: str
    seats: str
    steps: list[dict[str, Any]]
    text: str
    link: str


def of(line: Line, *, newest: int | None = 5) -> CompanyView:
    """The company of that line; newest: how much of its story."""
    invitation, language = line.invitation, looks.current_language()
    link = ""
    if g.staff.role != Role.VIEWER and invitation.status != "revoked":
        link = looks.outside_url(f"/i/{invitations.token(invitation, gates.link_key())}")
    return CompanyView(
        line=line,
        host=hosts.of(invitation.company, invitation.event),
        phone=phone.national(invitation.coordinator.phone),
        known=_known(line, language),
        seats=counts.seats(invitation.seats, language),
        steps=[told(step, line) for step in history.of(invitation, newest=newest)] + _now(line),
        text=ladder_words.message_text(line, link),
        link=link,
    )


def _known(line: Line, language: str) -> str:
    """네트워크. 2003년부터 함께, 2011, 2013년에 참석"""
    company = line.invitation.company
    said = [company.sector.name_en if language == "en" and company.sector.name_en else company.sector.name_ko]
    if company.partner_since:
        said.append(_("together since %(year)s", year=company.partner_since))
    years = companies.years(company)
    if years:
        said.append(_("came in %(years)s", years=", ".join(map(str, years))))
    return _(". ").join([said[0], ", ".join(said[1:])]) if said[1:] else said[0]


def _now(line: Line) -> list[dict[str, Any]]:
    """The last line of the story, where it is that nothing happened."""
    if line.state != State.UNOPENED:
        return []
    return [{"when": "", "at": None, "words": _("Not opened yet"), "who": "", "trouble": True}]


def told(step: Step, line: Line) -> dict[str, Any]:
    """One step of the story in words."""
    zone = line.invitation.event.time_zone
    day = dates.local(step.at, zone).date()
    trouble = step.action == "letter" and step.detail["status"] == MessageStatus.FAILED
    return {
        "when": ladder_words.short(day),
        "at": dates.clock_time(step.at, zone),
        "words": _letter(step) if step.action == "letter" else _deed(step),
        "who": _who(step),
        "trouble": trouble,
    }


def _letter(step: Step) -> str:
    names = {
        Purpose.INVITATION: _("Invitation letter"),
        Purpose.CONFIRMATION: _("Confirmation"),
        Purpose.PASS: _("Pass letter to %(name)s", name=step.person),
        Purpose.MOVED: _("Letter about the other run to %(name)s", name=step.person),
        Purpose.PROMOTED: _("Letter about the free place to %(name)s", name=step.person),
        Purpose.CANCELLED: _("Letter about the given-up place to %(name)s", name=step.person),
        Purpose.LINK_AGAIN: _("Link sent once more to %(name)s", name=step.person),
    }
    state = ladder_words.letter_word(step.detail["status"])
    return _(
        "%(letter)s: %(state)s", letter=names.get(Purpose(step.detail["purpose"]), _("Letter")), state=state
    )


def _deed(step: Step) -> str:
    detail, name = step.detail, step.person
    words = {
        "invited": _("Put on the list"),
        "sent": _("Ready to be handed over; there is no e-mail"),
        "opened": _("Opened the letter"),
        "accepted": _("Said yes"),
        "declined": _("Gave the seats back"),
        "handed over": _("A colleague answers instead"),
        "kept open": _("Wants to think until %(day)s", day=detail.get("until", "")),
        "opened again": _("The invitation is open again"),
        "revoked": _("The invitation was withdrawn"),
        "link renewed": _("A new link was made"),
        "link copied": _("The link was copied"),
        "seats set": _(
            "Seats from %(before)s to %(after)s",
            before=detail.get("before", "–"),
            after=detail.get("after", "–"),
        ),
        "choices set": _("Other runs to choose from"),
        "on-duty wish": _("Not all on the same days, please"),
        "called": _("Called: %(note)s", note=detail["note"]) if detail.get("note") else _("Called"),
        "imported again": _("Changed by an import"),
        "coordinator corrected": _("The coordinator's details were corrected"),
        "coordinator replaced": _("Another coordinator"),
        "registered": _("%(name)s was named", name=name),
        "run chosen": _("%(name)s has a run", name=name),
        "moved": _("%(name)s moved to the other run", name=name),
        "substituted": _("A colleague instead: %(name)s", name=name),
        "waits": _("%(name)s waits for run %(run)s", name=name, run=detail.get("run", "")),
        "waits no more": _("%(name)s waits no more", name=name),
        "promoted": _(
            "%(name)s got a place that became free in run %(run)s", name=name, run=detail.get("run", "")
        ),
        "together": _("They wait for run %(run)s together", run=detail.get("run", "")),
        "one by one": _("They wait for run %(run)s one by one", run=detail.get("run", "")),
        "cancelled": _("%(name)s gave the place up", name=name),
        "confirmed": _("%(name)s finished their own part", name=name),
    }
    return words[step.action]


def _who(step: Step) -> str:
    ours = {
        "coordinator": _("coordinator"),
        "attendee": _("themselves"),
        "command": _("command"),
        "nobody": "",
        "postman": "",
        "staff": "",
        "waitlist": "",
        "demo": "",
    }
    return ours.get(step.who, step.who)
