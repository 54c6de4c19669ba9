"""Rooms are numbered by seat, and the phones hear of it."""

import pytest
from cast import a_registration, an_event, an_invitation, attendee_of, run
from doorway import a_checkpoint_of, scanned

from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.reports import rosters
from eventapp.rules import rooms

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_a_number_is_kept_told_to_the_phones_and_to_who_brings_the_key_back():
    event = an_event()
    first, registration = run(event, 1), a_registration(an_invitation(event))
    elsewhere = a_registration(an_invitation(event), number=2)
    out, back = a_checkpoint_of(first, Kind.KEY_OUT), a_checkpoint_of(first, Kind.KEY_BACK)
    version = first.roster_version
    assert rooms.number(first, {registration.id: "412", elsewhere.id: "1"}) == 1
    assert rooms.number(first, {registration.id: "412"}) == 0
    told = rosters.changes(out, version)["attendees"]
    assert [(one["id"], one["room"], one["facts"]) for one in told] == [
        (attendee_of(registration).id, "412", ["412호"])
    ]
    assert elsewhere.room_number == ""
    scanned(registration, out, note="412-2")
    assert rosters.changes(back, 0)["attendees"][0]["facts"] == ["열쇠 412-2"]
