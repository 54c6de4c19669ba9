"""A sheet is planned row by row, seen, then done; nothing is dropped and nothing done twice."""

import csv
import hashlib
import io
from pathlib import Path

import pytest
from cast import HAN, OH, YOON, a_colleague, a_company, an_event, an_invitation
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.company import Company, HostContact, Sector
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.rules import companies, imports, invitations, registrations, seats
from eventapp.rules.import_plan import Change, Decision, Kind
from eventapp.rules.import_rows import HeadingsMissing, SheetRefused

pytestmark = pytest.mark.usefixtures("in_app", "clock")

SAMPLE = Path(__file__).parents[2] / "eventapp" / "demo-data" / "partners-2017.xlsx"
HEADS = ("회사명", "분야", "담당자", "직함", "이메일", "좌석")
ROW = {
    "회사명": "바람골IDC",
    "분야": "IDC",
    "담당자": "조세린",
    "직함": "팀장",
    "이메일": "serin@baram.example",
    "좌석": "3",
}


def a_sheet(*rows: dict[str, str], heads: tuple[str, ...] = HEADS) -> imports.Upload:
    """A CSV of rows like ROW, each with its own changes."""
    out = io.StringIO()
    columns = list(dict.fromkeys([*heads, *(name for row in rows for name in row)]))
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: value for name, value in {**ROW, **row}.items() if name in columns})
    return imports.read(out.getvalue().encode(), "sheet.csv")


def bring_in(event, *rows, **decisions):
    made = imports.plan(event, a_sheet(*rows), **decisions)
    imports.carry_out(event, made)
    return made


def kinds(made: imports.Plan) -> list[str]:
    return [line.kind.value for line in made.lines]


def whole_database() -> dict[str, str]:
    """A digest of every table."""
    return {
        table.name: hashlib.sha256(
            repr(sorted(map(repr, db.session.execute(select(table)).all()))).encode()
        ).hexdigest()
        for table in db.metadata.sorted_tables
    }


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


def test_english_headings_spaces_and_stars_are_read():
    heads = {"Company": "Wind IDC", " Sector *": "IDC", "Notes": "call late", "Coordinator": "Cho"}
    rest = {
        "TITLE": "Lead",
        "E-mail": "a@b.example",
        "Seats": "2",
        "Language": "English",
        "Phone": "1012345678.0",
    }
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[*heads, *rest], [*heads.values(), *rest.values()]])
    upload = imports.read(out.getvalue().encode("utf-8-sig"), "a.csv")
    assert upload.unread == ["Notes"]
    [line] = imports.plan(an_event(), upload).lines
    assert line.wish is not None
    assert (line.wish.coordinator.phone, line.wish.coordinator.language) == ("+821012345678", "en")


UNUSABLE = [
    ("회사명", ""),
    ("분야", ""),
    ("담당자", ""),
    ("직함", ""),
    ("이메일", ""),
    ("좌석", ""),
    ("이메일", "serin@"),
    ("좌석", "0"),
    ("좌석", "21"),
    ("좌석", "셋"),
    ("좌석", "-1"),
    ("좌석", "2.5"),
    ("좌석", "٣"),
    ("휴대폰", "010-1234-567"),
    ("언어", "français"),
    ("함께한 해", "1899"),
    ("함께한 해", "2018"),
    ("함께한 해", "옛날"),
    ("호스트 휴대폰", "010-0000-2009"),
    ("호스트 이메일", "nobody"),
    ("회사명", "가" * 121),
    ("담당자", "가" * 81),
]


def test_a_cell_that_cannot_be_used_refuses_its_row_and_says_why():
    event = an_event()
    for cell, value in UNUSABLE:
        made = imports.plan(event, a_sheet({cell: value}))
        assert (cell, value, kinds(made)) == (cell, value, ["refused"])
        assert "" not in map(str, made.lines[0].reasons)
    assert imports.carry_out(event, made) == {Kind.REFUSED: 1}
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_every_reason_of_a_row_is_said_at_once():
    made = imports.plan(an_event(), a_sheet({"이메일": "x", "좌석": "99", "휴대폰": "12"}))
    assert len(made.lines[0].reasons) == 3


