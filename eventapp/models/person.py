"""Person: belongs to a Company and alone holds contact data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.company import Company


class Person(db.Model):
    """One name field, 직함, department, phone (E.164), e-mail, language."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("language IN ('ko', 'en')", name="language_known"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(60), default="")
    department: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="ko")
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    company: Mapped[Company] = relationship()

    @property
    def name_and_title(self) -> str:
        """'한지원 과장': never one without the other where both are known."""
        return f"{self.name} {self.title}".strip()
