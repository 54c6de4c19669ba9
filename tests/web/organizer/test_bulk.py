"""One deed for many: each by itself, refusals by name, nobody of another company or event, nothing without a tick."""

from datetime import date

import pytest
from cast import OH, a_colleague, a_company, a_registration, an_event, an_invitation, attendee_of, run
from office import Office
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Registration
from eventapp.postman import deliver_once
from eventapp.rules import approvals, registrations, seats

pytestmark = pytest.mark.usefixtures("clock")
LIST, DEEDS = "/organizer/registrations", "/organizer/registrations/deeds"


@pytest.fixture
def three(office: Office) -> list[int]:
    """오세린 and 정도현 in run 1, 강미루 with no run yet."""
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        named = [("오세린", 1), ("정도현", 1), ("강미루", None)]
        made = [a_registration(maru, a_colleague(name=name), number=number) for name, number in named]
        return [one.id for one in made]


def runs(office: Office, ids: list[int]) -> list[int | None]:
    with office.app.app_context():
        found = [db.session.get_one(Registration, one).event_session for one in ids]
        return [one.number if one else None for one in found]


def press(office: Office, ids: list[int], deed: str, query: str = "") -> str:
    answer = office.organizer.post(f"{DEEDS}{query}", data={"registration": ids, "deed": deed})
    assert (answer.status_code, answer.location) == (303, f"{LIST}{query}")
    return office.organizer.get(answer.location).get_data(as_text=True)


def test_all_ticked_are_placed(office: Office, three: list[int]):
    assert "3명에게 했습니다." in press(office, three, "run-2")
    assert runs(office, three) == [2, 2, 2]


def test_the_organizer_moves_people_after_the_day_for_names_too(office: Office, three: list[int]):
    with office.app.app_context():
        first = run(db.session.get_one(Invitation, office.maru).event, 1)
        first.names_due_on = date(2017, 10, 1)
        db.session.commit()
    assert "2명에게 했습니다." in press(office, three[:2], "run-2")
    assert runs(office, three[:2]) == [2, 2]


def test_each_by_itself_and_a_refusal_is_said_by_name(office: Office, three: list[int]):
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        seats.set_capacity(run(maru.event, 2), 1)
    page = press(office, three[:2], "run-2", "?run=1")
    assert "1명에게 했습니다." in page
    assert "정도현, 마루소프트: 그사이 마지막 자리가 찼습니다." in page
    assert runs(office, three) == [2, 1, None]


def test_the_letter_goes_again_to_those_ticked_alone(office: Office, three: list[int]):
    def letters() -> int:
        with office.app.app_context():
            return db.session.scalar(select(func.count()).where(Message.purpose == Purpose.PASS))

    with office.app.app_context():
        deliver_once()
    before = letters()
    press(office, three[:1], "letter")
    assert letters() == before + 1


@pytest.mark.parametrize(
    ("registration", "deed"),
    [([], "letter"), (["x", "²", "9" * 30], "run-1"), (["1"], "run-9"), (["1"], "\x00")],
)
def test_without_a_tick_or_a_deed_nothing_is_done(office: Office, three, registration, deed):
    page = press(office, registration, deed)
    assert "먼저 명단에서 표시하시고" in page
    assert runs(office, three) == [1, 1, None]


def test_nobody_of_another_event_is_touched(office: Office):
    with office.app.app_context():
        other = an_event(year=2016)
        elsewhere = a_registration(an_invitation(other, a_company("돌담네트웍스")), OH).id
    assert "먼저 명단에서 표시하시고" in press(office, [elsewhere], "run-2")
    assert runs(office, [elsewhere]) == [1]


def test_only_organizers_may(office: Office, three: list[int]):
    for browser in (office.daon, office.viewer):
        assert browser.post(DEEDS, data={"registration": three, "deed": "run-2"}).status_code == 403
        assert "tick-" not in browser.get(LIST).get_data(as_text=True)
    assert runs(office, three) == [1, 1, None]


def test_all_shown_are_ticked_by_a_link(office: Office, three: list[int]):
    assert office.organizer.get(LIST).get_data(as_text=True).count(" checked") == 0
    assert office.organizer.get(f"{LIST}?tick=all&run=1").get_data(as_text=True).count(" checked") == 2


def test_names_that_wait_for_a_yes_are_confirmed_or_not_at_once(office: Office, three: list[int]):
    for wanted in ("yes", "no", "yes"):
        office.organizer.post("/organizer/facts/approval", data={"wanted": wanted})
    with office.app.app_context():
        invitation = db.session.get_one(Invitation, office.garam)
        waiting = [a_registration(invitation, a_colleague()).id for _ in range(2)]
    assert "승인 기다림 2" in office.organizer.get(f"{LIST}?state=pending").get_data(as_text=True)
    assert "1명에게 했습니다." in press(office, waiting[:1], "approve", "?state=pending")
    assert "1명에게 했습니다." in press(office, waiting[1:], "refuse")
    with office.app.app_context():
        found = [db.session.get_one(Registration, one).status for one in waiting]
    assert found == ["registered", "cancelled"]


def test_a_yes_meant_for_who_stood_on_the_list_is_no_yes_for_who_came_instead(
    office: Office, three: list[int]
):
    with office.app.app_context():
        garam = db.session.get_one(Invitation, office.garam)
        approvals.want(garam.event, True)
        waits = a_registration(garam, a_colleague(name="배다솜"))
        waits_id, before = waits.id, attendee_of(waits).id
    assert f'name="seen-{waits_id}" value="{before}"' in office.organizer.get(LIST).get_data(as_text=True)
    with office.app.app_context():
        registrations.substitute(db.session.get_one(Registration, waits_id), a_colleague(name="남궁솔"))
    pressed = {"registration": waits_id, "deed": "approve", f"seen-{waits_id}": before}
    assert office.organizer.post(DEEDS, data=pressed).status_code == 303
    with office.app.app_context():
        assert db.session.get_one(Registration, waits_id).status == "pending"


def test_a_number_beyond_all_numbers_is_nobody(office: Office, three: list[int]):
    hostile = {"registration": ["9" * 5000, "٣", "x"], "deed": "letter"}
    assert office.organizer.post(DEEDS, data=hostile).status_code == 303
