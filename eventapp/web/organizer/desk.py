"""What every page of the desk shows around itself: the ways, the person, and what they may do here."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

from eventapp.errors import FactsUnconfirmed
from eventapp.models.staff import Role
from eventapp.models.wording import said
from eventapp.web import gates, looks
from eventapp.web.organizer import arrival_line

# page that stands for a way -> its address, and the pages that belong to it
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ladder": ("/organizer/", ("ladder", "invitations", "reminders", "imports", "pool", "change_requests")),
    "registrations": (
        "/organizer/registrations",
        (
            "registrations",
            "unfinished",
            "lists",
            "bulk",
            "waitlists",
            "plans",
            "questions",
            "question_answers",
        ),
    ),
    "messages": ("/organizer/messages", ("messages", "previews", "letter_plan")),
    "agenda": (
        "/organizer/agenda",
        (
            "agenda",
            "agenda_items",
            "agenda_copies",
            "agenda_places",
            "materials",
            "delays",
            "publications",
            "seminar_questions",
        ),
    ),
    "badges": ("/organizer/badges", ("badges", "reprints")),
    "arrivals": (
        "/organizer/arrivals",
        (
            "arrivals",
            "arrival_news",
            "missing",
            "evacuation",
            "checkpoints",
            "rooms",
            "door_lists",
            "door_phones",
            "door_files",
        ),
    ),
    "facts": ("/organizer/facts", ("facts", "consents")),
}
WITHOUT_EVENT = ("ladder", "facts")  # the other pages speak of an Event


def surroundings() -> dict[str, Any]:
    """For every template of the wing."""
    if "staff" not in g:
        return {}
    event = g.get("event")
    return {
        "desk_nav": list(_ways()),
        "desk_title": said(event, "name", language=looks.current_language()) if event else "",
        "desk_home": url_for("organizer.ladder.show"),
        "desk_person": {"name": g.staff.name, "sign_out": url_for("account.sign_out")},
        "may_write": right_to(gates.page_name()) == gates.WRITE,
        "facts_missing": facts_missing(),
        "is_organizer": g.staff.role == Role.ORGANIZER,
        "desk_news": arrival_line.line(),
    }


def facts_missing() -> str:
    """Why nothing can be sent yet; '' when it can."""
    event = g.get("event")
    return str(FactsUnconfirmed.sentence) if event and event.facts_confirmed_at is None else ""


def right_to(page: str) -> str | None:
    """READ, WRITE or None: what the person at the desk may do on that page."""
    if g.staff.role == Role.ORGANIZER:
        return gates.WRITE
    return gates.PAGES.get(page, {}).get(g.staff.role)


def _ways() -> Any:
    words = {
        "ladder": _("Companies"),
        "registrations": _("Attendees"),
        "messages": _("Letters"),
        "agenda": _("Programme"),
        "badges": _("Badges"),
        "arrivals": _("The day"),
        "facts": _("Event"),
    }
    for page, (address, parts) in WAYS.items():
        if right_to(page) and (g.get("event") or page in WITHOUT_EVENT):
            yield {
                "label": words[page],
                "url": request.script_root + address,
                "current": gates.page_name() in parts,
            }
