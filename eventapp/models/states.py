"""Every state a thing can be in, and the moves that are allowed; move() refuses the rest."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from eventapp.errors import StateRefused


class EventStatus(StrEnum):
    """Life of one year's Partners Day."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class InvitationStatus(StrEnum):
    """Life of one company's invitation."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


class RegistrationStatus(StrEnum):
    """Life of one seat in use."""

    UNDECIDED = "undecided"
    PENDING = "pending"
    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


class MessageStatus(StrEnum):
    """Life of one letter."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    WITHDRAWN = "withdrawn"


class OfferStatus(StrEnum):
    """Life of an offer of returned seats."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class RequestStatus(StrEnum):
    """Life of a change asked for after its cut-off."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PlanStatus(StrEnum):
    """Life of one plan that splits people over the runs."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Verdict(StrEnum):
    """What one scan turned out to be."""

    ADMITTED = "admitted"
    ALREADY_IN = "already in"
    WRONG_RUN = "wrong run"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    NOT_YET = "not yet"
    NOT_EXPECTED = "not expected"
    UNKNOWN = "unknown"


HOLDS_PLACE = (RegistrationStatus.PENDING, RegistrationStatus.REGISTERED)
LIVE = (
    RegistrationStatus.UNDECIDED,
    RegistrationStatus.PENDING,
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITLISTED,
)

MOVES: dict[type[StrEnum], dict[str, set[str]]] = {
    EventStatus: {
        "draft": {"open"},
        "open": {"closed"},
        "closed": {"open", "archived"},
        "archived": set(),
    },
    InvitationStatus: {
        "draft": {"sent", "revoked"},
        "sent": {"accepted", "declined", "revoked"},
        "accepted": {"declined", "revoked"},
        "declined": {"sent", "accepted"},
        "revoked": {"sent"},
    },
    RegistrationStatus: {
        "undecided": {"pending", "registered", "waitlisted", "cancelled"},
        "pending": {"registered", "cancelled"},
        "registered": {"undecided", "pending", "cancelled"},
        "waitlisted": {"pending", "registered", "undecided", "cancelled"},
        "cancelled": set(),
    },
    OfferStatus: {
        "open": {"accepted", "declined", "lapsed", "withdrawn"},
        "accepted": set(),
        "declined": set(),
        "lapsed": set(),
        "withdrawn": set(),
    },
    RequestStatus: {
        "open": {"approved", "refused", "withdrawn"},
        "approved": set(),
        "refused": set(),
        "withdrawn": set(),
    },
    MessageStatus: {
        "queued": {"sent", "failed", "uncertain", "withdrawn"},
        "sent": {"queued"},
        "failed": {"queued"},
        "uncertain": {"queued", "sent"},
        "withdrawn": {"queued"},
    },
    PlanStatus: {
        "draft": {"published"},
        "published": set(),
    },
}


def move(row: Any, to: StrEnum) -> None:
    """Change `row.status`; raises StateRefused where the table above has no such move."""
    if to not in MOVES[type(to)][row.status]:
        raise StateRefused(at=row.status, to=to)
    row.status = to


def one_of(states: type[StrEnum]) -> str:
    """The SQL list for a check constraint: ('a', 'b')."""
    return "(" + ", ".join(f"'{state.value}'" for state in states) + ")"
