"""A sheet is planned, seen, then done; nothing is dropped and nothing done twice."""

import pytest
from cast import HAN, OH, a_company, an_event, an_invitation
from sheets import SAMPLE, a_sheet, bring_in, kinds, whole_database
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.company import Company, HostContact, Sector
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.rules import companies, imports, registrations
from eventapp.rules.import_plan import Change, Kind

pytestmark = pytest.mark.usefixtures("in_app", "clock")


@pytest.mark.both
def test_the_shipped_sheet_brings_36_companies_in_12_fields_and_85_seats():
    event = an_event()
    made = imports.plan(event, imports.read(SAMPLE.read_bytes(), SAMPLE.name))
    assert made.counts() == {Kind.NEW: 36}
    assert made.upload.unread == []
    assert imports.carry_out(event, made) == {Kind.NEW: 36}
    assert db.session.scalar(select(func.count()).select_from(Company)) == 36
    assert db.session.scalar(select(func.count()).select_from(Sector)) == 12
    assert db.session.scalar(select(func.sum(Invitation.seats))) == 85
    assert db.session.scalar(select(func.count()).select_from(HostContact)) == 3
    assert {invitation.status for invitation in db.session.scalars(select(Invitation))} == {"draft"}
    company = companies.by_name("마루소프트")
    assert company is not None
    assert (company.sector.name_ko, company.partner_since) == ("소프트웨어", 2009)
    assert company.host_contact is not None
    assert (company.host_contact.name, company.host_contact.phone) == ("윤서진", "+821000002009")


@pytest.mark.both
def test_planning_changes_nothing_and_importing_twice_changes_nothing_either():
    event = an_event()
    upload = imports.read(SAMPLE.read_bytes(), SAMPLE.name)
    before = whole_database()
    made = imports.plan(event, upload)
    assert whole_database() == before
    imports.carry_out(event, made)
    once = whole_database()
    again = imports.plan(event, imports.read(SAMPLE.read_bytes(), SAMPLE.name))
    assert again.counts() == {Kind.SAME: 36}
    assert not again.does_something
    imports.carry_out(event, again)
    assert whole_database() == once


def test_a_refused_row_keeps_no_other_row_out():
    event = an_event()
    made = bring_in(event, {"좌석": "0"}, {"회사명": "누리디비", "이메일": "b@nuri.example"})
    assert kinds(made) == ["refused", "new"]
    assert companies.by_name("누리디비") is not None
    assert companies.by_name("바람골IDC") is None


@pytest.mark.both
def test_other_seats_are_a_change_and_are_set():
    event = an_event()
    bring_in(event, {})
    made = bring_in(event, {"좌석": "5"})
    assert [(line.kind, line.changes) for line in made.lines] == [(Kind.CHANGED, [Change("seats", "3", "5")])]
    assert db.session.scalar(select(Invitation.seats)) == 5


@pytest.mark.both
def test_a_draft_gets_the_corrected_coordinator():
    event = an_event()
    bring_in(event, {})
    bring_in(event, {"이메일": "right@baram.example", "직함": "부장", "언어": "영어"})
    coordinator = db.session.scalars(select(Person)).one()
    assert (coordinator.email, coordinator.title, coordinator.language) == (
        "right@baram.example",
        "부장",
        "en",
    )
    bring_in(event, {"담당자": "한지원", "이메일": "han@baram.example"})
    assert db.session.scalars(select(Invitation)).one().coordinator.name == "한지원"
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2


@pytest.mark.both
def test_a_plan_that_is_no_longer_true_is_not_done():
    event = an_event()
    made = imports.plan(event, a_sheet({}))
    bring_in(event, {})
    before = whole_database()
    with pytest.raises(Stale):
        imports.carry_out(event, made)
    assert whole_database() == before


def test_importing_sends_nothing_and_leaves_one_line_in_the_journal():
    event = an_event()
    bring_in(event, {})
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0
    [entry] = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "imported"))
    assert entry.detail == {"new": 1, "same": 0, "changed": 0, "alike": 0, "refused": 0}


def test_an_invited_company_that_is_already_answering_stays_as_it_is():
    event = an_event()
    invitation = an_invitation(event, a_company("바람골IDC", sector="IDC"))
    registrations.register(invitation, OH)
    made = bring_in(event, {})
    assert kinds(made) == ["same"]
    assert (invitation.status, invitation.coordinator.name) == ("accepted", HAN.name)
