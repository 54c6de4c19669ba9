"""The plan of an import: what each row of the sheet would do here, found out without doing anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.formats import alike, hangul, mail_address
from eventapp.models.company import Company, HostContact, Sector
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Registration
from eventapp.models.states import LIVE, InvitationStatus
from eventapp.rules import companies, people
from eventapp.rules.import_rows import Wish
from eventapp.rules.people import Colleague


class Kind(StrEnum):
    """What a row is beside what is here."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    ALIKE = "alike"
    REFUSED = "refused"


class Decision(StrEnum):
    """What somebody said about a row that looks like an existing one."""

    NEW = "new"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """One thing that would be other than before. column: a key of import_rows.HEADINGS."""

    column: str
    before: str
    after: str


@dataclass
class Line:
    """One row of the sheet. alike: the name of what it looks like, alike_row: a row of the file instead."""

    number: int
    company: str
    kind: Kind
    wish: Wish | None = None
    reasons: list[Any] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    alike: str = ""
    alike_row: int | None = None
    company_id: int | None = None

    def shape(self) -> tuple[Any, ...]:
        """Two lines of one shape say the same to whoever reads them."""
        return (self.number, self.company, self.kind.value, tuple(map(str, self.reasons)), *map(
            repr, (self.wish, self.changes, self.kept, self.alike, self.alike_row, self.company_id)
        ))  # fmt: skip


class Known:
    """Everything here that rows are compared with, read in a handful of queries whatever their number."""

    def __init__(self, event: Event) -> None:
        with_contact = select(Company).options(joinedload(Company.host_contact), joinedload(Company.sector))
        self.companies = {company.name_key: company for company in db.session.scalars(with_contact)}
        self.invitations = {
            invitation.company_id: invitation
            for invitation in db.session.scalars(
                select(Invitation)
                .where(Invitation.event_id == event.id)
                .options(joinedload(Invitation.coordinator))
            )
        }
        in_use = (
            select(Registration.invitation_id, func.count())
            .where(Registration.status.in_(LIVE))
            .group_by(Registration.invitation_id)
        )
        self.used: dict[int, int] = dict(db.session.execute(in_use).all())
        self.sectors = {
            _folded(name): sector.name_ko
            for sector in db.session.scalars(select(Sector))
            for name in (sector.name_en, sector.name_ko)
            if name
        }
        self.new_sectors: list[str] = []
        self.addresses = {
            mail_address.key(email): company_id
            for email, company_id in db.session.execute(
                select(Person.email, Person.company_id).where(Person.email != "", Person.erased_at.is_(None))
            )
        }
        self.contacts = list(db.session.scalars(select(HostContact).order_by(HostContact.id)))
        self.names = {company.id: company.name for company in self.companies.values()}
        self.rows: dict[str, int] = {}
        self.row_addresses: dict[str, int] = {}
        self.row_contacts: dict[tuple[str, str], tuple[int, Colleague]] = {}
        self.told_companies: dict[int, int] = {}
        self.people: dict[int, list[Person]] = {}
        for person in db.session.scalars(select(Person).where(Person.erased_at.is_(None))):
            self.people.setdefault(person.company_id, []).append(person)
        self._near = alike.Neighbourhood(self.companies)

    def alike(self, key: str) -> Company | None:
        """A company with nearly that name."""
        found = self._near.near(key)
        return self.companies[found] if found else None

    def owner(self, address: str) -> Company | None:
        """A company one of whose people has this address."""
        name = self.names.get(self.addresses.get(address, 0))
        return self.companies[companies.name_key(name)] if name else None

    def contact(self, told: Colleague) -> HostContact | None:
        """The host's employee of that name and e-mail."""
        same = (one for one in self.contacts if (one.name, one.email) == (told.name, told.email))
        return next(same, None)


def line(wish: Wish, known: Known, *, number: int, decision: Decision | None = None) -> Line:
    """What this row would do; the rows before it are in `known` already."""
    wish = _settled(wish, known)
    key = companies.name_key(wish.company)
    refusal = _refusal(wish, known, number=number)
    if refusal is not None:
        return Line(number, wish.company, Kind.REFUSED, wish, [refusal])
    known.rows[key] = number
    company = known.companies.get(key)
    address = mail_address.key(wish.coordinator.email)
    told_before = known.row_addresses.setdefault(address, number)
    if company is None and decision != Decision.NEW:
        like = known.alike(key) or known.owner(address)
        if like is not None and decision == Decision.SAME:
            company = like
        elif like is not None:
            return Line(number, wish.company, Kind.ALIKE, wish, alike=like.name, company_id=like.id)
        elif told_before != number:
            return Line(number, wish.company, Kind.ALIKE, wish, alike_row=told_before)
    if company is None:
        return Line(number, wish.company, Kind.NEW, wish, changes=_contact_changes(wish, known))
    told_before = known.told_companies.setdefault(company.id, number)
    if told_before != number:
        return Line(number, wish.company, Kind.REFUSED, wish, [_named_before(told_before)])
    return _compared(wish, known, number=number, company=company)


