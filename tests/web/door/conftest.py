"""The morning of the first run, and its door."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from cast import at
from doorway import a_door
from flask import Flask
from flask.testing import FlaskClient

from eventapp.clock import standing_at


@pytest.fixture
def morning() -> Iterator[None]:
    """9 November 2017, 09:12 in Seoul, standing still."""
    with standing_at(at("2017-11-09 09:12")):
        yield


@pytest.fixture
def door(app: Flask, client: FlaskClient) -> SimpleNamespace:
    """The door; `client` is its phone."""
    things = a_door(app)
    client.set_cookie("door", things.secret, samesite="Strict")
    return things
