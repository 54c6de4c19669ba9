"""Sector, HostContact, Company and the years it came."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db


class Sector(db.Model):
    """A field of business (분야). `position` is the order of listing, never a rank."""

    __tablename__ = "sector"

    name_ko: Mapped[str] = mapped_column(String(60), unique=True)
    name_en: Mapped[str] = mapped_column(String(60), default="")
    position: Mapped[int] = mapped_column(default=0)


class HostContact(db.Model):
    """The host's employee who looks after companies; `staff_id` where that person also signs in."""

    __tablename__ = "host_contact"
    __table_args__ = (UniqueConstraint("name", "email"),)

    name: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class Company(db.Model):
    """A partner company. `name_key` is its name without spaces and legal forms, for finding it again."""

    __tablename__ = "company"
    __table_args__ = (CheckConstraint("partner_since BETWEEN 1900 AND 2200", name="partner_since_year"),)

    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120), unique=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("sector.id"), index=True)
    host_contact_id: Mapped[int | None] = mapped_column(ForeignKey("host_contact.id"), index=True)
    partner_since: Mapped[int | None]

    sector: Mapped[Sector] = relationship()
    host_contact: Mapped[HostContact | None] = relationship()


class Attendance(db.Model):
    """A year in which a company came."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("company_id", "year"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    year: Mapped[int]
