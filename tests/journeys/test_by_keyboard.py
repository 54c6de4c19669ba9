"""A coordinator answers for two people by keyboard alone; the presses and the fields are counted."""

from __future__ import annotations

import re

import pytest
from browser import PHONE
from cast import HAN, a_company, an_event, an_invitation, run
from conftest import MONDAY
from live import serve
from playwright.sync_api import Page, expect
from sqlalchemy import select
from walk import invitation_link

from eventapp.db import db
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.rules.events import by_slug

pytestmark = pytest.mark.browser
MOST_TAPS, MOST_FIELDS, MOST_TABS = 12, 3, 60
COLLEAGUES = (("오세린", "대리", "010-0000-4417"), ("정도현", "부장", "010-0000-4418"))


class Keyboard:
    """Tab, Enter, Space, arrows and letters; a tap is what would be one on glass, a field is one typed into."""

    def __init__(self, page: Page):
        self.page = page
        self.taps = self.fields = self.tabs = 0

    def go_to(self, selector: str) -> None:
        """Tab on until the wished control has the focus, which is to be seen."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("wish => document.activeElement.matches(wish)", selector):
                assert self.page.evaluate("document.activeElement.matches(':focus-visible')")
                return
            self.page.keyboard.press("Tab")
            self.tabs += 1
        raise AssertionError(f"{selector} was not reached with {MOST_TABS} tabs")

    def press(self, selector: str, key: str = "Enter") -> None:
        self.go_to(selector)
        self.page.keyboard.press(key)
        self.taps += 1

    def write(self, selector: str, text: str) -> None:
        self.go_to(selector)
        self.page.keyboard.type(text)
        self.taps += 1
        self.fields += 1


@pytest.fixture
def link(app, clock) -> str:
    """A letter that keeps two seats."""
    with app.app_context():
        return invitation_link(app, an_invitation(an_event(), a_company(), seats_kept=2, coordinator=HAN))


def test_two_people_by_keyboard_alone(app, settings, link, open_browser):
    with serve(settings, at=MONDAY) as live:
        page = open_browser(viewport=PHONE).new_page()
        page.goto(live.url + link)
        answer = Keyboard(page)
        answer.press("form[action$='/acceptance'] button")
        expect(page).to_have_url(re.compile(r"/registrations$"))
        counted = [name_one(page, colleague) for colleague in COLLEAGUES]
        expect(page).to_have_url(re.compile(r"/invitation/\d+$"))
    for one in counted:
        assert one.taps <= MOST_TAPS
        assert one.fields <= MOST_FIELDS
    with app.app_context():
        first = run(by_slug("2017"), 1)
        named = select(Person.name).join(Attendee, Attendee.person_id == Person.id).join(Registration)
        assert set(db.session.scalars(named.where(Registration.event_session_id == first.id))) == {
            name for name, _title, _phone in COLLEAGUES
        }
    told = [f"{one.taps} taps, {one.fields} fields, {one.tabs} tabs" for one in (answer, *counted)]
    print("\nthe yes and each colleague:", "; ".join(told))  # noqa: T201


def name_one(page: Page, colleague: tuple[str, str, str]) -> Keyboard:
    """Name, title, phone, the run, and onto the seat."""
    keys = Keyboard(page)
    for field, text in zip(("name", "title", "phone"), colleague, strict=True):
        keys.write(f"input[name={field}]", text)
    keys.press("input[name=event_session]", "Space")
    keys.press("form[action$='/registrations'] .form-actions button")
    expect(page.locator(".seat .who b", has_text=colleague[0])).to_be_visible()
    return keys
