"""A reminder with words of one's own: read before it goes, sent to exactly those shown, each to their own companies."""

import re

import pytest
from cast import a_colleague, a_registration, an_invitation, at, attendee_of
from office import Office
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Registration
from eventapp.postman import deliver_once
from eventapp.rules import attendees, events

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/reminders"
TOMORROW, LATER = at("2017-10-17 09:00"), at("2017-10-24 09:00")
WORDS = {"words_ko": "버스는 <b>열 시</b>에 떠납니다.", "words_en": "The bus leaves at ten."}


@pytest.fixture
def filled(office: Office) -> Office:
    """정도현 and 강미루 of the one, 박하람 of the other company have something left; all were written to on Monday."""
    with office.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (office.maru, office.garam))
        a_registration(maru, a_colleague(name="정도현"), number=2)
        a_registration(maru, a_colleague(name="강미루"))
        a_registration(garam, a_colleague(name="박하람"))
        while deliver_once():
            pass
    return office


def text(browser, query: str) -> str:
    page = browser.get(f"{ADDRESS}?{query}")
    assert page.status_code == 200
    return page.get_data(as_text=True)


def rows(page: str) -> list[str]:
    return re.findall(r'name="row" value="(\d+)"', page)


def words_of(office: Office, purpose: Purpose) -> list[str]:
    with office.app.app_context():
        return db.session.scalars(
            select(Message.words).where(Message.purpose == purpose).order_by(Message.id)
        ).all()


def press(office: Office, query: str, **words: str) -> str:
    """Press the button as the page offers it, and follow."""
    data = {"row": rows(text(office.organizer, query)), **words}
    answer = office.organizer.post(f"{ADDRESS}?{query}", data=data)
    assert answer.status_code == 303
    return office.organizer.get(answer.location).get_data(as_text=True)


def test_exactly_those_shown_are_reminded_and_nobody_twice_a_day(filled: Office):
    assert "다시 알릴 분이 없습니다" in text(filled.organizer, "to=unfinished")
    with standing_at(TOMORROW):
        assert "편지 1통" in press(filled, "to=unfinished&run=2", **WORDS)
        assert "편지 2통" in press(filled, "to=unfinished")
        assert rows(text(filled.organizer, "to=unfinished")) == []
    assert words_of(filled, Purpose.PART_WANTED) == [WORDS["words_ko"], "", ""]


def test_who_finished_meanwhile_is_named_and_gets_no_letter(filled: Office):
    with standing_at(TOMORROW):
        shown = rows(text(filled.organizer, "to=unfinished&run=2"))
        with filled.app.app_context():
            attendees.confirm(attendee_of(db.session.get_one(Registration, int(shown[0]))))
        data = {"row": [*shown, "4711", "x"], **WORDS}
        answer = filled.organizer.post(f"{ADDRESS}?to=unfinished", data=data)
        assert answer.status_code == 303
    assert words_of(filled, Purpose.PART_WANTED) == []


def test_the_silent_and_one_company_get_their_letter_once_more(filled: Office):
    with filled.app.app_context():
        silent = an_invitation(events.current()).id
        deliver_once()
    assert rows(text(filled.organizer, "to=silent")) == []
    with standing_at(LATER):
        assert rows(text(filled.organizer, "to=silent")) == [str(silent)]
        assert "편지 1통" in press(filled, "to=silent", **WORDS)
        press(filled, f"to=company&invitation={filled.maru}", words_en="Only English.")
    assert words_of(filled, Purpose.INVITATION) == ["", "", "", WORDS["words_ko"], "Only English."]


def test_it_is_read_as_it_will_be_read_and_nothing_is_sent(filled: Office):
    with standing_at(TOMORROW):
        query = "to=unfinished"
        shown = rows(text(filled.organizer, query))
        plain = filled.organizer.get(f"{ADDRESS}/letter?{query}")
        typed = filled.organizer.post(f"{ADDRESS}/letter?{query}", data={**WORDS, "reader": shown[1]})
    read = typed.get_data(as_text=True)
    assert (plain.status_code, "열 시" in plain.get_data(as_text=True)) == (200, False)
    assert "버스는 &lt;b&gt;열 시&lt;/b&gt;에 떠납니다." in read
    with filled.app.app_context():
        assert db.session.get_one(Registration, int(shown[1])).invitation.company.name in read
    assert ("/p/" in read, words_of(filled, Purpose.PART_WANTED)) == (False, [])
    assert "sandbox" in typed.headers["Content-Security-Policy"]


def test_too_many_words_stay_typed(filled: Office):
    long = "가" * 1001
    with standing_at(TOMORROW):
        answer = filled.organizer.post(f"{ADDRESS}?to=unfinished", data={"words_ko": long})
        assert (answer.status_code, long in answer.get_data(as_text=True)) == (422, True)
        assert (
            filled.organizer.post(f"{ADDRESS}/letter?to=unfinished", data={"words_ko": long}).status_code
            == 303
        )


@pytest.mark.parametrize("typed", ["", "x", "0", f"-{'9' * 30}", "9" * 30, "%00"])
def test_what_is_no_company_is_missing(office: Office, typed):
    assert office.organizer.get(f"{ADDRESS}?to=company&invitation={typed}").status_code == 404
    assert office.organizer.post(f"{ADDRESS}/letter?to=company&invitation={typed}").status_code == 404


def test_a_host_contact_reminds_their_own_companies_and_a_viewer_nobody(filled: Office):
    with standing_at(TOMORROW):
        everybody = rows(text(filled.organizer, "to=unfinished"))
        own = rows(text(filled.daon, "to=unfinished"))
        assert (len(own), len(everybody)) == (1, 3)
        filled.daon.post(f"{ADDRESS}?to=unfinished", data={"row": everybody})
        assert filled.daon.get(f"{ADDRESS}?to=company&invitation={filled.maru}").status_code == 404
        assert filled.daon.post(f"{ADDRESS}?to=company&invitation={filled.maru}").status_code == 404
    assert words_of(filled, Purpose.PART_WANTED) == [""]
    assert filled.viewer.get(f"{ADDRESS}?to=silent").status_code == 403
    assert filled.viewer.post(f"{ADDRESS}?to=silent").status_code == 403
