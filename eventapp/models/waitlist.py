"""Party and PartyMember: who waits for places of a full run, in which order, and whether only all together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration


class Party(db.Model):
    """Colleagues of one company who wait for one run. First come first served by (joined_at, id).

    together: all of them get a place at once, or they wait on and nobody behind passes them.
    """

    __tablename__ = "party"
    __table_args__ = (Index("ix_party_event_session_id_joined_at", "event_session_id", "joined_at"),)

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"))
    together: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]

    invitation: Mapped[Invitation] = relationship()
    event_session: Mapped[EventSession] = relationship()


class PartyMember(db.Model):
    """One Registration that waits: without a place (waitlisted), or keeping its place in the other run."""

    __tablename__ = "party_member"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), unique=True)

    party: Mapped[Party] = relationship()
    registration: Mapped[Registration] = relationship()