def test_seats_are_read_as_people_write_them():
    event = an_event()
    for value in ["3", "3.0", "3석", "3 자리", "3명"]:
        [line] = imports.plan(event, a_sheet({"좌석": value})).lines
        assert line.wish is not None
        assert line.wish.seats == 3


def test_a_refused_row_keeps_no_other_row_out():
    event = an_event()
    made = bring_in(event, {"좌석": "0"}, {"회사명": "누리디비", "이메일": "b@nuri.example"})
    assert kinds(made) == ["refused", "new"]
    assert companies.by_name("누리디비") is not None
    assert companies.by_name("바람골IDC") is None


def test_the_same_company_twice_in_one_sheet_is_refused_the_second_time():
    made = imports.plan(an_event(), a_sheet({}, {"회사명": "(주) 바람골 IDC", "이메일": "c@baram.example"}))
    assert kinds(made) == ["new", "refused"]
    assert "2" in str(made.lines[1].reasons[0])


def test_a_host_contact_written_in_two_ways_is_refused_the_second_time():
    host = {"호스트 담당자": "윤서진", "호스트 이메일": YOON.email, "호스트 직함": "매니저"}
    other = {**host, "회사명": "누리디비", "이메일": "b@nuri.example", "호스트 직함": "파트장"}
    assert kinds(imports.plan(an_event(), a_sheet(host, other))) == ["new", "refused"]


@pytest.mark.both
def test_other_seats_are_a_change_and_are_set():
    event = an_event()
    bring_in(event, {})
    made = bring_in(event, {"좌석": "5"})
    assert [(line.kind, line.changes) for line in made.lines] == [(Kind.CHANGED, [Change("seats", "3", "5")])]
    assert db.session.scalar(select(Invitation.seats)) == 5


@pytest.mark.both
def test_fewer_seats_than_names_are_refused_with_the_number():
    event = an_event()
    bring_in(event, {})
    invitation = db.session.scalars(select(Invitation)).one()
    invitations.send(invitation)
    for _number in range(2):
        registrations.register(invitation, a_colleague())
    made = bring_in(event, {"좌석": "1"})
    assert kinds(made) == ["refused"]
    assert "2" in str(made.lines[0].reasons[0])
    assert seats.used(invitation) == 2
    assert invitation.seats == 3


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


def test_once_sent_the_coordinator_stays_and_the_line_says_so():
    event = an_event()
    bring_in(event, {})
    invitation = db.session.scalars(select(Invitation)).one()
    invitations.send(invitation)
    made = bring_in(event, {"이메일": "other@baram.example"})
    assert kinds(made) == ["same"]
    assert made.lines[0].kept == [Change("email", "serin@baram.example", "other@baram.example")]
    assert invitation.coordinator.email == "serin@baram.example"


def test_an_empty_cell_says_nothing():
    event = an_event()
    full = {"언어": "en", "함께한 해": "2009", "호스트 담당자": "윤서진", "휴대폰": "010-0000-1222"}
    bring_in(event, full)
    assert kinds(imports.plan(event, a_sheet({}))) == ["same"]


def test_a_name_that_looks_like_a_known_one_waits_for_a_decision():
    event = an_event()
    bring_in(event, {})
    before = whole_database()
    for name in ("바람골IDCs", "바람골ID", "바랑골IDC", "바람골IDC센터", "바람IDC", "㈜바랑골 IDC"):
        made = imports.plan(event, a_sheet({"회사명": name, "이메일": "other@baram.example", "좌석": "2"}))
        assert (name, kinds(made), made.lines[0].alike) == (name, ["alike"], "바람골IDC")
        imports.carry_out(event, made)
    assert whole_database() == before


