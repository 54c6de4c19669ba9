"""Publications as the desk shows them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.db import db
from eventapp.formats import dates
from eventapp.models.agenda import Publication
from eventapp.models.registration import Registration
from eventapp.models.wording import said
from eventapp.rules import attendees
from eventapp.web import looks


def publication(one: Publication) -> dict[str, Any]:
    """Its number, when it came out and by whom."""
    at = dates.day_and_time(one.published_at, one.event.time_zone, language=looks.current_language())
    return {"number": one.number, "by": one.published_by, "at": at, "back_to": one.back_to, "told": one.told}


def came_back(one: Publication) -> list[str]:
    """Whose sign-ups came back with it, in number, and whose could not, by name."""
    sentences = []
    if number := sum(map(len, one.told.get("restored", {}).values())):
        sentences.append(ngettext("%(num)s sign-up came back.", "%(num)s sign-ups came back.", number))
    titles = {item.uid: said(item, "title", language=looks.current_language()) for item in one.items()}
    for uid, ids in one.told.get("lost", {}).items():
        names = ", ".join(filter(None, map(_named, ids)))
        sentences.append(
            _(
                "“%(item)s” is full, begun or at the hour of another choice, so these people have no place in it: "
                "%(names)s",
                item=titles.get(uid, ""),
                names=names,
            )
        )
    return sentences


def _named(registration_id: int) -> str:
    registration = db.session.get(Registration, registration_id)
    attendee = attendees.living(registration) if registration is not None else None
    if registration is None or attendee is None:
        return ""
    return f"{attendee.person.name} ({registration.invitation.company.name})"
