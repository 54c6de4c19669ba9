"""Journey, room and table: saved as said, each until its cut-off; what is the seat's stays when somebody else comes."""

from dataclasses import replace

import pytest
from cast import OH, a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run
from doorway import a_checkpoint_of

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.registration import Attendee, Diet, Registration, Room
from eventapp.reports import rosters
from eventapp.rules import attendees, registrations, travel
from eventapp.rules.travel import BackBeforeThere, MealsClosed, NotThatDay, Plans, TravelClosed

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
PLANS = Plans(
    arrives_at=at("2017-11-09 08:20"),
    departs_at=at("2017-11-10 17:10"),
    flight_in="KE1203",
    shuttle_in=True,
    room=Room.TWIN,
    room_with="정도현 대리",
    allergy="땅콩",
    on_call=True,
)
AFTER_THE_CUT_OFF = at("2017-11-05 09:00")


@pytest.fixture
def registration() -> Registration:
    """In run 1, whose rooms and meals are ordered on 3 November."""
    event = an_event()
    first = run(event, 1)
    first.travel_due_on = first.meals_due_on = at("2017-11-03 00:00").date()
    db.session.commit()
    return a_registration(an_invitation(event), OH)


def said_by(attendee: Attendee) -> Plans:
    seat = {name: getattr(attendee.registration, name) for name in travel.OF_THE_SEAT}
    own = {name: getattr(attendee, name) for name in vars(PLANS) if name not in seat}
    return Plans(**seat, **own)


def test_what_is_said_is_kept_and_may_change(registration):
    attendee = attendee_of(registration)
    travel.save(attendee, PLANS)
    assert said_by(attendee) == PLANS
    travel.save(attendee, replace(PLANS, room=Room.SINGLE, departs_at=None))
    assert said_by(attendee) == replace(PLANS, room=Room.SINGLE, departs_at=None)


def test_the_doors_list_hears_who_takes_the_bus_now(registration):
    """Or a phone at the bus would go on with who asked for it this morning."""
    first = registration.event_session
    bus = a_checkpoint_of(first, Kind.SHUTTLE_IN)
    version = first.roster_version
    travel.save(attendee_of(registration), PLANS)
    told = rosters.changes(bus, version)["attendees"]
    assert [(one["id"], "why_not" in one) for one in told] == [(attendee_of(registration).id, False)]


def test_a_colleague_instead_keeps_room_and_bus_and_is_asked_the_rest_again(registration):
    travel.save(attendee_of(registration), PLANS)
    after = registrations.substitute(registration, a_colleague())
    kept = Plans(room=Room.TWIN, room_with="정도현 대리", shuttle_in=True)
    assert said_by(after) == kept


def test_another_run_forgets_the_times(registration):
    travel.save(attendee_of(registration), PLANS)
    registrations.move(registration, run(registration.invitation.event, 2))
    assert said_by(attendee_of(registration)) == replace(PLANS, arrives_at=None, departs_at=None)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"arrives_at": at("2017-11-07 23:59")}, NotThatDay, "arrives_at"),
        ({"departs_at": at("2017-11-13 00:00")}, NotThatDay, "departs_at"),
        ({"departs_at": at("2017-11-09 08:20")}, BackBeforeThere, "departs_at"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_kept(registration, changes, refusal, field):
    attendee = attendee_of(registration)
    with pytest.raises(refusal) as refused:
        travel.save(attendee, replace(PLANS, **changes))
    assert (refused.value.field, said_by(attendee)) == (field, Plans())


def test_the_day_before_and_after_belong_to_the_journey(registration):
    early = {"arrives_at": at("2017-11-08 00:00"), "departs_at": at("2017-11-12 23:59")}
    travel.save(attendee_of(registration), replace(PLANS, **early))
    assert said_by(attendee_of(registration)).arrives_at == early["arrives_at"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"room": Room.SINGLE}, TravelClosed),
        ({"shuttle_out": True}, TravelClosed),
        ({"flight_out": "KE1204"}, TravelClosed),
        ({"allergy": "우유"}, MealsClosed),
    ],
)
def test_what_is_ordered_stays_and_the_rest_may_still_change(registration, changes, refusal):
    attendee = attendee_of(registration)
    travel.save(attendee, PLANS)
    with standing_at(AFTER_THE_CUT_OFF):
        with pytest.raises(refusal):
            travel.save(attendee, replace(PLANS, **changes))
        travel.save(attendee, replace(PLANS, on_call=False))
    assert said_by(attendee) == replace(PLANS, on_call=False)


def test_the_last_day_still_counts(registration):
    with standing_at(at("2017-11-03 23:59")):
        travel.save(attendee_of(registration), PLANS)
    assert said_by(attendee_of(registration)) == PLANS


def test_a_diet_is_no_longer_changed_once_meals_are_ordered(registration):
    attendee = attendee_of(registration)
    attendees.confirm(attendee, diet=Diet.VEGAN)
    with standing_at(AFTER_THE_CUT_OFF):
        attendees.confirm(attendee, diet=Diet.VEGAN)
        with pytest.raises(MealsClosed):
            attendees.confirm(attendee, diet=Diet.HALAL)
    assert attendee.diet == "vegan"


def test_who_has_no_place_or_has_left_says_nothing(registration):
    undecided = a_registration(registration.invitation, a_colleague(), number=None)
    with pytest.raises(Stale):
        travel.save(attendee_of(undecided), PLANS)
    attendee = attendee_of(registration)
    registrations.cancel(registration)
    with pytest.raises(Stale):
        travel.save(attendee, PLANS)
