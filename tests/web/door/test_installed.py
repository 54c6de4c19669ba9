"""The scanner as an app: what it says of itself, and which pages a phone may keep."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image


@pytest.mark.parametrize(
    ("language", "name"), [("ko", "파트너스데이 입구"), ("en", "Partners Day, the door")]
)
def test_it_describes_itself_in_the_readers_language(client, language, name):
    client.set_cookie("language", language)
    answer = client.get("/door/manifest.webmanifest")
    told = answer.get_json(force=True)
    assert (answer.mimetype, told["name"], told["lang"]) == ("application/manifest+json", name, language)
    assert (told["scope"], told["start_url"], told["display"]) == ("/door/", "/door/", "standalone")
    for icon in told["icons"]:
        with client.get(icon["src"]) as found, Image.open(BytesIO(found.data)) as picture:
            assert (found.mimetype, f"{picture.width}x{picture.height}") == (icon["type"], icon["sizes"])


def test_its_worker_is_a_script_without_data_that_is_always_asked_for_anew(client):
    answer = client.get("/door/worker.js")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert 'addEventListener("fetch"' in answer.get_data(as_text=True)


@pytest.mark.usefixtures("morning")
def test_the_door_s_pages_say_whose_copy_they_are(app, client, door):
    mark = f"{door.phone} {app.extensions['static_release']}"
    for address in ("/door/", f"/door/checkpoints/{door.gate}"):
        answer = client.get(address)
        page = answer.get_data(as_text=True)
        assert (answer.headers["X-Offline-Copy"], f'data-copy="{mark}"' in page) == (mark, True)
        assert 'href="/door/manifest.webmanifest"' in page
    assert "X-Offline-Copy" not in client.get(f"/api/v1/checkpoints/{door.gate}/roster").headers
    assert "X-Offline-Copy" not in client.post("/door/leave").headers


@pytest.mark.usefixtures("morning")
def test_who_is_shut_out_reads_a_page_that_wipes_the_phone(app, door):
    answer = app.test_client().get(f"/door/checkpoints/{door.gate}")
    assert (answer.status_code, "door/leave.js" in answer.get_data(as_text=True)) == (401, True)
    assert "X-Offline-Copy" not in answer.headers
