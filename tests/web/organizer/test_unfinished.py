"""Who has not finished: found by what is missing, each sees their own companies."""

import re

import pytest
from cast import a_colleague, a_registration, an_invitation, at, attendee_of
from office import Office
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.postman import deliver_once
from eventapp.rules import attendees, events

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/unfinished"
TOMORROW = at("2017-10-17 09:00")
NAMES = ("오세린", "정도현", "고은결", "강미루", "박하람")


@pytest.fixture
def filled(office: Office) -> Office:
    """Oh is done; Jung has opened, Ko has no e-mail, Kang no run; Park is of the other company. All written to."""
    with office.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (office.maru, office.garam))
        maru.seats = 5
        db.session.commit()
        attendees.confirm(attendee_of(a_registration(maru, a_colleague(name="오세린"))))
        attendees.mark_opened(attendee_of(a_registration(maru, a_colleague(name="정도현"), number=2)))
        a_registration(maru, a_colleague(name="고은결", email=""))
        a_registration(maru, a_colleague(name="강미루"), number=None)
        a_registration(garam, a_colleague(name="박하람"))
        while deliver_once():
            pass
    return office


def text(browser, query: str = "") -> str:
    page = browser.get(f"{ADDRESS}?{query}")
    assert page.status_code == 200
    return page.get_data(as_text=True)


def shown(browser, query: str = "") -> set[str]:
    page = text(browser, query)
    return {name for name in NAMES if f">{name} <" in page}


SEARCHES = [
    ("", {"정도현", "고은결", "강미루", "박하람"}),
    ("run=2", {"정도현"}),
    ("missing=opening", {"고은결", "강미루", "박하람"}),
    ("missing=run", {"강미루"}),
    ("missing=contact", {"고은결"}),
    ("missing=journey&run=1", {"고은결", "박하람"}),
    ("missing=questions", set()),
    ("missing=%00&run=x", set()),
]


def test_the_list_and_its_filters(filled: Office):
    for query, names in SEARCHES:
        assert (query, shown(filled.organizer, query)) == (query, names)


def test_what_is_missing_and_whom_to_ask_stand_in_the_lines(filled: Office):
    page = " ".join(re.sub(r"<[^>]+>", " ", text(filled.organizer)).split())
    assert "가람서버 1 배다온 매니저 010-0000-2010" in page
    assert "정도현 대리 2차 본인 확인과 식사 · 그 밖에 오가는 길" in page
    assert "강미루 대리 – 명찰을 아직 열지 않음, 본인 확인과 식사, 날짜 고르기" in page
    assert "고은결 대리 1차 명찰을 아직 열지 않음, 본인 확인과 식사 · 그 밖에 오가는 길, 메일 주소" in page


def test_when_nobody_has_anything_left_it_says_so(office: Office):
    assert "오늘은 다시 알릴 분이 없습니다." in text(office.organizer)


def company_of(office: Office, invitation_id: int) -> int:
    with office.app.app_context():
        return db.session.get_one(Invitation, invitation_id).company_id


def test_one_company_in_the_panel_with_a_text_to_paste(filled: Office):
    page = text(filled.organizer, f"company={company_of(filled, filled.maru)}")
    pasted = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    lines = pasted.splitlines()
    assert (
        lines[0]
        == "한지원 과장님, 카카오 윤서진입니다. 2017 파트너스 데이 준비가 아래 분들께 조금 남아 있습니다."
    )
    assert lines[1] == "- 정도현 대리: 본인 확인과 식사, 오가는 길"
    assert len(lines) == 6
    assert lines[-1].startswith("http://")
    assert "/i/" in lines[-1]


def test_a_viewer_sees_no_link_and_a_host_contact_only_their_own(filled: Office):
    maru = company_of(filled, filled.maru)
    assert "/i/" not in text(filled.viewer, f"company={maru}")
    assert shown(filled.daon) == {"박하람"}
    assert "마루소프트" not in text(filled.daon, f"company={maru}")
    assert 'name="deed"' not in text(filled.daon)


def test_looking_is_noted(filled: Office):
    text(filled.organizer, f"company={company_of(filled, filled.maru)}")
    with filled.app.app_context():
        actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
        assert actions[-2:] == ["unfinished listed", "looked at"]


def test_a_run_that_is_over_asks_nobody_any_more(filled: Office):
    with standing_at(at("2017-11-11 09:00")):
        assert shown(filled.organizer) == {"정도현", "강미루"}


def test_thirty_rows_cost_as_many_queries_as_one(filled: Office, queries):
    def cost() -> int:
        with queries() as seen:
            text(filled.organizer)
        return len(seen)

    cost()
    few = cost()
    with filled.app.app_context():
        event = events.current()
        for _number in range(25):
            a_registration(an_invitation(event))
    assert cost() == few
