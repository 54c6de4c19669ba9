"""A phone's list: everybody once, afterwards only what changed; no code, no whole number."""

import hashlib
import json
import uuid

import pytest
from cast import (
    HAN,
    OH,
    a_checkpoint,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    an_item,
    at,
    attendee_of,
    badge_of,
    run,
)

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.agenda import SignUp
from eventapp.models.registration import Diet
from eventapp.reports import rosters
from eventapp.rules import attendees, checkins, registrations
from eventapp.rules.checkins import Scan

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
MORNING = at("2017-11-09 09:12")


@pytest.fixture
def checkpoint():
    return a_checkpoint(run(an_event(), 1))


def scan(registration, checkpoint):
    code = badge_of(registration).code
    return checkins.check_in(
        Scan(str(uuid.uuid4()), checkpoint, scanned_at=MORNING, at=MORNING, code=code, gate="A문")
    )


def test_the_whole_list_and_then_the_changes_alone(checkpoint):
    event = checkpoint.event_session.event
    invitation = an_invitation(event, a_company("마루소프트", since=2000))
    first = a_registration(invitation, OH)
    second = a_registration(invitation, HAN, number=2)
    attendees.confirm(attendee_of(first), diet=Diet.VEGETARIAN)
    group = an_item(checkpoint.event_session, group_number=2, places=10)
    with db.writing():
        db.session.add(SignUp(agenda_item_id=group.id, registration_id=first.id, created_at=MORNING))
    whole = rosters.changes(checkpoint, 0)
    assert [entry["name"] for entry in whole["attendees"]] == ["오세린", "한지원"]
    assert whole["attendees"][0] == {
        "id": attendee_of(first).id,
        "name": "오세린",
        "title": "대리",
        "company": "마루소프트",
        "run": 1,
        "facts": whole["attendees"][0]["facts"],
        "state": "registered",
        "last4": "4417",
        "code_hash": hashlib.sha256(badge_of(first).code.encode()).hexdigest(),
        "in_since": None,
        "gate": "",
    }
    assert len(whole["attendees"][0]["facts"]) == 3
    assert whole["attendees"][1]["run"] == 2
    assert (whole["counts"], whole["whole"]) == ({"in": 0, "expected": 1}, True)
    assert whole["companies"] == [{"name": "마루소프트", "free_seats": 1}]
    assert whole["history"] == event.history_id
    scan(first, checkpoint)
    after = rosters.changes(checkpoint, whole["version"])
    assert [(entry["name"], entry["in_since"], entry["gate"]) for entry in after["attendees"]] == [
        ("오세린", "2017-11-09T00:12:00+00:00", "A문")
    ]
    assert after["counts"] == {"in": 1, "expected": 1}
    quiet = rosters.changes(checkpoint, after["version"])
    assert (quiet["attendees"], quiet["removed"], "companies" in quiet) == ([], [], False)
    assert second.event_session.number == 2


def test_the_list_holds_no_code_address_or_whole_number(checkpoint):
    registration = a_registration(an_invitation(checkpoint.event_session.event), OH)
    sent = json.dumps(rosters.changes(checkpoint, 0))
    for secret in (badge_of(registration).code, OH.email, OH.phone, OH.phone[-8:]):
        assert secret not in sent


def test_who_is_replaced_cancelled_or_erased_is_told_as_such(checkpoint):
    event = checkpoint.event_session.event
    kept, gone, erased = (a_registration(an_invitation(event)) for _ in range(3))
    registrations.substitute(kept, OH, late=True)
    registrations.cancel(gone)
    with db.writing():
        attendee = attendee_of(erased)
        attendee.person.erased_at = MORNING
    told = rosters.changes(checkpoint, 0)
    assert [entry["state"] for entry in told["attendees"]] == ["replaced", "cancelled", "registered"]
    assert told["removed"] == [attendee.id]


def test_a_version_from_the_future_brings_everybody(checkpoint):
    a_registration(an_invitation(checkpoint.event_session.event))
    told = rosters.changes(checkpoint, 10**6)
    assert (len(told["attendees"]), told["whole"]) == (1, True)


def test_somebody_who_came_in_and_was_replaced_is_not_counted_twice(checkpoint):
    registration = a_registration(an_invitation(checkpoint.event_session.event))
    with standing_at(MORNING):
        scan(registration, checkpoint)
        registrations.substitute(registration, OH, late=True)
    assert rosters.changes(checkpoint, 0)["counts"] == {"in": 0, "expected": 1}
