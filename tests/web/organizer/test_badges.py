"""Badges: whose, with which warnings, as a PDF whose QR opens the door."""

import io

import pytest
from cast import a_colleague, a_registration, attendee_of
from office import Office
from pypdf import PdfReader
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.reports import badge_faces
from eventapp.rules import events, registrations
from eventapp.rules.people import Colleague

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/badges"


@pytest.fixture
def named(office: Office) -> dict[str, int]:
    """Five with a place, one undecided, one given up; attendee ids by name."""
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        garam = db.session.get_one(Invitation, office.garam)
        rows = {
            "오세린": a_registration(maru, a_colleague(name="오세린")),
            "정도현": a_registration(maru, a_colleague(name="정도현"), number=2),
            "李하늘": a_registration(garam, a_colleague(name="李하늘")),
            "강미루": a_registration(garam, a_colleague(name="강미루"), number=None),
        }
        registrations.cancel(a_registration(maru, a_colleague(name="고은결")))
        return {name: attendee_of(row).id for name, row in rows.items()}


def pages(answer) -> list[str]:
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]


def test_everybody_with_a_place_has_one_badge(office: Office, named: dict[str, int]):
    with office.app.app_context():
        found = badge_faces.of(events.current(), link=lambda code: f"/B/{code}")
        assert [one.attendee_id for one in found] == [named["李하늘"], named["오세린"], named["정도현"]]
        assert {one.face.link[:3] for one in found} == {"/B/"}


def test_the_page_warns_of_letters_the_font_lacks(office: Office, named: dict[str, int]):
    text = office.organizer.get(ADDRESS).get_data(as_text=True)
    assert "李하늘" in text
    assert "李하늘" not in office.organizer.get(f"{ADDRESS}?run=2").get_data(as_text=True)
    for nonsense in ("run=9", "run=x&layout=a0", "company=-1", "company=%00"):
        assert office.organizer.get(f"{ADDRESS}?{nonsense}").status_code == 200


def test_the_pdf_holds_the_choice_and_the_journal_whose_it_was(office: Office, named: dict[str, int]):
    assert len(pages(office.organizer.post(f"{ADDRESS}/sheets", data={"run": "", "layout": "a6"}))) == 3
    assert len(pages(office.organizer.post(f"{ADDRESS}/sheets", data={"layout": "a4"}))) == 1
    [text] = pages(office.organizer.post(f"{ADDRESS}/sheets", data={"run": "2", "layout": "a6"}))
    assert "마루소프트" in text
    with office.app.app_context():
        entries = db.session.scalars(
            select(JournalEntry).where(JournalEntry.action == "badges printed").order_by(JournalEntry.id)
        ).all()
        assert entries[-1].detail == {"layout": "a6", "attendee_ids": [named["정도현"]]}


def test_a_replaced_badge_is_not_printed_again(office: Office, named: dict[str, int]):
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        registrations.substitute(registrations.live(maru)[0], Colleague("한지원", "과장", "+821000004499"))
        names = [one.face.name for one in badge_faces.of(events.current(), link=str)]
    assert names == ["李하늘", "한지원", "정도현"]


def test_without_badges_nothing_is_printed(office: Office):
    assert office.organizer.get(ADDRESS).status_code == 200
    assert office.organizer.post(f"{ADDRESS}/sheets", data={}).status_code == 303


def test_only_organizers_print(office: Office, named: dict[str, int]):
    for browser in (office.daon, office.viewer):
        assert browser.get(ADDRESS).status_code == 403
        assert browser.post(f"{ADDRESS}/sheets").status_code == 403
