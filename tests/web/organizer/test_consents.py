"""The consent texts at the desk: begun with the proposed words, mended as a new version, counted."""

import re

import pytest
from cast import a_registration, attendee_of
from office import Office

from eventapp.db import db
from eventapp.models.consent import ConsentPurpose
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Diet
from eventapp.rules import attendees, consent_words, consents, events

ADDRESS = "/organizer/consents"
FORM, MEALS = (
    {name: value for name, value in vars(consent_words.PROPOSED[purpose]).items() if value is not None}
    for purpose in (ConsentPurpose.PHOTOGRAPHS, ConsentPurpose.SENSITIVE_DIET)
)


def page(office: Office, address: str = ADDRESS) -> str:
    answer = office.organizer.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split()).replace("\xa0", " ")


def test_the_proposed_texts_begin_it_and_the_facts_lead_there(office: Office):
    assert "동의" in page(office, "/organizer/facts")
    assert "아직 없습니다 – – –" in page(office)
    assert office.organizer.post(ADDRESS).status_code == 303
    said = page(office)
    assert "제안한 글을 쓰기 시작했습니다." in said
    assert "제안한 글로 시작하기" not in said
    assert "사진 참석자 아니요 1 10. 16 월 0 0 0" in said


def test_a_new_version_is_published_and_the_old_one_can_be_read(office: Office):
    office.organizer.post(ADDRESS)
    first = office.organizer.get(f"{ADDRESS}/photographs").get_data(as_text=True)
    assert "카카오가 전하는 소식" in first
    answer = office.organizer.post(f"{ADDRESS}/photographs", data={**FORM, "title_ko": "사진만"})
    assert answer.status_code == 303
    assert "2번째 글을 쓰기 시작했습니다." in page(office)
    both = page(office, f"{ADDRESS}/photographs")
    assert ("사진만" in both, "사진과 영상" in both) == (True, True)
    again = office.organizer.post(f"{ADDRESS}/photographs", data={**FORM, "title_ko": "사진만"})
    assert (again.status_code, "지금 쓰고 있는 글과 같습니다." in again.get_data(as_text=True)) == (409, True)


def test_the_counts_say_yes_no_and_not_answered(office: Office):
    office.organizer.post(ADDRESS)
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        photographs = consents.in_force(maru.event)[3].id
        for agreed in (True, True, False, None):
            invitation = maru if agreed else db.session.get_one(Invitation, office.garam)
            attendee = attendee_of(a_registration(invitation))
            consents.answer(
                attendee.person, maru.event, given={} if agreed is None else {photographs: agreed}
            )
    assert "사진 참석자 아니요 1 10. 16 월 2 1 1" in page(office)


@pytest.mark.parametrize("typed", [{"items_en": " "}, {"title_ko": "가" * 121}, {"uses_ko": "가" * 1001}])
def test_what_is_missing_or_too_long_gets_a_sentence_and_stays_typed(office: Office, typed):
    answer = office.organizer.post(f"{ADDRESS}/photographs", data={**FORM, "period_ko": "그대로"} | typed)
    assert answer.status_code == 422
    assert "field-error" in answer.get_data(as_text=True)
    assert "그대로" in answer.get_data(as_text=True)
    assert "아직 없습니다 – – –" in page(office)


def test_the_days_are_a_number_that_stands_in_the_text(office: Office):
    office.organizer.post(ADDRESS)
    address = f"{ADDRESS}/sensitive-diet"
    assert "{period}" in office.organizer.get(address).get_data(as_text=True)
    for typed in ({"keep_days": "0"}, {"keep_days": "bald"}, {"period_ko": "30일"}):
        answer = office.organizer.post(address, data={**MEALS, **typed})
        assert ("field-error" in answer.get_data(as_text=True), answer.status_code // 10) == (
            True,
            42 if "keep_days" in typed else 40,
        )
    assert office.organizer.post(address, data={**MEALS, "keep_days": "14"}).status_code == 303
    assert "행사가 끝난 날부터 14일" in page(office, address)


def test_it_is_told_what_is_erased_when_and_who_said_no(office: Office):
    office.organizer.post(ADDRESS)
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        needed = consents.in_force(maru.event)[0].id
        consents.answer(maru.coordinator, maru.event, given={needed: False})
        attendees.confirm(attendee_of(a_registration(maru)), diet=Diet.HALAL)
        name = maru.coordinator.name_and_title
    said = page(office)
    assert "2017년 12월 17일 일요일 식사와 알레르기 1" in said
    assert "2018년 11월 17일 토요일 참석자와 담당자의 모든 정보 2" in said
    assert "꼭 필요한 동의에 ‘아니요’" in said
    assert f"{name} 마루소프트 2017년 11월 17일 금요일" in said


def test_what_is_not_there_is_missing_and_only_organizers_come_here(office: Office):
    assert office.organizer.get(f"{ADDRESS}/nothing").status_code == 404
    assert office.organizer.post(f"{ADDRESS}/nothing", data=FORM).status_code == 404
    for browser in (office.daon, office.viewer):
        assert browser.get(ADDRESS).status_code == 403
        assert browser.post(ADDRESS).status_code == 403


def test_a_list_of_thirty_people_asks_the_database_no_more_than_one_of_one(office: Office, queries):
    office.organizer.post(ADDRESS)

    def ask() -> int:
        with queries() as seen:
            page(office)
        return len(seen)

    few = ask()
    with office.app.app_context():
        a_registration(db.session.get_one(Invitation, office.maru))
        a_registration(db.session.get_one(Invitation, office.garam))
    assert ask() == few


def test_a_new_event_begins_with_the_proposed_texts_of_its_host(office: Office):
    names = {
        "name_ko": "2018 파트너스 데이",
        "name_en": "2018 Partners Day",
        "host_ko": "오름",
        "host_en": "Oreum",
    }
    made = office.organizer.post("/organizer/facts/event", data={"slug": "2018", "year": "2018", **names})
    assert made.status_code == 303
    with office.app.app_context():
        texts = consents.in_force(events.by_slug("2018"))
    assert [text.purpose for text in texts] == list(ConsentPurpose)
    assert texts[3].uses_ko == "행사 기록, 오름이 전하는 소식과 블로그"
