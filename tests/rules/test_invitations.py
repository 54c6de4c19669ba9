"""Invitations: sent once confirmed, handed over, given back, their links renewed and told apart."""

from __future__ import annotations

from datetime import date

import pytest
from cast import HAN, JUNG, OH, a_registration, an_event, an_invitation, attendee_of

from eventapp.errors import FactsUnconfirmed, InvitationClosed, StateRefused
from eventapp.formats import links
from eventapp.rules import answers, invitations, seats

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
KEY = b"0123456789abcdefghijklmnopqrstuvwxyz"


def test_nothing_is_sent_before_the_facts_are_confirmed():
    invitation = an_invitation(an_event(confirmed=False), sent=False)
    with pytest.raises(FactsUnconfirmed):
        invitations.send(invitation)
    assert (invitation.status, invitation.sent_at) == ("draft", None)


def test_a_token_opens_its_own_row_until_it_is_renewed():
    first, second = an_invitation(event := an_event()), an_invitation(event)
    token = invitations.token(first, KEY)
    assert invitations.by_token("coordinator", token, key=KEY) is first
    assert invitations.by_token("attendee", token, key=KEY) is None
    assert invitations.by_token("coordinator", token, key=KEY[::-1]) is None
    invitations.renew_link(first)
    assert invitations.by_token("coordinator", token, key=KEY) is None
    assert invitations.by_ended_token("coordinator", token, key=KEY) is first
    assert invitations.by_token("coordinator", invitations.token(first, KEY), key=KEY) is first
    assert invitations.by_ended_token("coordinator", invitations.token(second, KEY), key=KEY) is None


@pytest.mark.parametrize("row_id", [1, 2**31 - 1, 2**31, 2**32 - 1])
def test_a_forged_token_of_any_id_opens_nothing(row_id):
    an_invitation(an_event())
    token = links.make_token(KEY[::-1], "coordinator", id=row_id, generation=1)
    for purpose in ("coordinator", "attendee"):
        assert invitations.by_token(purpose, token, key=KEY) is None
        assert invitations.by_ended_token(purpose, token, key=KEY) is None
    assert invitations.by_feed_token(token, KEY) is None


def test_a_feed_token_opens_the_calendar_alone():
    attendee = attendee_of(a_registration(an_invitation(an_event())))
    token = invitations.feed_token(attendee, KEY)
    assert invitations.by_feed_token(token, KEY) is attendee
    assert invitations.by_token("attendee", token, key=KEY) is None
    assert invitations.by_feed_token(invitations.token(attendee, KEY), KEY) is None


def test_handing_over_ends_the_old_link_and_keeps_places():
    invitation = an_invitation(an_event())
    a_registration(invitation, OH)
    token = invitations.token(invitation, KEY)
    person = invitations.hand_over(invitation, JUNG)
    assert (invitation.coordinator_id, invitation.opened_at, seats.used(invitation)) == (person.id, None, 1)
    assert invitations.by_token("coordinator", token, key=KEY) is None


def test_a_known_colleague_becomes_coordinator_as_the_same_person():
    invitation = an_invitation(an_event())
    known = attendee_of(a_registration(invitation, OH)).person_id
    assert invitations.hand_over(invitation, OH).id == known


def test_keeping_open_ends_with_the_answer():
    invitation = an_invitation(an_event())
    invitations.keep_open(invitation, date(2017, 10, 20))
    assert invitation.kept_open_until == date(2017, 10, 20)
    answers.accept(invitation)
    assert invitation.kept_open_until is None


def test_a_declined_invitation_opens_again_only_by_the_host():
    invitation = an_invitation(an_event())
    invitations.decline(invitation, reason="출장")
    with pytest.raises(InvitationClosed):
        answers.accept(invitation)
    with pytest.raises(InvitationClosed):
        invitations.hand_over(invitation, HAN)
    invitations.revive(invitation)
    answers.accept(invitation)
    assert invitation.status == "accepted"


def test_a_draft_takes_no_answer():
    invitation = an_invitation(an_event(), sent=False)
    for answer in (answers.accept, invitations.decline):
        with pytest.raises(InvitationClosed):
            answer(invitation)
    with pytest.raises(StateRefused):
        invitations.revive(invitation)
