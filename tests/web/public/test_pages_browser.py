"""The public pages in a real browser: no console line, no axe violation, nothing wider than a small phone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from browser import LAPTOP, violations
from cast import an_event, an_invitation, at, run
from flask import Flask
from playwright.sync_api import BrowserContext

from eventapp.clock import standing_at
from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.browser
SMALL = {"width": 320, "height": 640}


class Quiet(WSGIRequestHandler):
    """No line per request."""

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The app with an Event and its agenda, served on a free port."""
    with standing_at(at("2017-11-09 10:20")):
        with app.app_context():
            event = an_event()
            an_invitation(event, seats_kept=85)
            draft = Draft(
                kind=Kind.TOUR,
                title_ko="제주 본사 투어",
                title_en="HQ tour",
                starts_at=at("2017-11-09 10:00"),
                ends_at=at("2017-11-09 11:30"),
            )
            agenda.add_all(event, agenda_items.in_every_run(run(event, 1), draft))
        with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_public_page_is_clean(
    address: str,
    open_browser: Callable[..., BrowserContext],
    language: str,
    scheme: str,
):
    context = open_browser(viewport=SMALL if language == "en" else LAPTOP, color_scheme=scheme)
    page = context.new_page()
    for path in (
        "/",
        "/2017/agenda",
        "/2017/agenda?run=1",
        "/2017/agenda/changes",
        "/2017/now",
        "/letter-again?link=closed",
    ):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}language={language}")
        assert (path, violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_front_page_asks_for_little(
    address: str,
    open_browser: Callable[..., BrowserContext],
):
    page = open_browser().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if not url.endswith(".woff2")]) <= 8


def test_the_wall_screen_fetches_itself_again(
    address: str,
    open_browser: Callable[..., BrowserContext],
):
    page = open_browser(viewport=LAPTOP).new_page()
    page.clock.install()
    page.goto(f"{address}/2017/now")
    assert page.locator("#clock").inner_text() == "10:20"
    with page.expect_response(lambda answer: answer.url.endswith("/2017/now")) as answer:
        page.clock.run_for(21_000)
    assert answer.value.status == 200
