"""Late requests: done or refused with one press, with a letter; one company may be let go on by itself."""

import re
from datetime import date

import pytest
from cast import a_colleague, a_registration, attendee_of, run
from office import Office

from eventapp.db import db
from eventapp.models.change_request import ChangeRequest
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.rules import change_requests, registrations
from eventapp.rules.people import Colleague

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/change-requests"
AFTER = Colleague("표새론", "대리", "+821033330001")


@pytest.fixture
def asked(office: Office) -> int:
    """Maru asks for a colleague; the request's id."""
    with office.app.app_context():
        registration = a_registration(db.session.get_one(Invitation, office.maru), a_colleague())
        return change_requests.ask_substitution(registration, AFTER, reason="=고객사 <b>점검</b>").id


def page(office: Office) -> str:
    answer = office.organizer.get(ADDRESS)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def holder(office: Office, asked: int) -> str:
    with office.app.app_context():
        request = db.session.get_one(ChangeRequest, asked)
        return attendee_of(db.session.get_one(Registration, request.registration_id)).person.name


def test_what_is_asked_stands_there_with_its_words(office: Office, asked: int):
    said = page(office)
    assert "답을 기다리는 요청 1건" in said
    assert "대신 표새론 대리 =고객사 &lt;b&gt;점검&lt;/b&gt;" in said
    assert "마감 뒤 요청 1건" in office.organizer.get("/organizer/").get_data(as_text=True)


def test_one_press_does_it(office: Office, asked: int):
    assert office.organizer.post(f"{ADDRESS}/{asked}/approval").status_code == 303
    said = page(office)
    assert "바꾸었습니다." in said
    assert "답을 기다리는 요청이 없습니다" in said
    assert holder(office, asked) == AFTER.name
    letter = f"/organizer/messages/preview/letter?invitation={office.maru}&purpose=answer"
    assert "바꾸어 드렸습니다." in office.organizer.get(letter).get_data(as_text=True)


def test_a_no_carries_a_word(office: Office, asked: int):
    office.organizer.post(f"{ADDRESS}/{asked}/refusal", data={"word": "방이 이미 나왔습니다."})
    assert holder(office, asked) != AFTER.name
    letter = f"/organizer/messages/preview/letter?invitation={office.maru}&purpose=answer"
    said = office.organizer.get(letter).get_data(as_text=True)
    assert "방이 이미 나왔습니다." in said
    assert "자리는 그대로 있습니다." in said


def test_what_can_no_longer_be_done_is_said(office: Office, asked: int):
    with office.app.app_context():
        registrations.cancel(db.session.get_one(ChangeRequest, asked).registration)
    office.organizer.post(f"{ADDRESS}/{asked}/approval")
    assert "그사이" in page(office)


def test_an_exception_is_made_and_ended(office: Office, asked: int):
    form = {"invitation": str(office.maru), "changes_until": "2017-11-01"}
    assert office.organizer.post(f"{ADDRESS}/exceptions", data=form).status_code == 303
    assert "11월 1일" in page(office)
    office.organizer.post(f"{ADDRESS}/exceptions", data={"invitation": str(office.maru), "end": "yes"})
    with office.app.app_context():
        assert db.session.get_one(Invitation, office.maru).changes_until is None


@pytest.mark.parametrize("day", ["", "2017-10-01", "morgen", "\x00"])
def test_a_day_that_cannot_be_gets_a_sentence(office: Office, asked: int, day: str):
    answer = office.organizer.post(
        f"{ADDRESS}/exceptions", data={"invitation": str(office.maru), "changes_until": day}
    )
    assert answer.status_code in (409, 422)
    assert "field-error" in answer.get_data(as_text=True)


def test_other_companies_and_requests_are_not_there(office: Office, asked: int):
    assert office.organizer.post(f"{ADDRESS}/99999/approval").status_code == 404
    assert office.organizer.post(f"{ADDRESS}/{2**40}/refusal").status_code == 404
    assert office.organizer.post(f"{ADDRESS}/exceptions", data={"invitation": "x"}).status_code == 422


def test_no_company_is_chosen_before_somebody_chooses(office: Office):
    shown = office.organizer.get(ADDRESS).get_data(as_text=True)
    assert re.search(r"<select[^>]*>\s*<option value=\"\">골라 주세요</option>", shown)
    assert "<option selected" not in shown
    form = {"invitation": "", "changes_until": "2017-11-01"}
    assert office.organizer.post(f"{ADDRESS}/exceptions", data=form).status_code == 422


def test_late_names_stand_there_and_get_their_yes_or_no(office: Office):
    with office.app.app_context():
        invitation = db.session.get_one(Invitation, office.maru)
        run(invitation.event, 1).names_due_on = date(2017, 10, 15)
        db.session.commit()
        names = ("설미르", "설가람")
        ids = [a_registration(invitation, a_colleague(name=name)).id for name in names]
    assert "마감 뒤 요청 2건" in office.organizer.get("/organizer/").get_data(as_text=True)
    assert all(f"{name} 대리 1차 10. 16 월" in page(office) for name in names)
    for one, said in zip(ids, ("yes", "no"), strict=True):
        for _ in range(2):
            answer = office.organizer.post(f"{ADDRESS}/names/{one}", data={"answer": said})
            assert answer.status_code == 303
    with office.app.app_context():
        found = [db.session.get_one(Registration, one).status for one in ids]
    assert found == ["registered", "cancelled"]


def test_a_long_word_with_a_no_reaches_the_letter(office: Office, asked: int):
    word = "방이 이미 나왔습니다. " * 24
    answer = office.organizer.post(f"{ADDRESS}/{asked}/refusal", data={"word": word})
    with office.app.app_context():
        kept = db.session.get_one(ChangeRequest, asked).word
    assert (answer.status_code, kept) == (303, word.strip())
