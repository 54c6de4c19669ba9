"""The brand's colour with text that can be read on it."""

import random

import pytest
from cast import an_event
from flask import Flask
from flask.testing import FlaskClient

from eventapp.formats import colour as colours
from eventapp.rules import events

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("colour", "sheet"),
    [
        ("#FEE500", ":root{--yours:#FEE500;--yours-text:#17191b}\n"),
        ("#0a5c9e", ":root{--yours:#0a5c9e;--yours-text:#ffffff}\n"),
        ("#}a{b:c", ":root{--yours:#FEE500;--yours-text:#17191b}\n"),
    ],
)
def test_the_sheet(app: Flask, client: FlaskClient, colour: str, sheet: str):
    with app.app_context():
        events.state_facts(an_event(), brand_colour=colour)
    answer = client.get("/2017/brand.css")
    assert (answer.get_data(as_text=True), answer.mimetype) == (sheet, "text/css")


def test_every_colour_gets_text_of_at_least_four_and_a_half():
    chance = random.Random(7)
    every = [f"#{chance.randrange(2**24):06x}" for _ in range(2000)] + ["#777777", "#808080", "#7b7b7b"]
    assert [one for one in every if colours.contrast(one, colours.text_on(one)) < 4.5] == []


@pytest.mark.parametrize(("colour", "linked"), [("#FEE500", False), ("#fee500", False), ("#0A5C9E", True)])
def test_pages_ask_for_a_sheet_only_where_the_colour_is_another(
    app: Flask, client: FlaskClient, colour: str, linked: bool
):
    with app.app_context():
        events.state_facts(an_event(), brand_colour=colour)
    assert ("/2017/brand.css" in client.get("/").get_data(as_text=True)) is linked
