"""An event is stated, confirmed, opened; letters wait for the confirmation."""

from datetime import date

import pytest
from cast import an_event, an_invitation, an_organizer, run

from eventapp.errors import FactsUnconfirmed, StateRefused
from eventapp.models.states import EventStatus
from eventapp.rules import events, invitations, seats
from eventapp.rules.events import DaysOutOfOrder, FactsMissing, SlugTaken

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_confirming_the_facts_opens_a_draft_and_remembers_who():
    event, staff = an_event(confirmed=False), an_organizer()
    assert event.status == EventStatus.DRAFT
    events.confirm_facts(event, staff)
    assert (event.status, event.facts_confirmed_by_id) == ("open", staff.id)


@pytest.mark.parametrize("missing", ["place_ko", "sender_name", "sender_email", "reply_phone"])
def test_facts_that_letters_state_must_be_there_to_be_confirmed(missing):
    event = an_event(confirmed=False)
    events.state_facts(event, **{missing: ""})
    with pytest.raises(FactsMissing):
        events.confirm_facts(event)
    assert event.facts_confirmed_at is None


def test_an_event_without_runs_cannot_be_confirmed():
    event = events.create(
        "2018",
        year=2018,
        name_ko="날",
        name_en="Day",
        host_ko="카카오",
        host_en="Kakao",
        place_ko="제주",
        sender_name="팀",
        sender_email="a@host.example",
        reply_phone="+821000002009",
    )
    with pytest.raises(FactsMissing):
        events.confirm_facts(event)


@pytest.mark.parametrize(
    ("fact", "stays"),
    [("reply_phone", False), ("sender_email", False), ("place_ko", False), ("about_ko", True)],
)
def test_changing_what_letters_state_asks_for_another_confirmation(fact, stays):
    event = an_event()
    events.state_facts(event, **{fact: "+821000009999" if fact == "reply_phone" else "other"})
    assert (event.facts_confirmed_at is not None) == stays


def test_other_days_ask_for_another_confirmation_and_nothing_is_sent_meanwhile():
    event = an_event()
    invitation = an_invitation(event, sent=False)
    events.change_run(run(event, 1), starts_on=date(2017, 11, 8))
    with pytest.raises(FactsUnconfirmed):
        invitations.send(invitation)
    events.confirm_facts(event)
    assert invitations.send(invitation)


def test_a_run_does_not_end_before_it_begins():
    event = an_event()
    with pytest.raises(DaysOutOfOrder):
        events.add_run(event, number=3, starts_on=date(2017, 12, 2), ends_on=date(2017, 12, 1), capacity=5)
    with pytest.raises(DaysOutOfOrder):
        events.change_run(run(event, 1), ends_on=date(2017, 11, 1))
    assert [one.ends_on for one in seats.runs(event)] == [date(2017, 11, 10), date(2017, 11, 17)]


def test_an_address_belongs_to_one_event():
    an_event()
    with pytest.raises(SlugTaken):
        events.create("2017", year=2017, name_ko="또", name_en="Again", host_ko="카카오", host_en="Kakao")


def test_only_allowed_moves_are_made():
    event = an_event(confirmed=False)
    with pytest.raises(StateRefused):
        events.set_status(event, EventStatus.ARCHIVED)
    events.confirm_facts(event)
    events.set_status(event, EventStatus.CLOSED)
    events.set_status(event, EventStatus.OPEN)
    assert event.status == "open"


def test_unknown_facts_are_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        events.state_facts(an_event(), slug="other")


def test_the_current_event_is_the_newest_open_one():
    assert events.current() is None
    event = an_event()
    events.create("2018", year=2018, name_ko="날", name_en="Day", host_ko="카카오", host_en="Kakao")
    assert events.current() == event
    assert events.by_slug("2018") is not None
