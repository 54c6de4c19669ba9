"""Door phones: enrolled by link and PIN, known by a token of which only the digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.formats import links
from eventapp.models.checkin import Checkpoint
from eventapp.models.door_phone import DoorLink, DoorPhone
from eventapp.models.event_session import EventSession
from eventapp.rules import journal

HASHER = PasswordHasher(2, 19456, 1)
PURPOSE = "door"
WRONG_PINS = 10
CONTACT_RESTS = timedelta(seconds=15)  # how often a phone's last contact is written at most


class LinkEnded(RuleBroken):
    """Revoked, over, or closed by wrong PINs."""

    code = "door-link-ended"
    sentence = _l("This link has ended. Please ask an organizer for a new one.")


class WrongPin(RuleBroken):
    """The PIN does not fit."""

    code = "wrong-pin"
    sentence = _l("That is not the PIN. Please look at the six digits again.")


class RunOver(RuleBroken):
    """A door link would end the moment it was made."""

    code = "run-over"
    sentence = _l("This run is over, so no phone is needed at its door any more.")


class PhoneUnknown(RuleBroken):
    """No phone of ours, revoked, or its run is over: it wipes its list."""

    code = "phone-unknown"
    status = 401
    sentence = _l("This phone is not at the door any more. Please scan an organizer's QR to begin again.")


def make_link(event_session: EventSession) -> tuple[DoorLink, str]:
    """A link for one run and its PIN, which is told once and never again. Raises RunOver."""
    pin = f"{secrets.randbelow(10**6):06d}"
    hashed = HASHER.hash(pin)
    with db.writing():
        db.lock(event_session)
        ends_at = ends_with(event_session)
        if ends_at <= now():
            raise RunOver()
        link = DoorLink(event_session_id=event_session.id, pin_hash=hashed, created_at=now(), ends_at=ends_at)
        db.session.add(link)
        journal.record("door link made", link, event_id=event_session.event_id)
    return link, pin


def ends_with(event_session: EventSession) -> datetime:
    """Midnight after the run's last day, where the Event is."""
    zone = ZoneInfo(event_session.event.time_zone)
    return datetime.combine(event_session.ends_on + timedelta(days=1), time(0), zone)


def token(link: DoorLink, key: bytes) -> str:
    """What stands in `/door/enrol/TOKEN`; the same each time."""
    return links.make_token(key, PURPOSE, id=link.id, generation=link.generation)


def by_link_token(text: str, key: bytes) -> DoorLink | None:
    """The link of a token that we wrote, ended or not."""
    link_id = links.read_token(text)
    link = db.session.get(DoorLink, link_id) if link_id and link_id < 2**31 else None
    if link is None or not links.verify(key, PURPOSE, token=text, generation=link.generation):
        return None
    return link


def is_open(link: DoorLink) -> bool:
    """Whether phones may still enrol with it."""
    return link.revoked_at is None and link.ends_at > now() and link.wrong_tries < WRONG_PINS


def open_links(event_session: EventSession) -> list[DoorLink]:
    """The run's links by which phones may still come, newest first."""
    rows = db.session.scalars(
        select(DoorLink).where(DoorLink.event_session_id == event_session.id).order_by(DoorLink.id.desc())
    )
    return [link for link in rows if is_open(link)]


def enrol(link: DoorLink, pin: str, *, name: str, gate: str = "") -> tuple[DoorPhone, str]:
    """A phone and its token, told once. Raises LinkEnded, WrongPin.

    The try is counted before the PIN is looked at, so that many at once cannot slip past the count.
    """
    with db.writing():
        db.lock(link)
        if not is_open(link):
            raise LinkEnded()
        link.wrong_tries += 1
    if not _fits(link.pin_hash, pin):
        raise WrongPin(field="pin")
    with db.writing():
        db.lock(link)
        link.wrong_tries -= 1
        return _add(link.event_session, name, gate=gate, link=link)


def add_scanner(event_session: EventSession, name: str, *, gate: str = "") -> tuple[DoorPhone, str]:
    """A device that is no phone of ours and sends its token as Bearer; told once. Raises RunOver."""
    with db.writing():
        if ends_with(event_session) <= now():
            raise RunOver()
        return _add(event_session, name, gate=gate, link=None)


def by_token(text: str) -> DoorPhone | None:
    """The phone that holds this token, if it may still come in."""
    if not 20 <= len(text) <= 100:
        return None
    run_and_event = joinedload(DoorPhone.event_session).joinedload(EventSession.event)
    phone = db.session.scalar(
        select(DoorPhone).options(run_and_event).where(DoorPhone.token_digest == _digest(text))
    )
    if phone is None or phone.revoked_at is not None or phone.ends_at <= now():
        return None
    return phone


def revoke(phone: DoorPhone) -> None:
    """Shut a phone out at once; its list is wiped at its next contact."""
    with db.writing():
        db.lock(phone)
        phone.revoked_at = phone.revoked_at or now()
        journal.record("door phone revoked", phone, event_id=phone.event_session.event_id)


def revoke_link(link: DoorLink) -> None:
    """No more phones by this link; those that are in stay in."""
    with db.writing():
        db.lock(link)
        link.revoked_at = link.revoked_at or now()
        journal.record("door link revoked", link, event_id=link.event_session.event_id)


def note_contact(
    phone: DoorPhone, *, checkpoint: Checkpoint | None = None, waiting: int | None = None
) -> None:
    """Remember that the phone was there, where it stands and what it still holds; seldom, to cost nothing."""
    moved = checkpoint is not None and phone.checkpoint_id != checkpoint.id
    changed = waiting is not None and phone.waiting != waiting
    last = phone.last_contact_at
    if not (moved or changed) and last is not None and timedelta() <= now() - last < CONTACT_RESTS:
        return
    with db.writing():
        db.lock(phone)
        phone.last_contact_at = now()
        if checkpoint is not None:
            phone.checkpoint_id = checkpoint.id
        if waiting is not None:
            phone.waiting = waiting


def set_gate(phone: DoorPhone, gate: str) -> None:
    """The phone stands at another gate now."""
    with db.writing():
        db.lock(phone)
        phone.gate = gate


def _add(
    event_session: EventSession, name: str, *, gate: str, link: DoorLink | None
) -> tuple[DoorPhone, str]:
    secret = secrets.token_urlsafe(32)
    phone = DoorPhone(
        event_session_id=event_session.id,
        door_link_id=link.id if link else None,
        name=name,
        gate=gate,
        token_digest=_digest(secret),
        enrolled_at=now(),
        ends_at=ends_with(event_session),
    )
    db.session.add(phone)
    journal.record("door phone enrolled", phone, event_id=event_session.event_id)
    return phone, secret


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _fits(hashed: str, pin: str) -> bool:
    try:
        return HASHER.verify(hashed, pin)
    except VerificationError:
        return False
