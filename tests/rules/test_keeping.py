"""Keeping: what a consent text says about how long is what the clean-up does, and organizers see it before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from canary import CANARY, TRACES, found_in_files, found_in_tables, lived
from cast import a_registration, an_event, an_invitation, at, attendee_of
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.consent import ConsentPurpose
from eventapp.models.journal import JournalEntry
from eventapp.models.person import Person
from eventapp.models.registration import Diet
from eventapp.reports import audit
from eventapp.reports import keeping as report
from eventapp.reports.keeping import Ending
from eventapp.rules import attendees, consents, events, invitations, journal, keeping, registrations

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
NEEDED, DIET, CONTACT, PHOTOS = ConsentPurpose
LAST = date(2017, 11, 17)  # of the second run


@pytest.fixture
def event():
    event = an_event()
    consents.publish_proposed(event)
    return event


@pytest.fixture
def attendee(event):
    """한결 eats halal food; their coordinator answered nothing."""
    attendee = attendee_of(a_registration(an_invitation(event)))
    attendees.confirm(attendee, diet=Diet.HALAL)
    return attendee


def after(days, hour="12:00"):
    """The clock stands so many days after the last day, in Seoul."""
    return standing_at(at(f"{LAST + timedelta(days=days)} {hour}"))


def say(attendee, purpose, *, agreed):
    event = attendee.registration.invitation.event
    text = next(one for one in consents.in_force(event) if one.purpose == purpose)
    consents.answer(attendee.person, event, given={text.id: agreed})


def living():
    return db.session.scalars(select(Person.id).where(Person.erased_at.is_(None)).order_by(Person.id)).all()


def told():
    rows = select(JournalEntry.detail).where(JournalEntry.action == "kept no longer")
    return db.session.scalars(rows.order_by(JournalEntry.id)).all()


def test_nothing_goes_a_day_early_and_each_kind_goes_on_its_own_day(event, attendee):
    person, before = attendee.person, living()
    ends = [Ending(LAST + timedelta(days=30), "meals", 1), Ending(LAST + timedelta(days=365), "people", 2)]
    assert report.ends(event) == ends
    with after(30, "23:59"):
        assert (keeping.carry_out_due(), attendee.diet) == (0, "halal")
    with after(31, "00:01"):
        assert (keeping.carry_out_due(), attendee.diet) == (1, "")
        assert keeping.carry_out_due() == 0
    assert report.ends(event) == ends[1:]
    with after(365, "23:59"):
        assert (keeping.carry_out_due(), living()) == (0, before)
    with after(366, "00:01"):
        assert (keeping.carry_out_due(), living(), person.name) == (2, [], "–")
        assert keeping.carry_out_due() == 0
    assert told() == [{"kind": "meals", "count": 1}, {"kind": "people", "count": 2}]
    assert (attendee.registration.status, report.ends(event)) == ("registered", [])
    journal.seal()
    assert audit.broken() == []


def test_afterwards_nothing_is_left_in_any_table_or_byte(event):
    registration = lived(an_invitation(event, seats_kept=4))
    meals = ("캐슈넛알레르기", "마카다미아")
    with after(31):
        keeping.carry_out_due()
    assert [line for line in found_in_tables() if line.endswith(meals)] == []
    assert attendee_of(registration).person.name == CANARY.name
    with after(366):
        keeping.carry_out_due()
    assert (found_in_tables(), found_in_files()) == ([], [])
    assert len(TRACES) > len(meals)


def test_the_version_somebody_agreed_to_is_the_one_that_is_obeyed(event, attendee):
    say(attendee, NEEDED, agreed=True)
    longer = replace(consents.proposed(event, NEEDED), keep_days=730)
    assert consents.publish(event, NEEDED, words=longer).period_ko.startswith("행사가 끝난 날부터 2년.")
    coordinator = attendee.registration.invitation.coordinator_id
    first, last = LAST + timedelta(days=365), LAST + timedelta(days=730)
    assert keeping.of(event) == {attendee.person_id: first, coordinator: last}
    with after(366):
        assert (keeping.carry_out_due(), living()) == (1, [coordinator])
    with after(731):
        assert (keeping.carry_out_due(), living()) == (1, [])


def test_who_comes_again_is_kept_but_not_what_they_told_that_year(event, attendee):
    invitation, person = attendee.registration.invitation, attendee.person
    nxt = events.create("2018", year=2018, name_ko="다음", name_en="Next", host_ko="카카오", host_en="Kakao")
    events.add_run(nxt, number=1, starts_on=date(2018, 11, 8), ends_on=date(2018, 11, 9), capacity=9)
    consents.publish_proposed(nxt)
    invitations.invite(nxt, invitation.company, coordinator=person, seats_kept=1)
    with after(366):
        assert keeping.carry_out_due() == 3  # the coordinator of that year, a table and a place
        assert keeping.carry_out_due() == 0
    assert (living(), person.erased_at, attendee.generation) == ([person.id], None, 2)
    assert attendee.forgotten_at is not None


def test_a_no_to_what_is_needed_ends_it_soon_but_throws_nobody_out(event, attendee):
    invitation = attendee.registration.invitation
    say(attendee, NEEDED, agreed=True)
    say(attendee, NEEDED, agreed=False)
    assert keeping.refused(event) == {attendee.person_id: LAST}
    with standing_at(at("2017-10-18 12:00")):
        attendees_left(invitation)
        assert keeping.refused(event) == {attendee.person_id: date(2017, 10, 19)}
        assert keeping.carry_out_due() == 0
    with standing_at(at("2017-10-20 00:01")):
        assert (keeping.carry_out_due(), living()) == (1, [invitation.coordinator_id])


def attendees_left(invitation):
    for registration in registrations.live(invitation):
        registrations.cancel(registration)


def test_the_audit_says_when_nobody_cleaned_up(attendee):
    journal.seal()
    with after(367):
        assert audit.broken() == []
    with after(368):
        assert audit.broken() == [
            "2 people are kept past their last day, since 2018-11-17: is the postman at work?"
        ]
        keeping.carry_out_due()
        journal.seal()
        assert audit.broken() == []


def test_who_changes_their_mind_in_time_is_kept(event, attendee):
    say(attendee, NEEDED, agreed=False)
    say(attendee, NEEDED, agreed=True)
    assert keeping.refused(event) == {}


def test_a_text_that_names_no_days_erases_nobody(event, attendee):
    with db.writing():
        for text in consents.in_force(event):
            text.keep_days = None
    assert report.ends(event) == []
    with after(3000):
        assert keeping.carry_out_due() == 0


def test_the_days_have_to_stand_in_both_texts(event):
    words = consents.proposed(event, DIET)
    for name in ("period_ko", "period_en"):
        with pytest.raises(consents.PeriodUnsaid) as refusal:
            consents.publish(event, DIET, words=replace(words, keep_days=9, **{name: "30"}))
        assert refusal.value.field == name
    made = consents.publish(event, DIET, words=replace(words, keep_days=9))
    assert (made.period_ko, made.period_en) == ("행사가 끝난 날부터 9일", "9 days from the last day")


def test_an_event_that_was_never_held_keeps_its_people(event, attendee):
    empty = events.create(
        "2019", year=2019, name_ko="다음", name_en="Next", host_ko="카카오", host_en="Kakao"
    )
    consents.publish_proposed(empty)
    invitations.invite(
        empty, attendee.registration.invitation.company, coordinator=attendee.person, seats_kept=1
    )
    assert keeping.people()[attendee.person_id] == keeping.ENDLESS