def test_a_decision_says_whether_it_is_the_same_company():
    event = an_event()
    bring_in(event, {})
    told = {"회사명": "바랑골IDC", "이메일": "other@baram.example", "좌석": "2"}
    assert kinds(bring_in(event, told, decisions={2: Decision.SAME})) == ["changed"]
    assert kinds(bring_in(event, told, decisions={2: Decision.NEW})) == ["new"]
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 2


def test_two_rows_cannot_both_be_the_same_known_company():
    event = an_event()
    bring_in(event, {})
    made = bring_in(
        event,
        {"회사명": "바랑골IDC", "좌석": "2"},
        {"이메일": "x@baram.example"},
        decisions={2: Decision.SAME},
    )
    assert kinds(made) == ["changed", "refused"]


def test_numbered_names_are_meant_to_differ():
    event = an_event()
    bring_in(event, {"회사명": "오름지점1"})
    assert kinds(imports.plan(event, a_sheet({"회사명": "오름지점2", "이메일": "b@o.example"}))) == ["new"]


def test_an_address_of_another_company_waits_for_a_decision():
    event = an_event()
    bring_in(event, {})
    told = {"회사명": "누리디비", "이메일": "SERIN@baram.example"}
    assert kinds(imports.plan(event, a_sheet(told))) == ["alike"]
    fresh = imports.plan(
        event, a_sheet({"회사명": "가람서버", "이메일": "x@y.example"}, {**told, "이메일": "X@y.example"})
    )
    assert [(line.kind, line.alike_row) for line in fresh.lines] == [(Kind.NEW, None), (Kind.ALIKE, 2)]


@pytest.mark.both
def test_a_company_of_last_year_is_invited_anew_with_its_people():
    event = an_event()
    company = a_company("바람골IDC", sector="IDC")
    with db.writing():
        imports.people.add(company.id, HAN)
    made = bring_in(event, {"담당자": HAN.name, "이메일": HAN.email, "직함": "차장"})
    assert kinds(made) == ["new"]
    assert made.lines[0].company_id == company.id
    assert Change("title", "과장", "차장") in made.lines[0].changes
    assert [person.title for person in companies.people_of(company)] == ["차장"]


def test_a_field_written_with_other_spaces_is_the_same_field():
    event = an_event()
    bring_in(event, {"분야": "서버 납품"})
    made = bring_in(event, {"회사명": "돌하르시스템", "분야": "서버납품", "이메일": "d@d.example"})
    assert made.new_sectors == []
    assert db.session.scalar(select(func.count()).select_from(Sector)) == 1


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


def test_a_missing_column_refuses_the_sheet_and_is_named():
    for missing in HEADS:
        heads = tuple(name for name in HEADS if name != missing)
        with pytest.raises(HeadingsMissing) as refusal:
            a_sheet({}, heads=heads)
        assert missing in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "sheet-not-a-sheet"),
        (b"%PDF-1.4", "a.pdf", "sheet-not-a-sheet"),
        (b"a,b\n1,2\n", "a.csv", "sheet-no-heading-row"),
        (b"x" * (2 * 1024 * 1024 + 1), "a.csv", "sheet-too-big"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_with_a_sentence(data, name, code):
    with pytest.raises(SheetRefused) as refusal:
        imports.read(data, name)
    assert refusal.value.code == code
    assert len(str(refusal.value)) > 10


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(SheetRefused) as refusal:
        a_sheet({"Company": "Wind"})
    assert "회사명" in str(refusal.value)


def test_an_invited_company_that_is_already_answering_stays_as_it_is():
    event = an_event()
    invitation = an_invitation(event, a_company("바람골IDC", sector="IDC"))
    registrations.register(invitation, OH)
    made = bring_in(event, {})
    assert kinds(made) == ["same"]
    assert (invitation.status, invitation.coordinator.name) == ("accepted", HAN.name)
