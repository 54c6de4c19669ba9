"""What an attendee asks for late, field by field, in both languages, and done with one press."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from cast import a_registration, at, attendee_of, run
from office import Office

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Attendee, Diet, Room
from eventapp.rules import change_requests, late_wishes, travel
from eventapp.rules.travel import Plans

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/change-requests"
WISH = Plans(
    arrives_at=at("2017-11-09 11:40"), flight_in="<b>OZ</b>", shuttle_in=True, room=Room.TWIN, allergy="우유"
)


@pytest.fixture
def asked(office: Office) -> int:
    """Somebody of Maru asks for another journey, room and table; the attendee's id."""
    with office.app.app_context():
        invitation = db.session.get_one(Invitation, office.maru)
        attendee = attendee_of(a_registration(invitation))
        first = run(invitation.event, 1)
        first.travel_due_on = first.meals_due_on = at("2017-10-15 00:00").date()
        db.session.commit()
        late_wishes.save(attendee, WISH, reason="회의가 길어졌습니다.")
        late_wishes.confirm(attendee, diet=Diet.VEGAN, reason="채식합니다.")
        return attendee.id


def page(office: Office, language: str) -> str:
    text = office.organizer.get(f"{ADDRESS}?language={language}").get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "ko",
            [
                "도착: 미정 → 11. 9 목 11:40",
                "오시는 비행편: 미정 → &lt;b&gt;OZ&lt;/b&gt;",
                "아니요 → 예",
                "가리지 않음 → 비건",
                "미정 → 우유",
            ],
        ),
        ("en", ["Bus there: no → yes", "Meals: everything → Vegan", "Kitchen: open → 우유"]),
    ],
)
def test_each_field_with_what_stands_there_and_what_should(
    office: Office, asked: int, language: str, lines: list[str]
):
    said = page(office, language)
    assert [line for line in lines if line not in said] == []


def test_one_press_does_it(office: Office, asked: int):
    with office.app.app_context():
        attendee = db.session.get_one(Attendee, asked)
        ids = [one.id for one in change_requests.own_standing(attendee)]
    for one in ids:
        assert office.organizer.post(f"{ADDRESS}/{one}/approval").status_code == 303
    with office.app.app_context():
        attendee = db.session.get_one(Attendee, asked)
        assert (travel.now_kept(attendee), attendee.diet) == (replace(WISH), "vegan")
