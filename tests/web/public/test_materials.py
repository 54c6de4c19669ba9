"""What is handed out: on the public agenda once it is published, a file as a download only."""

import pytest
from cast import an_event, at, run
from flask import Flask
from flask.testing import FlaskClient

from eventapp.models.programme import Kind
from eventapp.rules import events, materials, publications, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")


def test_only_what_is_published_is_taken(app: Flask, client: FlaskClient):
    with app.app_context():
        event = an_event()
        draft = Draft(
            kind=Kind.AI,
            title_ko="AI",
            text_ko="<b>지도</b> https://map.example/1",
            starts_at=at("2017-11-09 10:00"),
            ends_at=at("2017-11-09 11:00"),
        )
        [item] = working_copies.add(event, [(run(event, 1), draft)])
        upload = materials.Upload(b"%PDF-1.7", "slides.pdf")
        key = materials.add(event, item.uid, titles=("발표 자료", ""), upload=upload).file_key
        materials.add(event, item.uid, titles=("영상", ""), url="https://video.example/1")
    address = f"/2017/materials/{key}"
    assert client.get(address).status_code == 404
    with app.app_context():
        publications.publish(events.by_slug("2017"))
    page = client.get("/2017/agenda").get_data(as_text=True)
    assert f'href="{address}" rel="noopener noreferrer">발표 자료</a>' in page
    assert '&lt;b&gt;지도&lt;/b&gt; <a class="in-text" href="https://map.example/1" rel=' in page
    assert 'href="https://video.example/1"' in page
    answer = client.get(address)
    assert (answer.data, answer.mimetype) == (b"%PDF-1.7", "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=slides.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get("/2017/materials/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404
