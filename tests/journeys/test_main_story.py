"""The whole main job in a real browser: from the spreadsheet to the scan, with a fake camera at the door."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import qr_video
import zxingcpp
from browser import LAPTOP, PHONE, start, violations, watch
from cast import PASSWORD, an_event, an_item, an_organizer, at, run
from conftest import MONDAY
from live import Live, serve
from PIL import Image
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import select

from eventapp.clock import set_demo, standing_at
from eventapp.config import ROOT
from eventapp.db import db
from eventapp.models.checkin import CheckIn
from eventapp.models.invitation import Invitation
from eventapp.postman import deliver_once
from eventapp.reports import audit
from eventapp.rules import checkpoints, door_phones, publications, seats
from eventapp.rules.events import by_slug

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHEET = ROOT / "eventapp" / "demo-data" / "partners-2017.xlsx"
COMPANIES, SEATS = 36, 85
LATER, MORNING = at("2017-10-16 10:30"), at("2017-11-09 09:12")
COLLEAGUES = (
    ("오세린", "대리", "010-0000-4417", "serin@maru.example"),
    ("정도현", "부장", "010-0000-4418", "dohyun@maru.example"),
)
ENTER = "form:has(input[name=password]) button"


class Story:
    """What the chapters hand on, and every axe violation found on the way."""

    def __init__(self, app: Any, live: Live, folder: Path):
        self.app, self.live, self.folder = app, live, folder
        self.found: list[str] = []
        self.visited: list[str] = []

    def look(self, page: Page, *, both: bool = True) -> None:
        """axe on the page as it stands, light and dark; then, where it can be fetched again, in English too."""
        self._axe(page)
        if both:
            here = page.url
            page.goto(here + ("&" if "?" in here else "?") + "language=en")
            self._axe(page)
            page.goto(here + ("&" if "?" in here else "?") + "language=ko")
            page.goto(here)

    def _axe(self, page: Page) -> None:
        self.visited.append(re.sub(r"^https?://[^/]+|[A-Za-z0-9_-]{27}", "", page.url))
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            self.found += [f"{page.url} ({scheme}): {line}" for line in violations(page)]

    def deliver(self) -> None:
        """The postman brings what is due."""
        with standing_at(LATER), self.app.app_context():
            deliver_once()

    def link_in_letter_to(self, address: str, letter: str) -> str:
        """/i/TOKEN or /p/TOKEN in the newest letter to that address."""
        for file in sorted((Path(self.app.instance_path) / "outbox").glob("*.eml"), reverse=True):
            mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
            text = mail.get_body(("plain",)).get_content()
            found = re.search(rf"{re.escape(self.live.url)}(/{letter}/[A-Za-z0-9_-]{{27}})", text)
            if address in mail["To"] and found:
                return found[1]
        raise AssertionError(f"no letter to {address} holds a /{letter}/ link")


@pytest.fixture
def story(app, settings, clock, tmp_path):
    """An Event whose facts nobody confirmed yet, an agenda, an organizer, and the app served."""
    with app.app_context():
        event = an_event(confirmed=False)
        an_item(run(event, 1))
        publications.publish(event, by="윤서진")
        for event_session in seats.runs(event):
            checkpoints.make_default(event_session)
        an_organizer()
    with serve(settings, workers=1, at=MONDAY) as live:
        app.config["BASE_URL"] = live.url
        told = Story(app, live, tmp_path)
        yield told
    assert told.found == [], "\n" + "\n".join(sorted(set(told.found)))


def test_from_the_spreadsheet_to_the_scan(story, open_browser, playwright):
    desk = open_browser(viewport=LAPTOP).new_page()
    sign_in(story, desk)
    import_companies(story, desk)
    confirm_facts(story, desk)
    address = send_invitations(story, desk)
    coordinator = open_browser(viewport=PHONE).new_page()
    name_colleagues(story, coordinator, story.link_in_letter_to(address, "i"))
    code = open_pass(story, open_browser(viewport=PHONE).new_page())
    set_demo(Path(story.app.instance_path) / "test-clock.json", MORNING)
    scan(story, playwright, code)
    count_arrivals(story, desk)
    with story.app.app_context():
        assert audit.broken() == []


def sign_in(story: Story, page: Page) -> None:
    page.goto(f"{story.live.url}/")
    story.look(page)
    page.goto(f"{story.live.url}/organizer/")
    story.look(page)
    page.fill("input[name=email]", "organizer@host.example")
    page.fill("input[name=password]", PASSWORD)
    page.click(ENTER)
    expect(page).to_have_url(re.compile(r"/organizer/$"))
    story.look(page)


def import_companies(story: Story, page: Page) -> None:
    page.goto(f"{story.live.url}/organizer/imports")
    story.look(page)
    page.set_input_files("input[type=file]", SHEET)
    page.click("form:has(input[type=file]) button")
    expect(page.locator("table.import tbody th[scope=row]")).to_have_count(COMPANIES)
    story.look(page)
    page.click("form[action$='/confirmation'] button")
    expect(page.locator("table.ladder tbody th[scope=row]")).to_have_count(COMPANIES)
    story.look(page)
    with story.app.app_context():
        assert sum(db.session.scalars(select(Invitation.seats))) == SEATS


def confirm_facts(story: Story, page: Page) -> None:
    page.goto(f"{story.live.url}/organizer/facts")
    story.look(page)
    open_all(page)
    page.click("form[action$='/facts/confirmation'] button")
    expect(page).to_have_url(re.compile(r"/organizer/facts$"))
    with story.app.app_context():
        assert by_slug("2017").facts_confirmed_at is not None


def send_invitations(story: Story, page: Page) -> str:
    """Returns the address of a coordinator who holds three seats."""
    page.goto(f"{story.live.url}/organizer/")
    open_all(page)
    page.click("form[action$='/organizer/sending'] button")
    expect(page.locator("form[action$='/organizer/sending']")).to_have_count(0)
    page.click("table.ladder tbody th a")
    expect(page.locator("table.ladder tr.selected")).to_have_count(1)
    story.look(page)
    story.deliver()
    with story.app.app_context():
        invitation = db.session.scalars(select(Invitation).where(Invitation.seats == 3)).first()
        page.goto(f"{story.live.url}/organizer/invitations/{invitation.id}")
        story.look(page)
        return invitation.coordinator.email


def name_colleagues(story: Story, page: Page, link: str) -> None:
    page.goto(story.live.url + link)
    story.look(page)
    page.click("form[action$='/acceptance'] button")
    expect(page).to_have_url(re.compile(r"/invitation/\d+/registrations$"))
    story.look(page)
    for colleague in COLLEAGUES:
        for name, value in zip(("name", "title", "phone", "email"), colleague, strict=True):
            page.fill(f"input[name={name}]", value)
        page.check("input[name=event_session][value='1']")
        story.look(page, both=False)
        page.click("form[action$='/registrations'] .form-actions button")
        expect(page.locator(".seat .who b", has_text=colleague[0])).to_be_visible()
    page.goto(re.sub(r"/registrations.*", "", page.url))
    expect(page.locator(".seat .who b", has_text=COLLEAGUES[1][0])).to_be_visible()
    story.look(page)
    here = page.url
    ways = [
        page.locator(f"a[href$='/{way}']").first.get_attribute("href") for way in ("substitution", "link")
    ]
    for way in (*ways, f"{here}/colleague", f"{here}/decline"):
        page.goto(urljoin(here, way))
        story.look(page)


def open_pass(story: Story, page: Page) -> str:
    """Returns what the QR on the pass says, read from a picture of the screen."""
    story.deliver()
    page.goto(story.live.url + story.link_in_letter_to(COLLEAGUES[0][3], "p"))
    story.look(page)
    page.check("input[name=diet][value=vegetarian]")
    page.click("form[action$='/confirmation'] button")
    expect(page.locator(".pass-qr svg")).to_be_visible()
    story.look(page)
    picture = Image.open(BytesIO(page.locator(".pass-qr").screenshot()))
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text.startswith(f"{story.live.url.upper()}/B/")
    leaving = f"{page.url}/leaving"
    page.goto(leaving)
    story.look(page)
    stranger = page.context.browser.new_context(viewport=PHONE)
    watch(stranger)
    other = stranger.new_page()
    other.goto(read.text.replace(story.live.url.upper(), story.live.url))
    story.look(other)
    assert stranger.seen == []
    stranger.close()
    return read.text


def scan(story: Story, playwright: Playwright, code: str) -> None:
    """A phone comes to the door, its camera sees the pass."""
    with story.app.app_context(), standing_at(MORNING):
        link, pin = door_phones.make_link(run(by_slug("2017"), 1))
        enrolment = f"/door/enrol/{door_phones.token(link, str(story.app.config['LINK_KEY']).encode())}"
    browser = start(playwright, *qr_video.write(story.folder / "camera.y4m", code))
    context = browser.new_context(viewport=PHONE, permissions=["camera"])
    watch(context)
    page = context.new_page()
    page.goto(story.live.url + enrolment)
    story.look(page)
    page.fill("input[name=pin]", pin)
    page.fill("input[name=name]", "민지")
    page.fill("input[name=gate]", "A문")
    page.click("form:has(input[name=pin]) button")
    expect(page).to_have_url(re.compile(r"/door/$"))
    story.look(page)
    page.click("ul.choices a")
    expect(page.locator("#verdict .verdict.admitted")).to_be_visible(timeout=15_000)
    expect(page.locator("#verdict .verdict-name")).to_have_text(COLLEAGUES[0][0])
    story.look(page, both=False)
    with story.app.app_context():
        (counted,) = db.session.scalars(select(CheckIn).where(CheckIn.counted))
        assert counted.attendee.person.name == COLLEAGUES[0][0]
    assert context.seen == []
    browser.close()


def count_arrivals(story: Story, page: Page) -> None:
    page.goto(f"{story.live.url}/organizer/arrivals")
    expect(page.locator(".arrivals-count .big")).to_have_text("1")
    story.look(page)


def open_all(page: Page) -> None:
    """Unfold what asks once more before it does something."""
    for summary in page.locator("details.confirm summary").all():
        summary.click()
