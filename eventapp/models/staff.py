"""Staff: the host's own people who sign in, and the counters that stop guessing."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.db import db
from eventapp.models.states import one_of


class Role(StrEnum):
    """What a staff account may do in the organizer's wing."""

    ORGANIZER = "organizer"
    HOST_CONTACT = "host contact"
    VIEWER = "viewer"


class Staff(db.Model):
    """One account. `generation` rises at sign-out, password and role change: old cookies die.

    tell_arrivals: whether a host contact's desk says that their partners have come, those after `arrivals_seen_at`.
    """

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint(f"role IN {one_of(Role)}", name="role_known"),)

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="ko")
    password_hash: Mapped[str] = mapped_column(String(200))
    generation: Mapped[int] = mapped_column(default=1)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    tell_arrivals: Mapped[bool] = mapped_column(default=True, server_default=true())
    arrivals_seen_at: Mapped[datetime | None]


class SignInTry(db.Model):
    """One wrong password: `account` is the e-mail typed, `browser` the known browser it came from or ''."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("ix_sign_in_try_account_browser_tried_at", "account", "browser", "tried_at"),)

    account: Mapped[str] = mapped_column(String(254))
    browser: Mapped[str] = mapped_column(String(64), default="")
    tried_at: Mapped[datetime]
