"""What an attendee asks for late, in words: each field with what stands there and what should."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.models.change_request import ChangeRequest
from eventapp.models.registration import Diet, Room
from eventapp.rules import travel
from eventapp.web.organizer.letter_words import moment
from eventapp.web.organizer.list_words import DIET_WORDS, ROOM_WORDS

LABELS = {
    "arrives_at": _l("Arrives"),
    "flight_in": _l("Flight there"),
    "shuttle_in": _l("Bus there"),
    "departs_at": _l("Leaves"),
    "flight_out": _l("Flight back"),
    "shuttle_out": _l("Bus back"),
    "room": _l("Room"),
    "room_with": _l("Shares with"),
    "diet": _l("Meals"),
    "allergy": _l("Kitchen"),
}


def wanted(request: ChangeRequest) -> list[str]:
    """A line for each field: "Flight there: KE1203 → OZ8901"."""
    kept = vars(travel.now_kept(request.attendee)) | {"diet": request.attendee.diet}
    zone = request.registration.invitation.event.time_zone
    values = travel.read(request.wanted)
    return [
        _(
            "%(field)s: %(before)s → %(after)s",
            field=LABELS[name],
            before=_said(name, kept[name], zone=zone),
            after=_said(name, values[name], zone=zone),
        )
        for name in LABELS
        if name in values
    ]


def _said(name: str, value: Any, *, zone: str) -> str:
    if name == "room":
        return str(ROOM_WORDS[Room(value)]) or _("open")
    if name == "diet":
        return str(DIET_WORDS[Diet(value)]) or _("everything")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name.endswith("_at") and value:
        return moment(value, zone)
    return str(value or _("open"))
