"""An item's materials on the desk: added, refused in words, taken out, and only ever downloaded."""

from io import BytesIO

import pytest
from cast import an_event, an_organizer, at, run
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

from eventapp.models.programme import Kind
from eventapp.rules import events, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
TITLES = {"title_ko": "발표 자료", "title_en": "Slides"}


@pytest.fixture
def address(app: Flask, client: FlaskClient) -> str:
    with app.app_context():
        event = an_event()
        draft = Draft(
            kind=Kind.AI, title_ko="AI", starts_at=at("2017-11-09 10:00"), ends_at=at("2017-11-09 11:00")
        )
        [item] = working_copies.add(event, [(run(event, 1), draft)])
        an_organizer()
    sign_in(client)
    return f"/organizer/agenda/items/{item.uid}/materials"


def kept(app: Flask) -> list:
    with app.app_context():
        return list(working_copies.of(events.by_slug("2017")).items()[0].materials)


def test_a_file_and_an_address(app: Flask, client: FlaskClient, address: str):
    file = {"file": (BytesIO(b"%PDF-1.7"), "발표.pdf")}
    assert client.post(address, data=TITLES | file).status_code == 303
    client.post(address, data=TITLES | {"url": "https://slides.example/<b>"})
    page = client.get(address).get_data(as_text=True)
    assert "발표.pdf" in page
    assert "https://slides.example/&lt;b&gt;" in page
    one, _other = kept(app)
    answer = client.get(f"/organizer/agenda/materials/{one.file_key}")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    client.post(f"{address}/removal", data={"what": one.file_key})
    assert [one.url for one in kept(app)] == ["https://slides.example/<b>"]
    assert client.get("/organizer/agenda/materials/nothing").status_code == 404


def test_what_is_refused_is_said_and_what_was_typed_stays(app: Flask, client: FlaskClient, address: str):
    answer = client.post(address, data=TITLES | {"file": (BytesIO(b"<html>"), "a.pdf")})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "매크로 없는 워드" in page
    assert 'value="Slides"' in page
    assert "둘 중 하나만 됩니다." in client.post(address, data=TITLES).get_data(as_text=True)
    assert kept(app) == []


def test_what_another_organizer_changed_meanwhile_is_not_overwritten(
    app: Flask, client: FlaskClient, address: str
):
    client.post(address, data=TITLES | {"url": "https://a.example", "seen": "1"})
    answer = client.post(address, data=TITLES | {"url": "https://b.example", "seen": "1"})
    assert answer.status_code == 422
    client.post(f"{address}/removal", data={"what": "https://a.example", "seen": "1"})
    assert [one.url for one in kept(app)] == ["https://a.example"]
