"""Registration: one seat in use; Attendee: the person who holds it now."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.states import RegistrationStatus, one_of


class Diet(StrEnum):
    """What the kitchen has to know."""

    ANY = ""
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    HALAL = "halal"
    NO_SEAFOOD = "no seafood"


class Room(StrEnum):
    """How somebody would like to sleep."""

    ANY = ""
    TWIN = "twin"
    SINGLE = "single"


class Wish(StrEnum):
    """What is said about the run where it is left to the host. LATER: nothing can be said yet."""

    UNSAID = ""
    RUN = "run"
    EITHER = "either"
    LATER = "later"


class Registration(db.Model):
    """One place in one EventSession, or, undecided, a seat whose run is still open.

    Room and shuttle stay with it whoever holds it.
    wish: which run an undecided one would like the host to choose; with Wish.RUN it is `wished_session`.
    """

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint(f"status IN {one_of(RegistrationStatus)}", name="status_known"),
        CheckConstraint(
            "status = 'cancelled' OR (status = 'undecided') = (event_session_id IS NULL)",
            name="undecided_has_no_run",
        ),
        CheckConstraint(f"room IN {one_of(Room)}", name="room_known"),
        CheckConstraint(f"wish IN {one_of(Wish)}", name="wish_known"),
        CheckConstraint("(wish = 'run') = (wished_session_id IS NOT NULL)", name="wished_run_is_named"),
        Index("ix_registration_event_session_id_status", "event_session_id", "status"),
    )

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    event_session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id"))
    status: Mapped[str] = mapped_column(String(20))
    wish: Mapped[str] = mapped_column(String(10), default=Wish.UNSAID, server_default="")
    wished_session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id"))
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    room: Mapped[str] = mapped_column(String(10), default="", server_default="")
    room_with: Mapped[str] = mapped_column(String(80), default="", server_default="")
    room_number: Mapped[str] = mapped_column(String(12), default="", server_default="")
    shuttle_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    shuttle_out: Mapped[bool] = mapped_column(default=False, server_default=false())

    invitation: Mapped[Invitation] = relationship()
    event_session: Mapped[EventSession | None] = relationship(foreign_keys=[event_session_id])
    wished_session: Mapped[EventSession | None] = relationship(foreign_keys=[wished_session_id])


class Attendee(db.Model):
    """A Person in a Registration; at most one without `ended_at`. `generation` revokes the pass link.

    Diet, flights and the rest are this person's own: whoever comes instead is asked again.
    forgotten_at: nothing of that is kept any more.
    """

    __tablename__ = "attendee"
    __table_args__ = (
        Index(
            "uq_attendee_live_registration",
            "registration_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint(f"diet IN {one_of(Diet)}", name="diet_known"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    generation: Mapped[int] = mapped_column(default=1)
    diet: Mapped[str] = mapped_column(String(20), default="")
    allergy: Mapped[str] = mapped_column(String(200), default="", server_default="")
    arrives_at: Mapped[datetime | None]
    departs_at: Mapped[datetime | None]
    flight_in: Mapped[str] = mapped_column(String(12), default="", server_default="")
    flight_out: Mapped[str] = mapped_column(String(12), default="", server_default="")
    on_call: Mapped[bool] = mapped_column(default=False, server_default=false())
    confirmed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def has_left(self) -> bool:
        """Whether nothing more is kept for this person: the place went on, was given up, or they were erased."""
        return self.ended_at is not None or self.person.erased_at is not None
