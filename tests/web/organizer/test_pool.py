"""Seats that came back are offered to who wishes for them, in an order that says why."""

import re
from datetime import date
from html import unescape

import pytest
from cast import a_registration
from office import Office

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import answers, pools, seat_offers

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/pool"


@pytest.fixture
def wished(office: Office) -> int:
    """Maru gave two seats back, garam (two seats) wishes for two; the wish's id."""
    with office.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (office.maru, office.garam))
        a_registration(maru)
        pools.give_back(maru, 2)
        answers.accept(garam)
        return seat_offers.wish(garam, 2, reason="고객사 두 분").id


def page(office: Office) -> str:
    answer = office.organizer.get(ADDRESS)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_what_came_back_and_who_wishes_stands_there(office: Office, wished: int):
    said = page(office)
    assert "돌아온 두 자리" in said
    assert "가람서버 2 지금 두 자리, 10. 16 월에 말씀 고객사 두 분" in said
    assert f'href="{ADDRESS}"' in office.organizer.get("/organizer/").get_data(as_text=True)


def test_seats_are_offered_and_taken_back(office: Office, wished: int):
    form = {"seats": "2", "expires_on": "2017-10-20"}
    assert office.organizer.post(f"{ADDRESS}/wishes/{wished}/offer", data=form).status_code == 303
    said = page(office)
    assert "가람서버에 편지로 제안했습니다." in said
    assert "지금은 드릴 자리가 없습니다" in said
    assert "가람서버 2 10. 20 금" in said
    with office.app.app_context():
        offer = seat_offers.open_offer(db.session.get_one(Invitation, office.garam)).id
    office.organizer.post(f"{ADDRESS}/offers/{offer}/withdrawal")
    assert "돌아온 두 자리" in page(office)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"seats": "3"}, 409),
        ({"seats": "0"}, 422),
        ({"seats": "둘"}, 422),
        ({"expires_on": ""}, 422),
        ({"expires_on": "2017-10-15"}, 409),
        ({"expires_on": "31. 2. 2017"}, 422),
    ],
)
def test_what_cannot_be_offered_gets_a_sentence_and_stays_typed(office: Office, wished: int, typed, status):
    form = {"seats": "1", "expires_on": "2017-10-20", **typed}
    answer = office.organizer.post(f"{ADDRESS}/wishes/{wished}/offer", data=form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert "field-error" in text or 'class="note' in text
    with office.app.app_context():
        assert pools.size(db.session.get_one(Invitation, office.maru).event) == 2


def test_what_changed_meanwhile_is_said(office: Office, wished: int):
    with office.app.app_context():
        seat_offers.withdraw_wish(db.session.get_one(Invitation, office.garam))
    form = {"seats": "1", "expires_on": "2017-10-20"}
    assert office.organizer.post(f"{ADDRESS}/wishes/{wished}/offer", data=form).status_code == 303
    assert "그사이" in page(office)


def test_a_wish_is_put_first(office: Office, wished: int):
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        seat_offers.wish(maru, 1)
    assert page(office).index("마루소프트 1") < page(office).index("가람서버 2")
    assert office.organizer.post(f"{ADDRESS}/wishes/{wished}/first").status_code == 303
    assert page(office).index("가람서버 2") < page(office).index("마루소프트 1")
    assert "직접 정한 순서" in page(office)


def test_what_is_not_there_is_missing(office: Office):
    for where in (
        f"wishes/{10**12}/offer",
        "wishes/4711/first",
        f"offers/{10**12}/withdrawal",
        "offers/1/withdrawal",
    ):
        assert office.organizer.post(f"{ADDRESS}/{where}").status_code == 404


def test_only_organizers_come_here(office: Office, wished: int):
    for browser in (office.daon, office.viewer):
        assert browser.get(ADDRESS).status_code == 403
        assert browser.post(f"{ADDRESS}/wishes/{wished}/first").status_code == 403
        assert "/organizer/pool" not in browser.get("/organizer/").get_data(as_text=True)


def test_the_offers_letter_says_until_when_and_is_withdrawn_after(office: Office, wished: int):
    with office.app.app_context():
        wish = db.session.get_one(seat_offers.SeatWish, wished)
        seat_offers.offer(wish, 2, expires_on=date(2017, 10, 20))
    preview = f"/organizer/messages/preview/letter?invitation={office.garam}&purpose=seat+offer"
    letter = office.organizer.get(preview).get_data(as_text=True)
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", letter)).split())
    assert "두 자리를 더 드리려 합니다." in text
    assert "10월 20일 금요일까지" in text
