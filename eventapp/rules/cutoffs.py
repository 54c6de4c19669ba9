"""Cut-offs: until when a company changes names, travel and meals by itself."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from eventapp.clock import today
from eventapp.errors import RuleBroken
from eventapp.formats import dates
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.models.states import RegistrationStatus


class NamesClosed(RuleBroken):
    """The list of names is with the hotel and the printer."""

    code = "names-closed"
    sentence = _l("The day for names has passed. Please ask for the change with a word why; we answer soon.")


def is_past(invitation: Invitation, due_on: date | None, *, at: datetime | None = None) -> bool:
    """Whether the last day for it has passed for this company, now or then; an exception goes before the day."""
    zone = invitation.event.time_zone
    day = dates.local(at, zone).date() if at else today(zone)
    if due_on is None or day <= due_on:
        return False
    return invitation.changes_until is None or day > invitation.changes_until


def names_closed(invitation: Invitation, *runs: EventSession | None) -> bool:
    """Whether names of any of these runs can only be changed on request."""
    return any(run is not None and is_past(invitation, run.names_due_on) for run in runs)


def placed(registration: Registration, event_session: EventSession) -> RegistrationStatus:
    """What a place there makes of it: pending where the Event wants approval, or the name came after its day."""
    invitation = registration.invitation
    late = is_past(invitation, event_session.names_due_on, at=registration.created_at)
    wanted = invitation.event.wants_approval or late
    return RegistrationStatus.PENDING if wanted else RegistrationStatus.REGISTERED


def require_names(invitation: Invitation, *runs: EventSession | None) -> None:
    """Raises NamesClosed."""
    if names_closed(invitation, *runs):
        raise NamesClosed()