def _compared(wish: Wish, known: Known, *, number: int, company: Company) -> Line:
    found = Line(number, wish.company, Kind.NEW, wish, company_id=company.id)
    found.changes = _company_changes(wish, known, company=company)
    invitation = known.invitations.get(company.id)
    if invitation is None:
        person = people.same(known.people.get(company.id, ()), wish.coordinator)
        found.changes += _coordinator_changes(wish.coordinator, person) if person else []
        return found
    used = known.used.get(invitation.id, 0)
    if wish.seats < used:
        found.kind = Kind.REFUSED
        found.reasons = [
            _n(
                "%(num)s seat has a name already, so there cannot be fewer.",
                "%(num)s seats have names already, so there cannot be fewer.",
                used,
            )
        ]
        return found
    if wish.seats != invitation.seats:
        found.changes.append(Change("seats", str(invitation.seats), str(wish.seats)))
    coordinator = _coordinator_changes(wish.coordinator, invitation.coordinator)
    if invitation.status == InvitationStatus.DRAFT:
        found.changes += coordinator
    else:
        found.kept = coordinator
    found.kind = Kind.CHANGED if found.changes else Kind.SAME
    return found


def _settled(wish: Wish, known: Known) -> Wish:
    """The wish with a field and a host contact written as they are here."""
    told = known.sectors.get(_folded(wish.sector))
    if told is None:
        known.sectors[_folded(wish.sector)] = told = wish.sector
        known.new_sectors.append(told)
    host = wish.host
    if host is not None and not host.email:
        named = [contact for contact in known.contacts if contact.name == host.name]
        if len(named) == 1:
            host = Colleague(host.name, host.title, host.phone, named[0].email)
    return Wish(wish.company, told, wish.coordinator, wish.seats, host, wish.since)


def _refusal(wish: Wish, known: Known, *, number: int) -> Any | None:
    before = known.rows.get(companies.name_key(wish.company))
    if before is not None:
        return _named_before(before)
    if wish.host is None:
        return None
    key = (wish.host.name, wish.host.email)
    row, told = known.row_contacts.get(key, (number, wish.host))
    if _contradict(told.title, wish.host.title) or _contradict(told.phone, wish.host.phone):
        return _l(
            "%(name)s has another title or phone in row %(row)s. Please write it the same way in both.",
            name=wish.host.name,
            row=row,
        )
    title, number_of = told.title or wish.host.title, told.phone or wish.host.phone
    known.row_contacts[key] = (row, Colleague(told.name, title, number_of, told.email))
    return None


def _contradict(one: str, other: str) -> bool:
    """Two cells that both say something, and not the same; an empty one says nothing."""
    return bool(one and other and one != other)


def _named_before(row: int) -> Any:
    return _l("Row %(row)s names the same company.", row=row)


def _company_changes(wish: Wish, known: Known, *, company: Company) -> list[Change]:
    found = []
    if wish.sector != company.sector.name_ko:
        found.append(Change("sector", company.sector.name_ko, wish.sector))
    if wish.since and wish.since != company.partner_since:
        found.append(Change("since", str(company.partner_since or ""), str(wish.since)))
    if wish.host is None:
        return found
    contact = company.host_contact
    if contact is None or (contact.name, contact.email) != (wish.host.name, wish.host.email):
        found.append(Change("host_name", contact.name if contact else "", wish.host.name))
    return found + _contact_changes(wish, known)


def _contact_changes(wish: Wish, known: Known) -> list[Change]:
    """What the sheet says otherwise about a host contact who is known here."""
    contact = known.contact(wish.host) if wish.host else None
    if wish.host is None or contact is None:
        return []
    return [
        Change(f"host_{name}", before, after)
        for name in ("title", "phone")
        if (after := getattr(wish.host, name)) and after != (before := getattr(contact, name))
    ]


def _coordinator_changes(told: Colleague, person: Person) -> list[Change]:
    """What the sheet says otherwise; an empty cell says nothing."""
    return [
        Change(name, before, after)
        for name in ("name", "title", "email", "phone", "language")
        if (after := getattr(told, name)) and after != (before := getattr(person, name))
    ]


def _folded(name: str) -> str:
    return re.sub(r"\s+", "", hangul.nfc(name)).casefold()
