"""Quiet hours: what can wait leaves in the morning, what was asked for at once."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from cast import SEOUL, a_colleague, a_registration, an_event, an_invitation, attendee_of, run
from hypothesis import assume, given
from hypothesis import strategies as some

from eventapp.clock import standing_at
from eventapp.models.event import Event
from eventapp.models.message import Purpose
from eventapp.postman import deliver_once
from eventapp.rules import events, invitations, messages, quiet_hours, registrations, seats
from eventapp.rules.quiet_hours import HalfQuiet

pytestmark = pytest.mark.usefixtures("in_app", "clock")


def at(hour: int, minute: int = 0, *, day: int = 16) -> datetime:
    return datetime(2017, 10, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(8, day=17)),
        (at(23, 30), at(8, day=17)),
        (at(0, 5, day=17), at(8, day=17)),
        (at(7, 59), at(8)),
        (at(8), at(8)),
    ],
)
def test_over_midnight(moment: datetime, leaves: datetime):
    assert quiet_hours.heeded(an_event(), moment) == leaves


def test_inside_one_day_and_switched_off():
    event = an_event()
    quiet_hours.set_hours(event, begin=time(12), end=time(13, 30))
    assert [quiet_hours.heeded(event, at(hour)) for hour in (11, 12, 22)] == [at(11), at(13, 30), at(22)]
    quiet_hours.set_hours(event, begin=None, end=None)
    assert quiet_hours.heeded(event, at(12)) == at(12)


@given(some.times(), some.times(), some.integers(0, 48 * 60))
def test_never_earlier_never_a_day_later_never_inside(begin: time, end: time, minutes: int):
    begin, end = (hour.replace(second=0, microsecond=0) for hour in (begin, end))
    assume(begin != end)
    event = Event(time_zone="Asia/Seoul", quiet_from=begin, quiet_until=end)
    moment = at(0) + timedelta(minutes=minutes)
    leaves = quiet_hours.heeded(event, moment)
    assert moment <= leaves <= moment + timedelta(days=1)
    assert quiet_hours.heeded(event, leaves) == leaves


@pytest.mark.parametrize(("begin", "end"), [(time(21), None), (None, time(8)), (time(9), time(9))])
def test_half_a_span_is_refused(begin: time | None, end: time | None):
    event = an_event()
    with pytest.raises(HalfQuiet):
        quiet_hours.set_hours(event, begin=begin, end=end)
    assert (event.quiet_from, event.quiet_until) == (time(21), time(8))


def test_a_place_that_became_free_at_night_is_told_in_the_morning():
    event = an_event()
    first = a_registration(an_invitation(event))
    events.change_run(run(event, 1), capacity=1)
    waits = registrations.register(
        an_invitation(event), a_colleague(), event_session=run(event, 1), or_wait=True
    )
    with standing_at(at(22)):
        registrations.cancel(first)
    assert due_at(Purpose.PROMOTED, attendee_of(waits).id) == at(8, day=17)


def test_an_invitation_waits_for_the_morning_a_link_asked_for_comes_at_once():
    event = an_event()
    sent, asked = (an_invitation(event, sent=False) for _ in range(2))
    with standing_at(at(22)):
        invitations.send(sent)
    invitations.send(asked)
    with standing_at(at(23)):
        invitations.send_links_again(asked.coordinator.email)
    assert due_at(Purpose.INVITATION, sent.id) == at(8, day=17)
    assert due_at(Purpose.INVITATION, asked.id) == at(23)


def due_at(purpose: Purpose, subject_id: int) -> datetime | None:
    message = messages.last_for(purpose, subject_id)
    return message and message.due_at


def test_a_late_letter_that_can_wait_is_not_brought_at_night():
    event = an_event()
    first = a_registration(an_invitation(event))
    seats.set_capacity(run(event, 1), 1)
    waits = registrations.register(
        an_invitation(event), a_colleague(), event_session=run(event, 1), or_wait=True
    )
    registrations.cancel(first)
    with standing_at(at(23)):
        deliver_once()
    message = messages.last_for(Purpose.PROMOTED, attendee_of(waits).id)
    assert message is not None
    assert (message.status, message.due_at) == ("queued", at(8, day=17))
    with standing_at(at(8, day=17)):
        deliver_once()
    assert message.status == "sent"
