"""The morning of the first run, and its door."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from cast import at
from doorway import a_door
from flask import Flask
from flask.testing import FlaskClient
from live import serve
from playwright.sync_api import Page, Playwright
from scanner import open_scanner

from eventapp.clock import standing_at

MORNING = at("2017-11-09 09:12")


@pytest.fixture
def morning() -> Iterator[None]:
    """9 November 2017, 09:12 in Seoul, standing still."""
    with standing_at(MORNING):
        yield


@pytest.fixture
def door(app: Flask, client: FlaskClient) -> SimpleNamespace:
    """The door; `client` is its phone."""
    things = a_door(app)
    client.set_cookie("door", things.secret, samesite="Strict")
    return things


@pytest.fixture
def doorway(app: Flask, settings: dict[str, Any]) -> Iterator[SimpleNamespace]:
    """The door's things, served on the morning of the first day."""
    with standing_at(MORNING):
        things = a_door(app)
    with serve(settings, at=MORNING) as live:
        things.live = live
        yield things


@pytest.fixture
def scanner(playwright: Playwright, doorway: SimpleNamespace) -> Iterator[Page]:
    """A phone at the gate without a camera."""
    browser, page = open_scanner(playwright, doorway)
    yield page
    browser.close()
