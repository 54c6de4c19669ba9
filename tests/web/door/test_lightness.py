"""The roster's address, and that scans and lists cost few questions to the database."""

import pytest
from cast import a_registration, an_invitation
from doorway import LATER, an_item, send

from eventapp.db import db
from eventapp.models.door_phone import DoorPhone

pytestmark = pytest.mark.usefixtures("morning")


def test_the_roster_comes_whole_and_then_in_changes(client, door):
    roster = f"/api/v1/checkpoints/{door.gate}/roster"
    whole = client.get(roster).get_json()
    assert (len(whole["attendees"]), whole["counts"]) == (3, {"in": 0, "expected": 2})
    send(client, [an_item(door, code=door.codes[0])])
    changes = client.get(f"{roster}?since={whole['version']}").get_json()
    assert [one["id"] for one in changes["attendees"]] == [door.attendee]
    for odd in ("x", "-1", "9" * 40, "²"):
        assert client.get(roster, query_string={"since": odd}).get_json()["whole"] is True


def test_fetching_the_roster_writes_nothing(app, client, door):
    client.get(f"/api/v1/checkpoints/{door.gate}/roster")
    with app.app_context():
        assert db.session.get(DoorPhone, door.phone).last_contact_at is None


def test_a_scan_and_a_roster_stay_light(app, client, door, queries):
    def statements(work) -> int:
        with queries() as seen:
            work()
        return len(seen)

    send(client, [])
    first = statements(lambda: send(client, [an_item(door, code=door.codes[0])]))
    later = an_item(door, code=door.codes[0], scanned_at=LATER)
    again = statements(lambda: send(client, [later]))
    assert (first, again) == (21, 21)
    roster = f"/api/v1/checkpoints/{door.gate}/roster"
    three = statements(lambda: client.get(roster))
    with app.app_context():
        event = db.session.get(DoorPhone, door.phone).event_session.event
        for _ in range(27):
            a_registration(an_invitation(event))
    assert statements(lambda: client.get(roster)) == three
