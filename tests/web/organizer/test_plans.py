"""The plan's page: runs drawn, every forced choice explained, changed by hand without a script, published."""

from __future__ import annotations

import re

import pytest
from cast import a_colleague, a_registration, an_invitation, run
from flask.testing import FlaskClient
from office import Office

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.plan import Plan
from eventapp.models.registration import Registration, Wish
from eventapp.rules import answers, plans, seats

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/plan"


@pytest.fixture
def left(office: Office) -> Office:
    """Run 1 has one place; maru's two would both like it, garam's one said nothing."""
    with office.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (office.maru, office.garam))
        seats.set_capacity(run(maru.event, 1), 1)
        for name in ("오세린", "정도현"):
            one = a_registration(maru, a_colleague(name=name), number=None)
            answers.wish_run(one, Wish.RUN, event_session=run(maru.event, 1))
        a_registration(garam, a_colleague(name="박하람"), number=None)
    return office


def words(browser: FlaskClient) -> str:
    page = browser.get(ADDRESS)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)))


def form_of(browser: FlaskClient) -> dict[str, str]:
    """What the page's form would send, nothing changed."""
    page = browser.get(ADDRESS).get_data(as_text=True)
    fields = dict(re.findall(r'type="hidden" name="(plan|was-\d+)" value="(\w+)"', page))
    chosen = {name.replace("was", "run"): value for name, value in fields.items() if name != "plan"}
    return {**fields, **chosen}


def runs(office: Office) -> list[tuple[str, int | None]]:
    with office.app.app_context():
        found = db.session.scalars(db.select(Registration).order_by(Registration.id)).all()
        return [(one.status, one.event_session and one.event_session.number) for one in found]


def test_the_way_from_nothing_to_letters(left: Office):
    page = words(left.organizer)
    assert "차수를 정하지 않은 분이 3분 있습니다." in page
    assert left.organizer.post(f"{ADDRESS}/proposal").location == ADDRESS
    page = words(left.organizer)
    assert page.count("1차에는 남은 자리가 없습니다.") == 2
    assert left.organizer.post(f"{ADDRESS}/publication", data=form_of(left.organizer)).status_code == 303
    assert "3분의 자리를 정했습니다. 한 분에 한 통씩 편지가 갑니다." in words(left.organizer)
    assert sorted(runs(left)) == [("registered", 1), ("registered", 2), ("registered", 2)]


def test_a_line_is_set_by_hand_stays_and_is_left_to_the_proposal_again(left: Office):
    left.organizer.post(f"{ADDRESS}/proposal")
    form = form_of(left.organizer)
    last = max(name for name in form if name.startswith("run-"))
    left.organizer.post(f"{ADDRESS}/lines", data={**form, last: "none"})
    assert "1분을 직접 정했습니다." in words(left.organizer)
    left.organizer.post(f"{ADDRESS}/proposal", data=form_of(left.organizer))
    assert "직접 정했습니다." in words(left.organizer)
    left.organizer.post(f"{ADDRESS}/proposal", data={**form_of(left.organizer), last: "auto"})
    assert "직접 정했습니다." not in words(left.organizer)


def test_what_a_colleague_set_meanwhile_is_not_undone(left: Office):
    """An old form that changed nothing itself changes nothing."""
    left.organizer.post(f"{ADDRESS}/proposal")
    form = form_of(left.organizer)
    one = max(name for name in form if name.startswith("run-"))
    left.organizer.post(f"{ADDRESS}/lines", data={**form, one: "none"})
    left.organizer.post(f"{ADDRESS}/lines", data=form)
    assert "바뀐 것이 없습니다." in words(left.organizer)
    assert form_of(left.organizer)[one] == "none"


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ("lines", {"plan": "999"}),
        ("publication", {"plan": "x\0"}),
        ("lines", {"run-1": "7🙂"}),
        ("lines", {"run-999999999999999999999999": "1", "run-가": "1", "run-": "2"}),
        ("proposal", {"plan": "9" * 40}),
    ],
)
def test_strange_input_changes_nothing(left: Office, address: str, change: dict[str, str]):
    left.organizer.post(f"{ADDRESS}/proposal")
    before = form_of(left.organizer)
    answer = left.organizer.post(f"{ADDRESS}/{address}", data={**before, **change})
    assert (answer.status_code, answer.location) == (303, ADDRESS)
    assert form_of(left.organizer) == before
    assert {status for status, _run in runs(left)} == {"undecided"}


def test_a_place_gone_and_a_wish_changed_are_seen_before_publishing(left: Office):
    left.organizer.post(f"{ADDRESS}/proposal")
    form = form_of(left.organizer)
    with left.app.app_context():
        plan = db.session.scalars(db.select(Plan)).one()
        event, (first, *_rest) = plan.event, plans.lines(plan)
        a_registration(an_invitation(event), number=1)
        answers.wish_run(first.registration, Wish.LATER)
    page = words(left.organizer)
    assert "1차 자리가 모자랍니다. 제안은 1분인데 드릴 수 있는 자리는 0개입니다." in page
    assert "제안 뒤에 희망이 바뀌었습니다." in page
    left.organizer.post(f"{ADDRESS}/publication", data=form)
    assert "제안 뒤에 희망이 바뀐 분이 있습니다: 마루소프트 오세린 대리." in words(left.organizer)


def test_nobody_open_is_said(office: Office):
    assert "지금은 차수를 정하지 않은 분이 없습니다." in words(office.organizer)
    office.organizer.post(f"{ADDRESS}/proposal")
    assert "일정을 저희에게 맡기신 분이 없어 제안할 것이 없습니다." in words(office.organizer)


def test_the_plan_is_the_organizers_alone(left: Office):
    for browser in (left.daon, left.viewer):
        assert browser.get(ADDRESS).status_code == 403
        assert browser.post(f"{ADDRESS}/proposal").status_code == 403
    assert f'href="{ADDRESS}"' in left.organizer.get("/organizer/registrations").get_data(as_text=True)
    assert ADDRESS not in left.viewer.get("/organizer/registrations").get_data(as_text=True)


def test_more_people_cost_no_more_questions(left: Office, queries):
    left.organizer.post(f"{ADDRESS}/proposal")
    left.organizer.get(ADDRESS)
    with queries() as few:
        left.organizer.get(ADDRESS)
    with left.app.app_context():
        event = db.session.get_one(Invitation, left.maru).event
        for _ in range(10):
            a_registration(an_invitation(event), number=None)
    left.organizer.post(f"{ADDRESS}/proposal")
    left.organizer.get(ADDRESS)
    with queries() as many:
        left.organizer.get(ADDRESS)
    assert len(many) == len(few)
