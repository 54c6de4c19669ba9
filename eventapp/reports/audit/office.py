"""What must hold of letters, companies and the journal."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from eventapp.db import db
from eventapp.models.company import Company
from eventapp.models.event_session import EventSession
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.printout import Printout, PrintoutLine
from eventapp.models.registration import Registration
from eventapp.models.states import MessageStatus
from eventapp.rules import journal, printouts


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


def sheets_are_their_events() -> Iterator[str]:
    """On a list stand people of its own Event, and what stood there is kept for the last two alone."""
    strangers = db.session.scalars(
        select(PrintoutLine.printout_id)
        .distinct()
        .join(Printout, PrintoutLine.printout_id == Printout.id)
        .join(EventSession, Printout.event_session_id == EventSession.id)
        .join(Registration, PrintoutLine.registration_id == Registration.id)
        .join(Invitation, Registration.invitation_id == Invitation.id)
        .where(Invitation.event_id != EventSession.event_id)
    )
    for printout_id in strangers:
        yield f"printout {printout_id}: somebody of another event stands on it"
    newer = aliased(Printout)
    later = (
        select(func.count(newer.id))
        .where(
            newer.event_session_id == Printout.event_session_id,
            newer.kind == Printout.kind,
            newer.id > Printout.id,
        )
        .scalar_subquery()
    )
    held = select(PrintoutLine.id).where(PrintoutLine.printout_id == Printout.id).exists()
    for printout_id in db.session.scalars(select(Printout.id).where(held, later >= printouts.KEPT)):
        yield f"printout {printout_id}: what stood on it is kept too long"


CHECKS = (
    sheets_are_their_events,
    letters_end_well,
    companies_are_found_by_one_name,
    the_journal_is_whole,
)
