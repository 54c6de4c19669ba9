"""What the solver is asked: who seeks a run, what was said, and only what is free beyond the queue."""

from __future__ import annotations

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, run

from eventapp.formats.split import Seeker
from eventapp.models.registration import Wish
from eventapp.rules import answers, registrations, seats, splits, waitlists

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_the_open_ones_seek_with_what_they_said_and_who_cannot_say_yet_does_not():
    event = an_event()
    invitation = an_invitation(event, seats_kept=4)
    placed, wishing, silent, later = (a_registration(invitation, number=one) for one in (1, None, None, None))
    answers.wish_run(wishing, Wish.RUN, event_session=run(event, 2))
    answers.wish_run(later, Wish.LATER)
    answers.wish_together(invitation, True)
    company, field = invitation.company_id, invitation.company.sector_id
    runs = (run(event, 1).id, run(event, 2).id)
    task = splits.task(event, {})
    assert task.seekers == (
        Seeker(wishing.id, company, field, runs, runs[1]),
        Seeker(silent.id, company, field, runs),
    )
    assert (task.free, task.held) == ({runs[0]: 42, runs[1]: 42}, {runs[0]: 1})
    assert (task.together, task.apart) == ({company}, frozenset())
    assert placed not in splits.undecided(event)


def test_what_is_set_by_hand_takes_its_place_first():
    event = an_event(capacity=(2, 2))
    invitation = an_invitation(event)
    first, second = a_registration(invitation, number=None), a_registration(invitation, number=None)
    here = run(event, 1).id
    task = splits.task(event, {first.id: here})
    assert [one.key for one in task.seekers] == [second.id]
    assert (task.free[here], task.held) == (1, {here: 1})


def test_nobody_who_waits_is_passed():
    """Two who stay together wait; the one place free is not on offer to the plan."""
    event = an_event(capacity=(1, 9))
    holder = a_registration(an_invitation(event))
    waiters = an_invitation(event)
    for _ in range(2):
        registrations.register(waiters, a_colleague(), event_session=run(event, 1), or_wait=True)
    waitlists.stay_together(waiters, run(event, 1), together=True)
    registrations.cancel(holder)
    assert seats.free(run(event, 1)) == 1
    assert splits.task(event, {}).free == {run(event, 1).id: 0, run(event, 2).id: 9}
