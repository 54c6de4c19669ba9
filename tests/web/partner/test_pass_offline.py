"""A pass that was opened once shows again without a network, and is gone when its grant has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import zxingcpp
from browser import LOOKS, violations
from cast import (
    OH,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    an_item,
    at,
    attendee_of,
    badge_of,
    run,
)
from flask import Flask
from live import Live, serve
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from walk import invitation_link

from eventapp import create_app
from eventapp.db import db
from eventapp.models.programme import Kind
from eventapp.models.question import Asks
from eventapp.models.registration import Registration
from eventapp.rules import attendees, consents, publications, questions, registrations
from tests.web.partner.conftest import holder_of

pytestmark = pytest.mark.browser
KEPT = re.compile("연결이 없어도 이 명찰은 그대로 보입니다. 10:2[0-9]에 담아 두었습니다.")


@pytest.fixture
def day(settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The first morning, 10:20: 오세린 has a pass, the tour goes on, lunch comes next."""
    app: Flask = create_app({**settings, "TESTING": True})
    with app.app_context():
        event = an_event()
        an_item(run(event, 1), hour=10)
        an_item(run(event, 1), "점심 식사", hour=12, kind=Kind.MEAL)
        publications.publish(event)
        invitation = an_invitation(event, a_company())
        registration = a_registration(invitation, OH)
        attendees.confirm(attendee_of(registration))
        for kind in Asks:
            choices = (("작게", "Small"), ("크게", "Large")) if kind in questions.TO_CHOOSE else ()
            questions.add(event, questions.Draft(kind=kind, text_ko=f"질문 {kind}", choices=choices))
        consents.publish_proposed(event)
        arranged = {
            "app": app,
            "holder": holder_of(app, attendee_of(registration)),
            "code": badge_of(registration).code,
            "letter": invitation_link(app, invitation),
        }
        db.session.remove()
        db.engine.dispose()
    with serve(settings, at=at("2017-11-09 10:20")) as live:
        yield {**arranged, "live": live}
    with app.app_context():
        db.engine.dispose()


def open_pass(context: BrowserContext, day: dict[str, Any]) -> Page:
    """Follow the link and wait until the page is kept."""
    page = context.new_page()
    live: Live = day["live"]
    page.goto(live.url + day["holder"].link)
    expect(page.locator("[data-kept]")).to_be_visible()
    return page


def test_an_opened_pass_shows_without_a_network(day, open_browser):
    page = open_pass(open_browser(), day)
    expect(page.locator("[data-kept]")).to_have_text(KEPT)
    address = day["live"].url + day["holder"].page
    day["live"].stop()
    for _ in range(2):
        page.goto(address)
        expect(page.locator(".pass-name")).to_have_text("오세린 대리")
        expect(page.locator("[data-kept]")).to_have_text(KEPT)
        expect(page.locator(".pass-row.now .what b")).to_have_text("제주 본사 투어")
        assert page.evaluate("document.fonts.check('17px \"Pretendard Variable\"', '오세린')")
        assert page.evaluate("getComputedStyle(document.querySelector('.pass-sky')).backgroundColor") == (
            "rgb(254, 229, 0)"
        )
    day["live"].start()


def test_a_stored_pass_goes_when_the_place_went_to_a_colleague(day, open_browser):
    page = open_pass(open_browser(), day)
    with day["app"].app_context():
        registrations.cancel(db.session.get(Registration, day["holder"].registration_id))
        db.engine.dispose()
    context = page.context
    page.goto(day["live"].url + day["holder"].page)
    expect(page.locator("h1")).to_have_text("이 자리는 돌려주신 자리입니다.")
    assert page.evaluate("caches.match(location.pathname).then(found => found === undefined)")
    context.seen.clear()  # the browser notes a 410 on its console


def test_a_stored_pass_goes_when_the_grant_went(day, open_browser):
    page = open_pass(open_browser(), day)
    page.context.clear_cookies()
    page.goto(day["live"].url + day["holder"].page)
    assert page.url.endswith("/letter-again?link=closed")
    path = day["holder"].page
    assert page.evaluate("path => caches.match(path).then(found => found === undefined)", path)


def test_the_picture_of_the_pass_is_read_by_a_scanner(day, open_browser, tmp_path):
    page = open_pass(open_browser(), day)
    with page.expect_download() as download:
        page.locator("[data-picture]").click()
    picture = tmp_path / "pass.png"
    download.value.save_as(picture)
    image = Image.open(picture)
    assert image.size == (1080, 1620)
    assert zxingcpp.read_barcode(image).text == f"{day['live'].url.upper()}/B/{day['code']}"


@pytest.mark.parametrize(("scheme", "language"), LOOKS)
def test_the_partners_pages_are_sound_for_everybody(day, open_browser, scheme, language):
    context = open_browser(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = context.new_page()
    live = day["live"].url
    page.goto(f"{live}{day['holder'].link}?language={language}")
    own, one = day["holder"].page, f"/invitation/1/registrations/{day['holder'].registration_id}"
    page.goto(f"{live}{day['letter']}")
    for path in (
        own,
        f"{own}/confirmation",
        f"{own}/leaving",
        f"{own}/sign-ups",
        f"{own}/travel",
        f"{own}/questions",
        f"{own}/consents",
        f"{own}/data",
        f"{own}/erasure",
        "/invitation/1/consents",
        "/invitation/1/data",
        "/invitation/1/erasure",
        "/invitation/1",
        "/invitation/1/registrations",
        one,
        f"{one}/substitution",
        f"{one}/link",
        "/invitation/1/colleague",
        "/invitation/1/decline",
        "/invitation/1/seat-wish",
        "/invitation/1/seat-return",
        f"{one}/wish",
    ):
        answer = page.goto(f"{live}{path}?language={language}")
        assert (path, answer.status) == (path, 200)
        assert (path, violations(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 320)
