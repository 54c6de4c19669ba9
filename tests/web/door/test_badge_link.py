"""The address in a badge's QR: it names nobody, and takes a door phone to the verdict."""

import pytest
from doorway import send
from walk import pass_link

from eventapp.db import db
from eventapp.models.registration import Attendee

pytestmark = pytest.mark.usefixtures("morning")


def test_a_stranger_reads_who_may_read_it_and_no_name(app, door):
    stranger = app.test_client()
    known = stranger.get(f"/B/{door.codes[0]}")
    unknown = stranger.get("/B/9QK2V3DH6MF")
    assert (known.status_code, known.text.replace(door.codes[0], "9QK2V3DH6MF")) == (200, unknown.text)
    for name in ("오세린", door.company):
        assert name not in known.text


def test_a_door_phone_goes_to_its_checkpoint_with_the_code(client, door):
    assert client.get(f"/B/{door.codes[0]}").location == "/door/"
    send(client, [], checkpoint=door.gate)
    answer = client.get(f"/B/{door.codes[0].lower()}")
    assert (answer.status_code, answer.location) == (303, f"/door/checkpoints/{door.gate}#{door.codes[0]}")


def test_the_browser_that_holds_the_pass_goes_to_the_pass(app, door):
    with app.app_context():
        address = pass_link(app, db.session.get(Attendee, door.attendee))
    browser = app.test_client()
    browser.get(address)
    assert browser.get(f"/B/{door.codes[0]}").location == f"/pass/{door.attendee}"
    assert browser.get(f"/B/{door.codes[1]}").status_code == 200


@pytest.mark.parametrize("code", ["x", "x" * 3000, "%00", "가나다", "..%2F", "<b>"])
def test_any_other_text_is_the_same_page(client, code):
    assert client.get(f"/B/{code}").status_code in (200, 404)
