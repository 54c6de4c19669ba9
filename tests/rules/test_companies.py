"""Companies are found again however they are written, and remember their years."""

import pytest
from cast import HAN, YOON, a_company, an_organizer

from eventapp.db import db
from eventapp.models.staff import Role
from eventapp.rules import companies, people
from eventapp.rules.people import Colleague

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_legal_forms_spaces_and_case_do_not_make_another_company():
    company = a_company("마루 소프트")
    for name in ("(주)마루소프트", "㈜ 마루소프트", "마루소프트 주식회사", "마루소프트"):
        assert companies.by_name(name) == company
    assert companies.by_name("마루하드") is None
    assert companies.name_key("Maru Soft Co., Ltd.") == companies.name_key("MARUSOFT")


def test_a_name_of_nothing_but_a_legal_form_is_still_a_name():
    assert companies.name_key("주식회사") == "주식회사"


def test_a_field_is_made_once_and_found_in_either_language():
    with db.writing():
        first = companies.sector("보안")
        first.name_en = "Security"
        assert companies.sector("Security") == first
        assert companies.sector("공사").position == first.position + 1


def test_a_host_contact_is_made_once_and_learns_a_phone():
    with db.writing():
        first = companies.host_contact(Colleague(YOON.name, YOON.title, "", YOON.email))
        again = companies.host_contact(YOON)
        assert (again, again.phone) == (first, YOON.phone)


def test_a_host_contact_with_an_account_is_that_member_of_staff_whichever_came_first():
    early = an_organizer("Early@host.example", role=Role.HOST_CONTACT)
    with db.writing():
        companies.host_contact(Colleague("배다온", "", "", "late@host.example"))
        contact = companies.host_contact(Colleague("구하람", "", "", "early@HOST.example"))
        assert contact.staff_id == early.id
    late = an_organizer("late@host.example", role=Role.HOST_CONTACT)
    with db.writing():
        assert companies.host_contact(Colleague("배다온", "", "", "late@host.example")).staff_id == late.id


def test_years_are_remembered_once_each():
    company = a_company()
    with db.writing():
        for year in (2016, 2011, 2016):
            companies.note_attendance(company, year)
            db.session.flush()
    assert companies.years(company) == [2011, 2016]


def test_the_people_of_a_company_are_its_own():
    company, other = a_company("가람서버"), a_company("누리디비")
    with db.writing():
        person = people.add(company.id, HAN)
        people.add(other.id, HAN)
    assert companies.people_of(company) == [person]
