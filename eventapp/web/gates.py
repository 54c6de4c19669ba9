"""Gates: who stands at the door of a wing, and what they hold. Loading is the permission."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask import session as browser_session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from sqlalchemy import select
from werkzeug.wrappers import Response

from eventapp.db import db
from eventapp.errors import Missing
from eventapp.models.company import Company, HostContact
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee
from eventapp.models.staff import Role, Staff
from eventapp.rules import events, journal

READ, WRITE = "read", "write"
# page of the organizer's wing x role; organizers may do everything, what is not listed is theirs alone
PAGES: dict[str, dict[str, str]] = {
    "ladder": {Role.HOST_CONTACT: WRITE, Role.VIEWER: READ},
    "invitations": {Role.HOST_CONTACT: WRITE, Role.VIEWER: READ},
    "registrations": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "messages": {Role.HOST_CONTACT: READ},
    "agenda": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "arrivals": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
}

login = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)


def init_app(app: Flask) -> None:
    """Forms' tokens, rate limits, sign-in for staff, and nobody as the actor until a gate names one."""
    csrf.init_app(app)
    app.config["RATELIMIT_STORAGE_URI"] = app.config["RATE_LIMIT_URL"] or "memory://"
    limiter.init_app(app)
    login.init_app(app)
    login.session_protection = None
    login.user_loader(_staff_of_cookie)
    app.before_request(lambda: journal.acting_as("nobody"))


class SignedIn:
    """A Staff account as Flask-Login wants it: its id carries the generation, so old cookies die."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, staff: Staff):
        self.staff = staff

    def get_id(self) -> str:
        return f"{self.staff.id}.{self.staff.generation}"


def _staff_of_cookie(text: str) -> SignedIn | None:
    staff_id, _, generation = text.partition(".")
    if not (staff_id.isdigit() and generation.isdigit()):
        return None
    staff = db.session.get(Staff, int(staff_id))
    if staff is None or staff.disabled_at is not None or staff.generation != int(generation):
        return None
    return SignedIn(staff)


# -- partner wing ---------------------------------------------------------------------------------


def grant(row: Invitation | Attendee) -> None:
    """Let this browser in for that invitation or pass, beside the ones it holds already."""
    held = dict(browser_session.get("grants", {}))
    held[_grant_name(row)] = row.generation
    browser_session["grants"] = held
    browser_session.permanent = True


def holds_grant(row: Invitation | Attendee) -> bool:
    """Whether this browser was let in and the link was not renewed since."""
    return browser_session.get("grants", {}).get(_grant_name(row)) == row.generation


def coordinator_gate() -> Response | None:
    """The invitation in the address, if this browser holds its grant; else the page that helps."""
    invitation = _granted(Invitation)
    if invitation is None:
        return _shown_out()
    g.invitation, g.event = invitation, invitation.event
    g.reader_language = invitation.coordinator.language
    journal.acting_as(f"coordinator {invitation.id}")
    return None


def attendee_gate() -> Response | None:
    """The attendee whose pass is in the address, if this browser holds its grant."""
    attendee = _granted(Attendee)
    if attendee is None:
        return _shown_out()
    g.attendee, g.registration = attendee, attendee.registration
    g.invitation = attendee.registration.invitation
    g.event = g.invitation.event
    g.reader_language = attendee.person.language
    journal.acting_as(f"attendee {attendee.id}")
    return None


def _granted(table: type[Any]) -> Any:
    row_id = (request.view_args or {}).get("id")
    row = db.session.get(table, row_id) if row_id is not None and row_id < 2**31 else None
    return row if row is not None and holds_grant(row) else None


def _shown_out() -> Response:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("public.letter_again.ask"), code=303)
    abort(403)


def _grant_name(row: Invitation | Attendee) -> str:
    return f"{'i' if isinstance(row, Invitation) else 'p'}{row.id}"


# -- organizer wing ---------------------------------------------------------------------------------


def organizer_gate() -> Response | None:
    """A signed-in member of staff whose role may open this page; g.event is the current Event."""
    if not current_user.is_authenticated:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), code=303)
        abort(403)
    staff = current_user.staff
    g.staff = staff
    g.reader_language = staff.language
    journal.acting_as(f"staff {staff.id}")
    right = WRITE if staff.role == Role.ORGANIZER else PAGES.get(page_name(), {}).get(staff.role)
    if right is None or (right == READ and request.method not in ("GET", "HEAD")):
        abort(403)
    g.event = events.current()
    return None


def page_name() -> str:
    """The page of a wing the request is for: the last part of its blueprint's name."""
    return (request.blueprint or "").rpartition(".")[2]


def own_company_ids() -> list[int] | None:
    """For a host contact: the companies they look after. None: no limit."""
    if g.staff.role != Role.HOST_CONTACT:
        return None
    if "own_company_ids" not in g:
        contacts = select(HostContact.id).where(HostContact.staff_id == g.staff.id)
        g.own_company_ids = list(
            db.session.scalars(select(Company.id).where(Company.host_contact_id.in_(contacts)))
        )
    return g.own_company_ids


def staff_invitation(invitation_id: int) -> Invitation:
    """An invitation of the current Event that this member of staff may see. Raises Missing."""
    invitation = db.session.get(Invitation, invitation_id) if invitation_id < 2**31 else None
    own = own_company_ids()
    if invitation is None or g.event is None or invitation.event_id != g.event.id:
        raise Missing()
    if own is not None and invitation.company_id not in own:
        raise Missing()
    return invitation


def link_key() -> bytes:
    """The key that makes and checks personal links."""
    return str(current_app.config["LINK_KEY"]).encode()
