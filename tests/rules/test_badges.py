"""One valid badge an attendee; a code that ended stays known and says why."""

import pytest
from cast import a_registration, an_event, an_invitation, attendee_of, badge_of
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from eventapp.db import db
from eventapp.formats import codes
from eventapp.models.badge import Badge, Because
from eventapp.models.journal import JournalEntry
from eventapp.rules import badges

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_a_new_badge_ends_the_one_before_it():
    registration = a_registration(an_invitation(an_event()))
    attendee, old = attendee_of(registration), badge_of(registration)
    with db.writing():
        new = badges.issue(attendee)
    assert (old.revoked_because, new.revoked_at, badges.valid(attendee)) == (Because.REPLACED, None, new)
    assert codes.normalise(new.code) == new.code


def test_a_lost_badge_is_revoked_once_with_its_first_reason():
    registration = a_registration(an_invitation(an_event()))
    badge = badge_of(registration)
    with db.writing():
        badges.revoke(badge, because=Because.LOST)
        badges.revoke(badge, because=Because.CANCELLED)
    assert badge.revoked_because == Because.LOST
    assert badges.valid(attendee_of(registration)) is None
    assert badges.last(attendee_of(registration)) is badge
    noted = select(func.count()).where(JournalEntry.action == "badge revoked")
    assert db.session.scalar(noted) == 1


def test_an_ended_code_is_still_found_and_an_unknown_one_is_not():
    badge = badge_of(a_registration(an_invitation(an_event())))
    with db.writing():
        badges.revoke(badge, because=Because.LOST)
    assert badges.by_code(badge.code) is badge
    assert badges.by_code("0123456789C") is None


def test_the_table_holds_one_valid_badge_an_attendee():
    attendee = attendee_of(a_registration(an_invitation(an_event())))
    second = Badge(attendee_id=attendee.id, code=codes.new_code(), issued_at=attendee.started_at)
    with pytest.raises(IntegrityError), db.writing():
        db.session.add(second)
