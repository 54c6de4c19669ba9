"""The list of attendees: found, filtered, counted, exported; each sees their own companies."""

import io

import pytest
from cast import a_colleague, a_registration, an_invitation, at, attendee_of
from office import Office
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.registration import Registration, Room
from eventapp.rules import attendees, events, registrations, travel
from eventapp.rules.travel import Plans

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/registrations"


@pytest.fixture
def filled(office: Office) -> Office:
    """Oh in run 1 and done, Jung in run 2, Kang undecided, Go cancelled; Park of the other company."""
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        oh = a_registration(maru, a_colleague(name="오세린", phone="+821000004417"))
        attendees.confirm(attendee_of(oh))
        a_registration(maru, a_colleague(name="정도현"), number=2)
        registrations.cancel(a_registration(maru, a_colleague(name="고은결")))
        a_registration(maru, a_colleague(name="=강미루()"), number=None)
        a_registration(db.session.get_one(Invitation, office.garam), a_colleague(name="박하람"))
    return office


NAMES = ("오세린", "정도현", "고은결", "=강미루()", "박하람")


def shown(browser, query: str = "") -> set[str]:
    page = browser.get(f"{ADDRESS}?{query}")
    assert page.status_code == 200
    return {name for name in NAMES if f">{name} <" in page.get_data(as_text=True)}


def test_everybody_who_comes_is_shown(filled: Office):
    assert shown(filled.organizer) == {"오세린", "정도현", "=강미루()", "박하람"}


SEARCHES = [
    ("q=ㅇㅅㄹ", {"오세린"}),
    ("q=4417", {"오세린"}),
    ("q=가람", {"박하람"}),
    ("q=ㅁㄹㅅ&run=2", {"정도현"}),
    ("run=1", {"오세린", "박하람"}),
    ("state=done", {"오세린"}),
    ("state=undecided", {"=강미루()"}),
    ("state=cancelled", {"고은결"}),
    ("state=nonsense", set()),
    ("q=%00%ff", set()),
]


def test_search_and_filters(filled: Office):
    for query, found in SEARCHES:
        assert shown(filled.organizer, query) == found


def test_a_host_contact_sees_and_exports_only_their_own(filled: Office):
    assert shown(filled.daon) == {"박하람"}
    assert [row[2] for row in sheet(filled.daon)] == ["이름", "박하람"]


def sheet(browser, query: str = "") -> list[list]:
    answer = browser.get(f"{ADDRESS}.xlsx?{query}")
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()


def test_the_export_holds_what_the_list_shows_as_text_and_is_noted(filled: Office):
    rows = sheet(filled.organizer, "state=undecided")
    assert [row[2] for row in rows] == ["이름", "=강미루()"]
    with filled.app.app_context():
        entry = db.session.scalars(
            select(JournalEntry).where(JournalEntry.action == "registrations exported")
        ).one()
        assert entry.detail == {"filters": {"state": "undecided"}}


def test_the_export_tells_journey_room_and_table(filled: Office):
    with filled.app.app_context():
        registration = db.session.scalars(
            select(Registration).where(Registration.status == "registered")
        ).first()
        plans = Plans(arrives_at=at("2017-11-09 08:20"), flight_in="KE1203", shuttle_in=True, room=Room.TWIN)
        travel.save(attendee_of(registration), plans)
    head, *rows = sheet(filled.organizer, "q=ㅇㅅㄹ")
    told = dict(zip(head, rows[0], strict=True))
    assert (told["방"], told["오는 버스"], told["가는 버스"], told["오시는 비행편"]) == (
        "2인실",
        "예",
        "",
        "KE1203",
    )
    assert str(told["도착"]) == "2017-11-09 08:20:00"


def test_a_viewer_reads_but_takes_nothing_along(filled: Office):
    assert shown(filled.viewer) == {"오세린", "정도현", "=강미루()", "박하람"}
    assert filled.viewer.get(f"{ADDRESS}.xlsx").status_code == 403


def test_looking_is_noted(filled: Office):
    shown(filled.organizer)
    with filled.app.app_context():
        noted = select(func.count()).where(JournalEntry.action == "registrations listed")
        assert db.session.scalar(noted.select_from(JournalEntry)) == 1


def test_thirty_rows_cost_as_many_queries_as_one(filled: Office, queries):
    def cost() -> int:
        with queries() as seen:
            filled.organizer.get(ADDRESS)
        return len(seen)

    cost()
    few = cost()
    with filled.app.app_context():
        event = events.current()
        for _number in range(25):
            a_registration(an_invitation(event))
    assert cost() == few
