"""Each row is compared with what is here: new, known, nearly known, contradicting."""

import pytest
from cast import HAN, YOON, a_colleague, a_company, an_event
from sheets import a_sheet, bring_in, kinds, whole_database
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.company import Sector
from eventapp.models.invitation import Invitation
from eventapp.rules import companies, imports, invitations, registrations, seats
from eventapp.rules.import_plan import Change, Decision, Kind

pytestmark = pytest.mark.usefixtures("in_app", "clock")


def test_the_same_company_twice_in_one_sheet_is_refused_the_second_time():
    made = imports.plan(an_event(), a_sheet({}, {"회사명": "(주) 바람골 IDC", "이메일": "c@baram.example"}))
    assert kinds(made) == ["new", "refused"]
    assert "2" in str(made.lines[1].reasons[0])


def test_a_host_contact_written_in_two_ways_is_refused_the_second_time():
    host = {"호스트 담당자": "윤서진", "호스트 이메일": YOON.email, "호스트 직함": "매니저"}
    other = {**host, "회사명": "누리디비", "이메일": "b@nuri.example", "호스트 직함": "파트장"}
    assert kinds(imports.plan(an_event(), a_sheet(host, other))) == ["new", "refused"]


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


def test_a_cell_left_empty_in_one_row_does_not_contradict_the_other():
    host = {"호스트 담당자": "윤서진", "호스트 이메일": YOON.email}
    other = {**host, "회사명": "누리디비", "이메일": "b@nuri.example", "호스트 직함": "파트장"}
    event = an_event()
    assert kinds(bring_in(event, host, other)) == ["new", "new"]
    assert kinds(imports.plan(event, a_sheet(host, other))) == ["same", "same"]


def test_a_field_of_refused_rows_alone_is_not_made():
    made = imports.plan(an_event(), a_sheet({}, {"분야": "오타"}))
    assert (kinds(made), made.new_sectors) == (["new", "refused"], ["IDC"])
