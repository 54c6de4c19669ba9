"""A door phone's own pages: choose, scan, leave."""

import pytest

from eventapp.db import db
from eventapp.models.door_phone import DoorPhone

pytestmark = pytest.mark.usefixtures("morning")


def test_the_runs_checkpoints_are_offered_and_the_scanner_opens(client, door):
    page = client.get("/door/").get_data(as_text=True)
    assert f"/door/checkpoints/{door.gate}" in page
    assert f"/door/checkpoints/{door.other_gate}" not in page
    assert client.get(f"/door/checkpoints/{door.gate}").status_code == 200


def test_the_scanner_alone_may_use_the_camera_and_webassembly(client, door):
    scanner = client.get(f"/door/checkpoints/{door.gate}").headers
    assert "script-src 'self' 'wasm-unsafe-eval'" in scanner["Content-Security-Policy"]
    assert "camera=(self)" in scanner["Permissions-Policy"]
    other = client.get("/door/").headers
    assert "wasm" not in other["Content-Security-Policy"]
    assert "camera=()" in other["Permissions-Policy"]


def test_the_page_itself_holds_no_name(client, door):
    page = client.get(f"/door/checkpoints/{door.gate}").get_data(as_text=True)
    assert "오세린" not in page
    assert door.company not in page


@pytest.mark.parametrize("missing", ["0", "99999", "99999999999999", "-1"])
def test_another_runs_checkpoint_and_a_made_up_one_are_missing(client, door, missing):
    for number in (missing, door.other_gate):
        assert client.get(f"/door/checkpoints/{number}").status_code == 404


def test_without_a_phone_of_ours_the_pages_say_what_to_do(app, door):
    stranger = app.test_client()
    for address in ("/door/", f"/door/checkpoints/{door.gate}"):
        assert stranger.get(address).status_code == 401


def test_a_phone_may_move_to_another_gate(app, client, door):
    client.post("/door/gate", data={"gate": "B문" * 40})
    with app.app_context():
        assert db.session.get(DoorPhone, door.phone).gate == ("B문" * 40)[:40]


def test_a_phone_given_back_is_out(app, client, door):
    answer = client.post("/door/leave")
    assert answer.status_code == 200
    assert any(line.startswith("door=;") for line in answer.headers.getlist("Set-Cookie"))
    with app.app_context():
        assert db.session.get(DoorPhone, door.phone).revoked_at is not None
    client.set_cookie("door", door.secret)
    assert client.get("/door/").status_code == 401
