"""What must hold of letters, companies and the journal."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.company import Company
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.states import MessageStatus
from eventapp.rules import journal


def letters_end_well() -> Iterator[str]:
    """A letter that is done says when; a letter of a person belongs to a company of that event."""
    rows = db.session.scalars(
        select(Message.id).where((Message.status == MessageStatus.QUEUED) != Message.done_at.is_(None))
    )
    for message_id in rows:
        yield f"message {message_id}: status and time of ending do not fit"


def companies_are_found_by_one_name() -> Iterator[str]:
    """Each invited company belongs to a field; its coordinator is one of its own people."""
    rows = db.session.scalars(
        select(Invitation.id)
        .join(Person, Invitation.coordinator_id == Person.id)
        .join(Company, Invitation.company_id == Company.id)
        .where(Person.company_id != Company.id)
    )
    for invitation_id in rows:
        yield f"invitation {invitation_id}: its coordinator is not of its company"


def the_journal_is_whole() -> Iterator[str]:
    """Every sealed entry follows the one before it, and no detail was replaced (erasing one is allowed)."""
    for entry in db.session.scalars(select(JournalEntry).where(JournalEntry.detail_digest != "")):
        if (
            entry.detail is not None
            and journal.digest(entry.detail, entry.detail_salt) != entry.detail_digest
        ):
            yield f"journal entry {entry.id}: its detail was changed"
    for entry, follows in journal.sealed():
        if not follows:
            yield f"journal entry {entry.id}: the chain is broken here"


CHECKS = (
    letters_end_well,
    companies_are_found_by_one_name,
    the_journal_is_whole,
)
