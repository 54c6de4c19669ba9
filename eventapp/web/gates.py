"""Gates: who stands at the door of a wing, and what they hold. Loading is the permission."""

from __future__ import annotations

import re
from typing import Any

from flask import (
    Flask,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
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
from eventapp.models.door_phone import DoorPhone
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee, Registration
from eventapp.models.staff import Role, Staff
from eventapp.models.states import EventStatus, RegistrationStatus
from eventapp.reports import hosts
from eventapp.rules import badges, door_phones, events, journal

READ, WRITE = "read", "write"
# page of the organizer's wing x role; organizers may do everything, what is not listed is theirs alone
PAGES: dict[str, dict[str, str]] = {
    "ladder": {Role.HOST_CONTACT: WRITE, Role.VIEWER: READ},
    "invitations": {Role.HOST_CONTACT: WRITE, Role.VIEWER: READ},
    "registrations": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "reminders": {Role.HOST_CONTACT: WRITE},
    "unfinished": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "question_answers": {Role.HOST_CONTACT: READ},
    "waitlists": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "messages": {Role.HOST_CONTACT: READ},
    "previews": {Role.HOST_CONTACT: READ},
    "agenda": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "materials": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "agenda_items": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "publications": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "arrivals": {Role.HOST_CONTACT: READ, Role.VIEWER: READ},
    "arrival_news": {Role.HOST_CONTACT: WRITE},
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


# -- public wing ----------------------------------------------------------------------------------


def public_gate() -> None:
    """The Event whose slug stands in the address; a draft is not there yet for the public."""
    slug = (request.view_args or {}).get("slug")
    if slug is None:
        return
    event = events.by_slug(slug)
    if event is None or event.status == EventStatus.DRAFT:
        raise Missing()
    g.event = event


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
    invitation = _in_address(Invitation)
    if invitation is None or not holds_grant(invitation):
        return _shown_out(invitation)
    g.invitation, g.event = invitation, invitation.event
    g.reader_language = invitation.coordinator.language
    journal.acting_as(f"coordinator {invitation.id}")
    return None


def attendee_gate() -> Response | None:
    """The attendee whose pass is in the address, if this browser holds its grant."""
    attendee = _in_address(Attendee)
    if attendee is None or attendee.ended_at is not None or not holds_grant(attendee):
        return _shown_out(attendee)
    g.attendee, g.registration = attendee, attendee.registration
    g.invitation = attendee.registration.invitation
    g.event = g.invitation.event
    g.reader_language = attendee.person.language
    journal.acting_as(f"attendee {attendee.id}")
    return None


def own_registration(registration_id: int, *, ended: bool = False) -> Registration:
    """A Registration of the invitation behind the gate; ended: given up ones too. Raises Missing."""
    found = db.session.get(Registration, registration_id) if registration_id < 2**31 else None
    if found is None or found.invitation_id != g.invitation.id:
        raise Missing()
    if found.status == RegistrationStatus.CANCELLED and not ended:
        raise Missing()
    return found


def number_sent(field: str) -> int | None:
    """A whole number of the form, None where there is none."""
    typed = request.form.get(field, "")
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else None


def ended_page(row: Invitation | Attendee) -> Response:
    """What became of a link that was good once, without anybody's data but the host's, in its reader's language."""
    g.reader_language = (row.coordinator if isinstance(row, Invitation) else row.person).language
    invitation = row if isinstance(row, Invitation) else row.registration.invitation
    badge = badges.last(row) if isinstance(row, Attendee) and row.ended_at is not None else None
    host = hosts.of(invitation.company, invitation.event)
    because = badge.revoked_because if badge is not None else ""
    return make_response(render_template("partner/ended.html", because=because, host=host), 410)


def _in_address(table: type[Any]) -> Any:
    row_id = (request.view_args or {}).get("id")
    return db.session.get(table, row_id) if row_id is not None and row_id < 2**31 else None


def _shown_out(row: Invitation | Attendee | None) -> Response:
    """Who was let in once reads what became of it; nobody else learns whether the thing exists."""
    if row is not None and _grant_name(row) in browser_session.get("grants", {}):
        return ended_page(row)
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("public.letter_again.ask", link="closed"), code=303)
    abort(403)


def _grant_name(row: Invitation | Attendee) -> str:
    return f"{'i' if isinstance(row, Invitation) else 'p'}{row.id}"


# -- door wing ------------------------------------------------------------------------------------


def door_gate() -> None:
    """The phone whose token this is, as cookie or Bearer. Raises PhoneUnknown.

    A cookie alone writes nothing here: the pages' own scripts send JSON with a header that no form can.
    """
    phone = door_phone()
    if phone is None:
        raise door_phones.PhoneUnknown()
    g.door_phone, g.event_session, g.event = phone, phone.event_session, phone.event_session.event
    journal.acting_as(f"door phone {phone.id}")
    writes = request.method not in ("GET", "HEAD") and request.path.startswith("/api/")
    if writes and not _bearer() and not (request.is_json and request.headers.get("X-Door") == "1"):
        abort(403)


def door_phone() -> DoorPhone | None:
    """The enrolled phone this request comes from, if it may still come in."""
    return door_phones.by_token(_bearer() or request.cookies.get(door_cookie(), ""))


def door_cookie() -> str:
    """The name of a door phone's own cookie."""
    return "__Host-door" if current_app.config["SESSION_COOKIE_SECURE"] else "door"


def _bearer() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


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
    invitation = db.session.get(Invitation, invitation_id) if 0 < invitation_id < 2**31 else None
    own = own_company_ids()
    if invitation is None or g.event is None or invitation.event_id != g.event.id:
        raise Missing()
    if own is not None and invitation.company_id not in own:
        raise Missing()
    return invitation


def link_key() -> bytes:
    """The key that makes and checks personal links."""
    return str(current_app.config["LINK_KEY"]).encode()
