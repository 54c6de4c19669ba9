"""Until when a company may answer, and what stays open afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from cast import an_event, an_invitation, at

from eventapp.clock import standing_at
from eventapp.errors import InvitationClosed, TooLate
from eventapp.models.states import EventStatus
from eventapp.rules import answers, events

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
LAST_DAY = date(2017, 10, 25)


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [("2017-10-25 23:59", True), ("2017-10-26 00:00", False), ("2017-10-24 00:00", True)],
)
def test_an_answer_is_open_to_the_end_of_its_last_day_in_seoul(moment, open_now):
    invitation = an_invitation(an_event(), expires_on=LAST_DAY)
    with standing_at(at(moment)):
        assert answers.is_open(invitation) is open_now


def test_a_yes_stays_open_for_changes_but_not_for_names():
    invitation = an_invitation(an_event(), expires_on=LAST_DAY)
    answers.accept(invitation)
    with standing_at(at("2017-11-09 06:00")):
        answers.require_open(invitation)
        with pytest.raises(TooLate):
            answers.require_naming(invitation)


def test_yes_twice_is_one_answer():
    invitation = an_invitation(an_event())
    answers.accept(invitation)
    first = invitation.answered_at
    with standing_at(at("2017-10-17 10:00")):
        answers.accept(invitation)
    assert (invitation.status, invitation.answered_at) == ("accepted", first)


def test_a_closed_event_takes_no_answer():
    event = an_event()
    invitation = an_invitation(event)
    events.set_status(event, EventStatus.CLOSED)
    for answer in (answers.accept, lambda one: answers.wish_one_on_duty(one, True)):
        with pytest.raises(InvitationClosed):
            answer(invitation)
