"""Imports: companies and coordinators from the sheet somebody already has; planned, seen, then done."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import delete, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.formats import mail_address, text
from eventapp.formats.spreadsheets import Sheet
from eventapp.models.company import Company, Sector
from eventapp.models.event import Event
from eventapp.models.import_draft import ImportDraft
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.staff import Staff
from eventapp.rules import companies, import_plan, import_rows, invitations, journal, people, seats
from eventapp.rules.import_plan import Decision, Kind, Known, Line
from eventapp.rules.import_rows import Wish
from eventapp.rules.people import Colleague

DRAFT_LIVES = timedelta(days=1)


@dataclass(frozen=True)
class Upload:
    """A file read once: `columns` says which heading is which of ours."""

    sheet: Sheet
    columns: dict[str, str]
    filename: str

    @property
    def unread(self) -> list[str]:
        """Headings we do not know; said, never silently left out."""
        return [heading for heading in self.sheet.headings if heading not in self.columns.values()]


@dataclass
class Plan:
    """What an upload would do to an Event. The same object is the dry run, the preview and the deed."""

    upload: Upload
    decisions: dict[int, Decision]
    lines: list[Line] = field(default_factory=list)
    new_sectors: list[str] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Line]:
        """The lines of that kind, as they stand in the sheet."""
        return [line for line in self.lines if line.kind == kind]

    def counts(self) -> Counter[Kind]:
        """How many lines of each kind."""
        return Counter(line.kind for line in self.lines)

    def fingerprint(self) -> str:
        """The same for two plans that say the same."""
        return hashlib.sha256(repr([line.shape() for line in self.lines]).encode()).hexdigest()[:32]

    @property
    def does_something(self) -> bool:
        """Whether doing it would change anything."""
        return any(line.kind in (Kind.NEW, Kind.CHANGED) for line in self.lines)


def read(data: bytes, filename: str) -> Upload:
    """The file, read. Raises SheetRefused, HeadingsMissing."""
    sheet, columns = import_rows.read(data, filename)
    return Upload(sheet, columns, filename)


def plan(event: Event, upload: Upload, *, decisions: Mapping[int, Decision] | None = None) -> Plan:
    """What each row would do now; changes nothing. decisions: by row number, for rows that look alike."""
    made = Plan(upload, dict(decisions or {}))
    known = Known(event)
    for row in upload.sheet.rows:
        wish, reasons = import_rows.wish(row, upload.columns, latest_year=event.year)
        if wish is None:
            company = row.cells[upload.columns["company"]].strip()[:120]
            made.lines.append(Line(row.number, company, Kind.REFUSED, reasons=reasons))
        else:
            decision = made.decisions.get(row.number)
            made.lines.append(import_plan.line(wish, known, number=row.number, decision=decision))
    done = {line.wish.sector for line in made.lines if line.wish and line.kind in (Kind.NEW, Kind.CHANGED)}
    made.new_sectors = [name for name in known.new_sectors if name in done]
    return made


def carry_out(event: Event, made: Plan) -> Counter[Kind]:
    """Do the plan as a whole; returns how many lines were of each kind. Rows alike or refused stay out.

    Raises Stale, with nothing done, where the plan would be another one by now.
    """
    with db.writing():
        db.lock(event)
        db.lock_all(seats.runs(event))
        fresh = plan(event, made.upload, decisions=made.decisions)
        if fresh.fingerprint() != made.fingerprint():
            raise Stale()
        sectors: dict[str, Sector] = {}
        for line in fresh.lines:
            if line.kind == Kind.NEW:
                _bring_in(event, line, sectors=sectors)
            elif line.kind == Kind.CHANGED:
                _change(event, line)
        counts = fresh.counts()
        if fresh.does_something:
            journal.record(
                "imported", event, event_id=event.id, **{kind.value: counts[kind] for kind in Kind}
            )
    return counts


def keep_draft(event: Event, staff: Staff, *, data: bytes, filename: str) -> ImportDraft:
    """Keep an upload between its preview and its confirmation; older ones of this person go."""
    with db.writing():
        db.session.execute(
            delete(ImportDraft).where(
                (ImportDraft.staff_id == staff.id) | (ImportDraft.created_at < now() - DRAFT_LIVES)
            )
        )
        draft = ImportDraft(
            event_id=event.id,
            staff_id=staff.id,
            filename=text.clean_line(filename[-200:], 200) or "sheet",
            data=data,
            created_at=now(),
        )
        db.session.add(draft)
    return draft


def drop_draft(draft: ImportDraft) -> None:
    """Forget an upload."""
    with db.writing():
        db.session.execute(delete(ImportDraft).where(ImportDraft.id == draft.id))


def _bring_in(event: Event, line: Line, *, sectors: dict[str, Sector]) -> None:
    """sectors: those met already, so that a long sheet does not ask for each row."""
    wish = _wish(line)
    field_of = sectors.get(wish.sector) or sectors.setdefault(wish.sector, companies.sector(wish.sector))
    host = companies.host_contact(wish.host) if wish.host else None
    if line.company_id is None:
        company = companies.add(wish.company, field_of, contact=host, partner_since=wish.since)
        coordinator = people.add(company.id, _speaking(wish.coordinator))
    else:
        company = db.session.get_one(Company, line.company_id)
        _change_company(company, line)
        coordinator = _person(company.id, wish.coordinator)
        _correct(coordinator, line)
    invitations.invite(event, company, coordinator=coordinator, seats_kept=wish.seats)


def _change(event: Event, line: Line) -> None:
    company = db.session.get_one(Company, line.company_id)
    invitation = db.session.scalars(
        select(Invitation).where(Invitation.event_id == event.id, Invitation.company_id == company.id)
    ).one()
    _change_company(company, line)
    changed = {change.column for change in line.changes}
    if "seats" in changed:
        seats.set_seats(invitation, _wish(line).seats)
    if changed & {"name", "email"}:
        _other_coordinator(invitation, _wish(line))
    _correct(invitation.coordinator, line)
    journal.record("imported again", invitation, changed=sorted(changed))


def _change_company(company: Company, line: Line) -> None:
    wish = _wish(line)
    changed = {change.column for change in line.changes}
    if "sector" in changed:
        company.sector_id = companies.sector(wish.sector).id
    if "since" in changed:
        company.partner_since = wish.since
    if wish.host and changed & {"host_name", "host_title", "host_phone"}:
        company.host_contact_id = companies.host_contact(wish.host).id


def _person(company_id: int, told: Colleague) -> Person:
    known = people.find(company_id, told)
    return known or people.add(company_id, _speaking(told))


def _speaking(told: Colleague) -> Colleague:
    """Korean, unless the sheet says otherwise."""
    return replace(told, language=told.language or "ko")


def _correct(person: Person, line: Line) -> None:
    """What the line changes about a coordinator who stays the same person."""
    for column in {"title", "email", "phone", "language"} & {change.column for change in line.changes}:
        setattr(person, column, getattr(_wish(line).coordinator, column))


def _other_coordinator(invitation: Invitation, wish: Wish) -> None:
    """The same person corrected where name or address stayed; else another person of the company."""
    person, told = invitation.coordinator, wish.coordinator
    same_address = mail_address.key(person.email) == mail_address.key(told.email)
    if same_address or person.name == told.name:
        person.name, person.email = told.name, told.email
        return
    invitation.coordinator_id = _person(invitation.company_id, told).id
    db.session.flush()
    db.session.refresh(invitation)


def _wish(line: Line) -> Wish:
    if line.wish is None:
        raise AssertionError("a line to be done has a wish")
    return line.wish
