"""The audit is silent over a healthy database and names each promise that is broken behind the rules."""

import pytest
from cast import (
    OH,
    a_colleague,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    attendee_of,
    badge_of,
    run,
)
from rules.test_own_programmes import TOUR
from sqlalchemy import text, update

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.agenda import Publication
from eventapp.models.event_session import EventSession
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.models.roster import RosterMark
from eventapp.reports import audit
from eventapp.rules import journal, parties, registrations

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def day():
    """One event, one company with two places, journal sealed."""
    event = an_event()
    invitation = an_invitation(event)
    first = a_registration(invitation, OH)
    second = a_registration(invitation, number=2)
    journal.seal()
    return event, invitation, first, second


def test_a_healthy_day_has_nothing_to_report(day):
    registrations.cancel(day[3])
    journal.seal()
    assert audit.broken() == []


def test_an_overbooked_run_is_named(day):
    with db.writing():
        run(day[0], 1).capacity = 0
    assert audit.broken() == ["run 1 (id 1): 1 places held, capacity 0"]


def test_seats_below_what_is_used_are_named(day):
    with db.writing():
        day[1].seats = 1
    assert audit.broken() == [f"invitation {day[1].id}: 2 live registrations, 1 seats"]


def test_a_declined_company_with_places_is_named(day):
    with db.writing():
        day[1].status = "declined"
    assert audit.broken() == [f"invitation {day[1].id} is declined, yet holds 2 registrations"]


def test_a_place_without_an_attendee_is_named(day):
    attendee = attendee_of(day[2])
    with db.writing():
        db.session.execute(update(Attendee).where(Attendee.id == attendee.id).values(ended_at=now()))
    assert audit.broken() == [
        f"registration {day[2].id} (registered): 0 live attendees",
        f"attendee {attendee.id}: 1 valid badges",
    ]


def test_a_badge_with_a_wrong_check_character_is_named(day):
    badge = badge_of(day[2])
    with db.writing():
        badge.code = badge.code[:-1] + ("A" if badge.code[-1] != "A" else "B")
    assert audit.broken() == [f"badge {badge.id}: its code does not fit its check character"]


def test_an_attendee_of_another_company_is_named(day):
    other = a_company("남의회사")
    with db.writing():
        db.session.execute(
            update(Person).where(Person.id == attendee_of(day[2]).person_id).values(company_id=other.id)
        )
    assert audit.broken() == [
        f"attendee {attendee_of(day[2]).id} is not of the company of invitation {day[1].id}"
    ]


def test_a_roster_ahead_of_its_counter_is_named(day):
    with db.writing():
        db.session.execute(update(EventSession).where(EventSession.number == 1).values(roster_version=0))
    newest = db.session.scalar(text("SELECT max(version) FROM roster_mark WHERE event_session_id = 1"))
    assert audit.broken() == [f"run id 1: a mark of version {newest}, the counter says 0"]


def test_two_marks_of_one_version_are_named(day):
    with db.writing():
        db.session.execute(update(RosterMark).where(RosterMark.event_session_id == 2).values(version=1))
    assert audit.broken() == ["roster mark 2 shares its version with another"]


def test_a_gap_in_the_publications_is_named(day):
    with db.writing():
        db.session.add(Publication(event_id=day[0].id, number=3, published_at=now(), snapshot=[]))
    assert audit.broken() == [f"event {day[0].id}: 1 publications, the highest is number 3"]


def test_a_room_that_is_published_twice_is_named(day):
    event = day[0]
    entry = TOUR.entry() | {"sequence": 0, "changed_at": "2017-11-09T00:00:00+00:00"}
    with db.writing():
        pair = [entry, entry | {"uid": "two"}]
        db.session.add(Publication(event_id=event.id, number=1, published_at=now(), snapshot=pair))
        db.session.add(Publication(event_id=event.id, number=2, published_at=now(), snapshot=pair))
    assert audit.broken() == [f"event {event.id}: publication 2 has a room twice"]


def test_a_letter_that_ended_without_a_time_is_named(day):
    message = db.session.query(Message).order_by(Message.id).first()
    with db.writing():
        message.status = "sent"
    assert audit.broken() == [f"message {message.id}: status and time of ending do not fit"]


def test_a_coordinator_of_another_company_is_named(day):
    other = a_company("남의회사")
    with db.writing():
        db.session.execute(
            update(Person).where(Person.id == day[1].coordinator_id).values(company_id=other.id)
        )
    assert audit.broken() == [f"invitation {day[1].id}: its coordinator is not of its company"]


def test_a_changed_journal_line_is_named(day):
    with db.writing():
        db.session.execute(update(JournalEntry).where(JournalEntry.id == 3).values(action="nothing"))
    assert audit.broken() == ["journal entry 3: the chain is broken here"]


def test_an_erased_detail_does_not_break_the_chain(day):
    with db.writing():
        db.session.execute(update(JournalEntry).values(detail=None))
    assert audit.broken() == []


def test_a_place_kept_from_those_who_wait_is_named(day):
    event, _invitation, first, _second = day
    with db.writing():
        run(event, 1).capacity = 1
    waiter = registrations.register(
        an_invitation(event), a_colleague(), event_session=run(event, 1), or_wait=True
    )
    journal.seal()
    assert audit.broken() == []
    with db.writing():
        run(event, 1).capacity = 2
    assert audit.broken() == [
        f"run 1 (id {first.event_session_id}): 1 places are free, yet party {parties.of(waiter).id} waits"
    ]
    with db.writing():
        db.session.execute(text("DELETE FROM party_member"))
    assert f"registration {waiter.id} is waitlisted, yet stands in no queue" in audit.broken()
    assert any(line.endswith("has no members") for line in audit.broken())
