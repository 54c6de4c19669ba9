"""One company as the desk shows it, in the side panel and on its own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _

from eventapp.formats import counts, dates, phone
from eventapp.models.staff import Role
from eventapp.models.states import MessageStatus
from eventapp.reports import history, hosts
from eventapp.reports.history import Step
from eventapp.reports.ladder import Line, State
from eventapp.rules import companies, invitations
from eventapp.web import gates, looks
from eventapp.web.organizer import ladder_words, story_words


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
    return ", ".join(said) if language == "en" or not said[1:] else f"{said[0]}. {', '.join(said[1:])}"


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
        "words": story_words.letter(step) if step.action == "letter" else story_words.deed(step),
        "who": story_words.who(step),
        "trouble": trouble,
    }
