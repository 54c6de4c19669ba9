"""Late wishes: what may change is kept, the rest is asked for, and the answer reaches the one who asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cast import OH, a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run

from eventapp.db import db
from eventapp.errors import Stale
from eventapp.letters import letter_for
from eventapp.letters.words import Withdrawn
from eventapp.models.consent import ConsentPurpose
from eventapp.models.message import Purpose
from eventapp.models.registration import Attendee, Diet, Room
from eventapp.rules import (
    attendees,
    change_requests,
    consents,
    late_wishes,
    messages,
    registrations,
    seats,
    travel,
    waitlists,
)
from eventapp.rules.change_requests import NoReason
from eventapp.rules.travel import BackBeforeThere, Plans

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
PLANS = Plans(arrives_at=at("2017-11-09 08:20"), flight_in="KE1203", shuttle_in=True, allergy="땅콩")
LATER = replace(PLANS, arrives_at=at("2017-11-09 11:40"), flight_in="OZ8901", allergy="우유", on_call=True)


@pytest.fixture
def attendee() -> Attendee:
    """In run 1; rooms, buses and meals were ordered on 15 October, the day before."""
    event = an_event()
    found = attendee_of(a_registration(an_invitation(event), OH))
    attendees.confirm(found)
    travel.save(found, PLANS)
    first = run(event, 1)
    first.travel_due_on = first.meals_due_on = at("2017-10-15 00:00").date()
    db.session.commit()
    return found


def asked(attendee: Attendee) -> dict[str, dict[str, object]]:
    return {one.kind: travel.read(one.wanted) for one in change_requests.own_standing(attendee)}


def test_what_is_open_is_kept_and_the_rest_asked_for(attendee: Attendee):
    late_wishes.save(attendee, LATER, reason="회의가 길어졌습니다.")
    assert travel.now_kept(attendee) == replace(PLANS, on_call=True)
    assert asked(attendee) == {
        "travel": {"arrives_at": at("2017-11-09 11:40"), "flight_in": "OZ8901"},
        "meals": {"allergy": "우유"},
    }


def test_a_yes_does_it_and_the_answer_is_one_letter_to_the_attendee(attendee: Attendee):
    for request in late_wishes.save(attendee, LATER, reason="회의가 길어졌습니다."):
        change_requests.approve(request)
        change_requests.approve(request)
    assert travel.now_kept(attendee) == LATER
    message = messages.last_for(Purpose.OWN_ANSWER, attendee.id)
    text = letter_for(message).get_body(("plain",)).get_content()
    assert (message.person_id, text.count("바꾸어 드렸습니다")) == (attendee.person_id, 2)
    assert messages.last_for(Purpose.ANSWER, attendee.registration.invitation_id) is None


def test_a_no_leaves_everything_and_says_why(attendee: Attendee):
    (request,) = late_wishes.save(attendee, replace(PLANS, room=Room.SINGLE), reason="코를 곱니다.")
    change_requests.refuse(request, word="방이 다 찼습니다.")
    assert travel.now_kept(attendee) == PLANS
    text = letter_for(messages.last_for(Purpose.OWN_ANSWER, attendee.id)).get_body(("plain",)).get_content()
    assert "방이 다 찼습니다." in text


def test_without_a_word_why_nothing_is_kept(attendee: Attendee):
    with pytest.raises(NoReason):
        late_wishes.save(attendee, LATER)
    assert (travel.now_kept(attendee), asked(attendee)) == (PLANS, {})


def test_a_journey_that_cannot_be_is_refused_before_it_is_asked_for(attendee: Attendee):
    with pytest.raises(BackBeforeThere):
        late_wishes.save(attendee, replace(PLANS, departs_at=at("2017-11-09 06:00")), reason="급합니다.")
    assert asked(attendee) == {}


def test_asked_twice_is_one_request_with_the_newest_wish(attendee: Attendee):
    late_wishes.save(attendee, replace(PLANS, flight_in="OZ8901"), reason="하나")
    late_wishes.save(attendee, replace(PLANS, flight_in="LJ301", shuttle_in=False), reason="둘")
    (request,) = change_requests.own_standing(attendee)
    assert (request.reason, asked(attendee)) == (
        "둘",
        {"travel": {"flight_in": "LJ301", "shuttle_in": False}},
    )


def test_nothing_late_asks_for_nothing(attendee: Attendee):
    assert late_wishes.save(attendee, replace(PLANS, on_call=True)) == []
    attendee.registration.invitation.changes_until = at("2017-10-20 00:00").date()
    db.session.commit()
    assert late_wishes.save(attendee, LATER) == []
    assert travel.now_kept(attendee) == LATER


def test_diet_is_asked_for_and_the_confirmation_counts(attendee: Attendee):
    fresh = registrations.substitute(attendee.registration, a_colleague(), late=True)
    (request,) = late_wishes.confirm(fresh, diet=Diet.VEGAN, reason="채식합니다.")
    assert (fresh.diet, fresh.confirmed_at is not None) == (Diet.ANY, True)
    change_requests.approve(request)
    assert fresh.diet == Diet.VEGAN


def test_taken_back_or_with_another_person_it_is_over(attendee: Attendee):
    (request,) = late_wishes.save(attendee, replace(PLANS, flight_in="OZ8901"), reason="하나")
    late_wishes.withdraw(attendee)
    late_wishes.withdraw(attendee)
    assert (request.status, asked(attendee)) == ("withdrawn", {})
    (again,) = late_wishes.save(attendee, replace(PLANS, flight_in="OZ8901"), reason="하나")
    registrations.substitute(attendee.registration, a_colleague(), late=True)
    with pytest.raises(Stale):
        change_requests.approve(again)
    change_requests.refuse(again)
    with pytest.raises(Withdrawn):
        letter_for(messages.last_for(Purpose.OWN_ANSWER, attendee.id))


def test_the_companys_own_list_does_not_show_it(attendee: Attendee):
    late_wishes.save(attendee, LATER, reason="회의가 길어졌습니다.")
    invitation = attendee.registration.invitation
    assert change_requests.standing(invitation) == []
    assert [one.kind for one in change_requests.of_event(invitation.event)] == ["travel", "meals"]


def test_a_meal_is_granted_also_to_who_waits_for_no_run_any_more():
    event = an_event()
    full = run(event, 1)
    full.meals_due_on = at("2017-10-15 00:00").date()
    db.session.commit()
    seats.set_capacity(full, 0)
    waits = registrations.register(an_invitation(event), OH, event_session=full, or_wait=True)
    (request,) = late_wishes.confirm(attendee_of(waits), diet=Diet.HALAL, reason="종교")
    waitlists.leave(waits)
    change_requests.approve(request)
    assert (waits.status, attendee_of(waits).diet, request.status) == ("undecided", "halal", "approved")


def test_a_no_to_the_consent_about_meals_ends_what_was_asked_about_them(attendee: Attendee):
    event = attendee.registration.invitation.event
    (request,) = late_wishes.save(attendee, replace(PLANS, allergy="우유"), reason="우유를 못 마십니다.")
    consents.publish_proposed(event)
    diet = next(
        one
        for one in consents.asked_of(attendee.person, event)
        if one.purpose == ConsentPurpose.SENSITIVE_DIET
    )
    consents.answer(attendee.person, event, given={diet.id: False})
    assert (request.status, request.wanted, request.reason) == ("withdrawn", {}, "")
    assert (attendee.allergy, change_requests.own_standing(attendee)) == ("", [])
