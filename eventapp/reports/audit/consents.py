"""What must hold of consent texts and of who agreed to them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.consent import Consent, ConsentText


def versions_have_no_gap() -> Iterator[str]:
    """Each text's versions are 1, 2, 3 …: none was taken away after somebody agreed to it."""
    rows = db.session.execute(
        select(
            ConsentText.event_id, ConsentText.purpose, func.count(), func.max(ConsentText.version)
        ).group_by(ConsentText.event_id, ConsentText.purpose)
    )
    for event_id, purpose, found, newest in rows:
        if found != newest:
            yield f"consent text {purpose} of event {event_id}: {found} versions, the newest is {newest}"


def nobody_agrees_before_it_was_published() -> Iterator[str]:
    """An answer is not older than its text."""
    rows = db.session.scalars(
        select(Consent.id)
        .join(ConsentText, Consent.consent_text_id == ConsentText.id)
        .where(Consent.answered_at < ConsentText.published_at)
        .order_by(Consent.id)
    )
    for consent_id in rows:
        yield f"consent {consent_id} is older than its text"


CHECKS = (versions_have_no_gap, nobody_agrees_before_it_was_published)
