"""ConsentText: what people are asked to agree to, in versions; Consent: one yes or no to one version."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.db import db
from eventapp.models.event import Event
from eventapp.models.person import Person
from eventapp.models.states import one_of


class ConsentPurpose(StrEnum):
    """What a consent is for, each asked by itself."""

    PERSONAL_DATA = "personal-data"
    SENSITIVE_DIET = "sensitive-diet"
    PARTNERS_CONTACT = "partners-contact"
    PHOTOGRAPHS = "photographs"


REQUIRED = (ConsentPurpose.PERSONAL_DATA, ConsentPurpose.SENSITIVE_DIET)
KEPT_HERE = (*REQUIRED, ConsentPurpose.PARTNERS_CONTACT)  # photographs lie elsewhere


class ConsentText(db.Model):
    """One version of one text of an Event; the newest is in force, an older one stays as it was agreed to.

    items: what is kept; uses: what for; period: how long; refusal: what saying no means.
    keep_days: the period, in days from the Event's last day: the clean-up obeys it. None: it names no day.
    """

    __tablename__ = "consent_text"
    __table_args__ = (
        UniqueConstraint("event_id", "purpose", "version"),
        CheckConstraint(f"purpose IN {one_of(ConsentPurpose)}", name="purpose_known"),
        CheckConstraint("version >= 1", name="version_from_one"),
        CheckConstraint("keep_days >= 1", name="keep_days_from_one"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    required: Mapped[bool]
    keep_days: Mapped[int | None]
    title_ko: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120))
    items_ko: Mapped[str] = mapped_column(Text)
    items_en: Mapped[str] = mapped_column(Text)
    uses_ko: Mapped[str] = mapped_column(Text)
    uses_en: Mapped[str] = mapped_column(Text)
    period_ko: Mapped[str] = mapped_column(Text)
    period_en: Mapped[str] = mapped_column(Text)
    refusal_ko: Mapped[str] = mapped_column(Text)
    refusal_en: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]

    event: Mapped[Event] = relationship()


class Consent(db.Model):
    """One press. Nothing is written over: the newest answer to a version counts, the earlier ones are the proof.

    pressed_by: who pressed, as the journal names them ('attendee 9', 'coordinator 3', 'staff 2').
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person_id_consent_text_id", "person_id", "consent_text_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consent_text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"), index=True)
    agreed: Mapped[bool]
    answered_at: Mapped[datetime]
    pressed_by: Mapped[str] = mapped_column(String(40))

    person: Mapped[Person] = relationship()
    text: Mapped[ConsentText] = relationship()
