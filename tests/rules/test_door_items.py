"""An item as a phone writes it: kept in its own run, in its own transaction, in whatever way it came."""

import uuid
from datetime import timedelta

import pytest
from cast import OH, a_checkpoint, a_registration, an_event, an_invitation, at, badge_of, run
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckIn, CheckInUndo
from eventapp.models.journal import JournalEntry
from eventapp.rules import door_items, door_phones
from eventapp.rules.door_items import BadItem

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
MORNING = at("2017-11-09 09:12")


@pytest.fixture
def door():
    """A registration's code, the run's checkpoint and its phone, whose clock is ten minutes late."""
    event = an_event()
    code = badge_of(a_registration(an_invitation(event), OH)).code
    checkpoint = a_checkpoint(run(event, 1))
    phone, _ = door_phones.add_scanner(run(event, 1), "민지", gate="A문")
    with standing_at(MORNING):
        yield code, checkpoint, door_items.sender(phone, timedelta(minutes=10))


def an_item(checkpoint, **more):
    told = {"id": str(uuid.uuid4()), "kind": "scan", "checkpoint": checkpoint.id}
    return {**told, "scanned_at": "2017-11-09T09:00:00+09:00", **more}


def test_a_scan_is_kept_at_its_own_moment_under_its_phones_name(door):
    code, checkpoint, sender = door
    kept = door_items.keep(an_item(checkpoint, code=code, shown="admitted"), sender)
    row = db.session.scalar(select(CheckIn))
    assert (row.id, row.verdict, row.shown, row.gate) == (kept.id, "admitted", "admitted", "A문")
    assert (row.at, row.scanned_at) == (at("2017-11-09 09:10"), at("2017-11-09 09:00"))
    assert row.door_phone_id == sender.phone_id


def test_what_the_screen_said_may_come_later_and_stays(door):
    code, checkpoint, sender = door
    item = an_item(checkpoint, code=code)
    for more, shown in (({}, ""), ({"shown": "dance"}, ""), ({"shown": "unknown"}, "unknown")):
        door_items.keep({**item, **more}, sender)
        assert db.session.scalar(select(CheckIn.shown)) == shown
    door_items.keep({**item, "shown": "admitted"}, sender)
    assert db.session.scalar(select(CheckIn.shown)) == "unknown"


def test_an_undo_names_what_it_takes_back(door):
    code, checkpoint, sender = door
    scan = door_items.keep(an_item(checkpoint, code=code), sender)
    undone = door_items.keep(an_item(checkpoint, kind="undo", check_in=scan.id), sender)
    assert (undone.check_in, undone.undoes) == (None, scan.id)
    assert db.session.scalar(select(CheckInUndo.undone_by)) == "민지"


def test_a_phone_speaks_for_its_own_run_alone(door):
    code, checkpoint, sender = door
    elsewhere = a_checkpoint(run(checkpoint.event_session.event, 2))
    with pytest.raises(BadItem):
        door_items.keep(an_item(elsewhere, code=code), sender)
    with pytest.raises(BadItem):
        door_items.keep(["scan"], sender)
    assert db.session.scalars(select(CheckIn)).all() == []


def test_what_was_kept_before_is_known_by_its_id(door):
    code, checkpoint, sender = door
    scan = door_items.keep(an_item(checkpoint, code=code), sender)
    undo = door_items.keep(an_item(checkpoint, kind="undo", check_in=scan.id), sender)
    asked = [scan.id.upper(), undo.id, str(uuid.uuid4()), "\x00", None, 7]
    assert door_items.known(asked) == {scan.id, undo.id}


def test_a_file_taken_in_is_a_line_of_the_journal(door):
    _, checkpoint, _ = door
    door_items.note_file(checkpoint.event_session.event, digest="d", taken=3, known=1, refused=0)
    line = db.session.scalar(select(JournalEntry).where(JournalEntry.action == "door file taken in"))
    assert line.detail == {"digest": "d", "taken": 3, "known": 1, "refused": 0}
