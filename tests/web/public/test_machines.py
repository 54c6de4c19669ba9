"""What machines ask for."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from eventapp import create_app
from eventapp.db import db


def test_alive_says_so_and_nothing_else(client: FlaskClient):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.data, answer.headers["Cache-Control"]) == (200, b"ok\n", "no-store")


def test_a_dead_database_is_a_503(settings: dict, tmp_path: Path):
    app = create_app({**settings, "TESTING": True})
    with app.app_context():
        db.engine.dispose()
    Path(settings["DATABASE_URL"].removeprefix("sqlite:///")).write_bytes(b"no database at all" * 100)
    assert app.test_client().get("/healthz").status_code == 503
    with app.app_context():
        db.engine.dispose()


def test_everything_personal_is_kept_out_of_search(app: Flask, client: FlaskClient):
    lines = client.get("/robots.txt").get_data(as_text=True).splitlines()
    kept_out = tuple(line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: "))
    public = {"/", "/healthz", "/robots.txt", "/favicon.ico"}
    found = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule not in public
        and not rule.rule.startswith(("/<event:slug>/", "/demo"))
        and not rule.rule.startswith(kept_out)
    ]
    assert found == []


def test_the_small_picture_is_where_browsers_look(client: FlaskClient):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    with client.get(answer.headers["Location"]) as picture:
        assert picture.mimetype == "image/svg+xml"
