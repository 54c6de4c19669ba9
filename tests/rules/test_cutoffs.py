"""A cut-off counts from the day after; an exception goes before it until its own day."""

import pytest
from cast import OH, a_registration, an_event, an_invitation, at, run

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.rules import change_requests, cutoffs
from eventapp.rules.cutoffs import NamesClosed

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


@pytest.fixture
def invitation():
    """Named until 25 October in run 1, until 1 November in run 2."""
    event = an_event()
    run(event, 1).names_due_on = at("2017-10-25 00:00").date()
    run(event, 2).names_due_on = at("2017-11-01 00:00").date()
    db.session.commit()
    return a_registration(an_invitation(event), OH).invitation


def closed(invitation, *numbers):
    return cutoffs.names_closed(invitation, *(run(invitation.event, number) for number in numbers))


def test_the_day_itself_still_counts(invitation):
    with standing_at(at("2017-10-25 23:59")):
        assert not closed(invitation, 1)
    with standing_at(at("2017-10-26 00:00")):
        assert (closed(invitation, 1), closed(invitation, 2), closed(invitation, 2, 1)) == (True, False, True)
        with pytest.raises(NamesClosed):
            cutoffs.require_names(invitation, run(invitation.event, 1))


def test_a_seat_without_a_run_and_a_run_without_a_day_are_open(invitation):
    with standing_at(at("2017-11-20 09:00")):
        assert not cutoffs.names_closed(invitation, None)
        assert not cutoffs.is_past(invitation, None)


def test_an_exception_goes_before_the_day_and_ends_with_its_own(invitation):
    with standing_at(at("2017-10-30 09:00")):
        change_requests.exempt(invitation, at("2017-10-31 00:00").date())
        assert not closed(invitation, 1)
        change_requests.exempt(invitation, None)
        assert closed(invitation, 1)
        change_requests.exempt(invitation, at("2017-10-31 00:00").date())
    with standing_at(at("2017-11-01 00:00")):
        assert closed(invitation, 1)
