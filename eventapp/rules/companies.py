"""Companies, their fields, their host contacts and the years they came."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from eventapp.db import db
from eventapp.formats import hangul
from eventapp.models.company import Attendance, Company, HostContact, Sector
from eventapp.models.person import Person
from eventapp.models.staff import Staff
from eventapp.rules import journal
from eventapp.rules.people import Colleague

LEGAL_FORMS = re.compile(r"\(주\)|㈜|주식회사|\(유\)|유한회사|co\.?,? ?ltd\.?|inc\.?|corp\.?", re.IGNORECASE)

ENGLISH_FIELDS = {
    "IDC": "IDC",
    "회선": "network lines",
    "CDN": "CDN",
    "서버 납품": "servers",
    "데이터베이스": "database systems",
    "네트워크": "network works",
    "소프트웨어": "software",
    "보안": "security",
    "공사": "construction",
    "용역": "services",
    "전산 비품": "IT supplies",
    "가구": "furniture",
}


def name_key(name: str) -> str:
    """The name without legal forms, spaces and case: '(주) 마루 소프트' and '마루소프트' are one."""
    return re.sub(r"[\s·.,\-]+", "", LEGAL_FORMS.sub("", hangul.nfc(name))).casefold() or name.casefold()


def by_name(name: str) -> Company | None:
    """The company of that name, however it was spaced."""
    return db.session.scalar(select(Company).where(Company.name_key == name_key(name)))


def sector(name: str) -> Sector:
    """The field of that name, in either language; a new one at the end of the list where there is none."""
    found = db.session.scalar(select(Sector).where((Sector.name_ko == name) | (Sector.name_en == name)))
    if found is None:
        last = db.session.scalar(select(Sector.position).order_by(Sector.position.desc()).limit(1))
        english = ENGLISH_FIELDS.get(name, "")
        found = Sector(name_ko=name, name_en=english, position=(last or 0) + 1)
        db.session.add(found)
        db.session.flush()
    return found


def host_contact(contact: Colleague) -> HostContact:
    """The host's employee of that name and e-mail; a new one where there is none."""
    found = db.session.scalar(
        select(HostContact).where(HostContact.name == contact.name, HostContact.email == contact.email)
    )
    if found is None:
        found = HostContact(
            name=contact.name,
            title=contact.title,
            phone=contact.phone,
            email=contact.email,
            staff_id=_account(contact.email),
        )
        db.session.add(found)
        db.session.flush()
    found.title, found.phone = contact.title or found.title, contact.phone or found.phone
    return found


def link_account(account: Staff) -> None:
    """The host contacts of that address are this member of staff, in the caller's transaction."""
    for contact in db.session.scalars(
        select(HostContact).where(func.lower(HostContact.email) == account.email, HostContact.email != "")
    ):
        contact.staff_id = account.id


def add(
    name: str, field: Sector, *, contact: HostContact | None = None, partner_since: int | None = None
) -> Company:
    """A new company, in the caller's transaction."""
    company = Company(
        name=name,
        name_key=name_key(name),
        sector_id=field.id,
        host_contact_id=contact.id if contact else None,
        partner_since=partner_since,
    )
    db.session.add(company)
    db.session.flush()
    journal.record("company added", company)
    return company


def note_attendance(company: Company, year: int) -> None:
    """Remember that the company came that year; harmless when known."""
    known = db.session.scalar(
        select(Attendance).where(Attendance.company_id == company.id, Attendance.year == year)
    )
    if known is None:
        db.session.add(Attendance(company_id=company.id, year=year))


def years(company: Company) -> list[int]:
    """The years the company came, oldest first."""
    return list(
        db.session.scalars(
            select(Attendance.year).where(Attendance.company_id == company.id).order_by(Attendance.year)
        )
    )


def people_of(company: Company) -> list[Person]:
    """The company's people, not erased."""
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.company_id == company.id, Person.erased_at.is_(None))
            .order_by(Person.id)
        )
    )


def _account(email: str) -> int | None:
    return db.session.scalar(select(Staff.id).where(Staff.email == email.lower())) if email else None
