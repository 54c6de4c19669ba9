"""Consents: each version by itself, the newest answer counts, none is written over, a new version asks again."""

import threading
from dataclasses import asdict, replace

import pytest
from cast import HAN, a_registration, an_event, an_invitation, at, attendee_of, run
from flask import Flask
from sqlalchemy import func, select, update

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.consent import Consent, ConsentPurpose, ConsentText
from eventapp.models.event import Event
from eventapp.models.person import Person
from eventapp.models.printout import Kind, Way
from eventapp.models.registration import Diet
from eventapp.models.roster import RosterMark
from eventapp.reports import audit, company_seats, open_consents, registrations, run_lists
from eventapp.reports.open_consents import Count
from eventapp.rules import attendees, consents, journal, printouts
from eventapp.rules.consents import NothingNew, TextReplaced

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
NEEDED, DIET, CONTACT, PHOTOS = ConsentPurpose


@pytest.fixture
def event():
    event = an_event()
    consents.publish_proposed(event)
    return event


@pytest.fixture
def attendee(event):
    return attendee_of(a_registration(an_invitation(event)))


def text_of(event, purpose):
    return next(text for text in consents.in_force(event) if text.purpose == purpose)


def purposes(texts):
    return [text.purpose for text in texts]


def say(attendee, **said):
    """say(attendee, photographs=True): by the purposes' names."""
    event = attendee.registration.invitation.event
    given = {text_of(event, name.replace("_", "-")).id: agreed for name, agreed in said.items()}
    consents.answer(attendee.person, event, given=given)


def kept(person):
    rows = select(Consent.agreed, Consent.pressed_by).where(Consent.person_id == person.id)
    return [tuple(row) for row in db.session.execute(rows.order_by(Consent.id))]


def test_the_proposed_texts_come_once_with_the_hosts_name(event):
    consents.publish_proposed(event)
    texts = consents.in_force(event)
    assert purposes(texts) == [NEEDED, DIET, CONTACT, PHOTOS]
    assert [(text.version, text.required) for text in texts] == [(1, True), (1, True), (1, False), (1, False)]
    assert texts[3].uses_ko == "행사 기록, 카카오가 전하는 소식과 블로그"
    assert texts[3].uses_en == "The record of the day, news and the blog of Kakao"


def test_who_is_asked_for_what(event, attendee):
    coordinator = attendee.registration.invitation.coordinator
    assert purposes(consents.asked_of(coordinator, event)) == [NEEDED]
    assert purposes(consents.asked_of(attendee.person, event)) == [NEEDED, CONTACT, PHOTOS]
    attendees.confirm(attendee, diet=Diet.HALAL)
    assert purposes(consents.asked_of(attendee.person, event)) == [NEEDED, DIET, CONTACT, PHOTOS]
    assert purposes(consents.left_for(attendee.person, event)) == [NEEDED, DIET]


def test_every_press_is_kept_and_the_newest_counts(event, attendee):
    journal.acting_as(f"attendee {attendee.id}")
    say(attendee, personal_data=True, photographs=True)
    say(attendee, photographs=True)
    say(attendee, photographs=False)
    pressed_by = f"attendee {attendee.id}"
    assert kept(attendee.person) == [(True, pressed_by), (True, pressed_by), (False, pressed_by)]
    assert consents.said_by(attendee.person, event) == {
        text_of(event, NEEDED).id: True,
        text_of(event, PHOTOS).id: False,
    }
    assert consents.left_for(attendee.person, event) == []


def test_a_needed_one_that_was_refused_is_still_left_and_the_place_stays(event, attendee):
    say(attendee, personal_data=False, photographs=False)
    assert purposes(consents.left_for(attendee.person, event)) == [NEEDED]
    assert attendee.registration.status == "registered"
    say(attendee, personal_data=True)
    assert consents.left_for(attendee.person, event) == []


def test_a_new_version_asks_again_and_the_old_one_stays_as_it_was(event, attendee):
    say(attendee, personal_data=True)
    old = text_of(event, NEEDED)
    before = {column.name: getattr(old, column.name) for column in ConsentText.__table__.columns}
    words = replace(consents.proposed(event, NEEDED), keep_days=730)
    new = consents.publish(event, NEEDED, words=words)
    assert (new.version, text_of(event, NEEDED)) == (2, new)
    assert {name: getattr(db.session.get(ConsentText, old.id), name) for name in before} == before
    assert purposes(consents.left_for(attendee.person, event)) == [NEEDED]
    assert consents.asked_again(attendee.person, event) == {NEEDED}
    with pytest.raises(TextReplaced):
        consents.answer(attendee.person, event, given={old.id: True, text_of(event, PHOTOS).id: True})
    assert consents.said_by(attendee.person, event) == {old.id: True}
    say(attendee, personal_data=True)
    assert consents.asked_again(attendee.person, event) == set()
    assert [one.version for one in consents.versions(event, NEEDED)] == [2, 1]


def test_the_same_words_ask_nobody_again(event):
    with pytest.raises(NothingNew):
        consents.publish(event, PHOTOS, words=consents.proposed(event, PHOTOS))
    assert text_of(event, PHOTOS).version == 1


def test_a_no_about_meals_erases_them_and_the_door_learns_of_it(event, attendee):
    attendees.confirm(attendee, diet=Diet.VEGAN)
    with db.writing():
        attendee.allergy = "땅콩"
    version = run(event, 1).roster_version
    with standing_at(at("2017-11-08 23:00")):
        say(attendee, sensitive_diet=False)
    assert (attendee.diet, attendee.allergy) == ("", "")
    marks = select(RosterMark.version).where(RosterMark.attendee_id == attendee.id)
    assert max(db.session.scalars(marks)) > version
    assert purposes(consents.asked_of(attendee.person, event)) == [NEEDED, CONTACT, PHOTOS]
    attendees.confirm(attendee, diet=Diet.VEGAN)
    assert purposes(consents.left_for(attendee.person, event)) == [NEEDED, DIET]


def test_a_no_about_meals_leaves_nothing_of_them_on_the_lists_handed_out(event, attendee):
    attendees.confirm(attendee, diet=Diet.HALAL)
    first = run(event, 1)
    for kind in (Kind.MEALS, Kind.HOTEL):
        lines = {(one.registration_id, one.person_id): one.told for one in run_lists.of(first, kind)}
        printouts.keep(first, kind, way=Way.PAPER, lines=lines)
    say(attendee, sensitive_diet=False)
    meals, hotel = (run_lists.printed(printouts.of_run(first, kind)[0]) for kind in (Kind.MEALS, Kind.HOTEL))
    assert ([one.told for one in meals], [one.told["name"] for one in hotel]) == (
        [None],
        [attendee.person.name],
    )


def test_nobody_answers_for_another_event_or_for_what_is_not_asked(event, attendee):
    other = an_event(year=2018, confirmed=False)
    consents.publish_proposed(other)
    for given in ({text_of(other, NEEDED).id: True}, {text_of(event, DIET).id: True}, {4711: True}):
        with pytest.raises(TextReplaced):
            consents.answer(attendee.person, event, given=given)
    assert kept(attendee.person) == []


def test_who_was_erased_answers_nothing(event, attendee):
    with db.writing():
        attendee.person.erased_at = at("2017-10-16 10:00")
    with pytest.raises(Stale):
        say(attendee, photographs=True)


def test_what_is_left_counts_as_not_finished_in_every_list(event, attendee):
    invitation = attendee.registration.invitation
    attendees.confirm(attendee, diet=Diet.VEGAN)
    assert open_consents.of(event) == {attendee.id: 2}
    assert [seat.is_complete for seat in company_seats.named(invitation)] == [False]
    assert [row.state for row in registrations.of(event)] == ["open"]
    assert [count.done for count in registrations.per_run(event)] == [0, 0]
    say(attendee, personal_data=True, sensitive_diet=True)
    assert open_consents.of(event) == {}
    assert [seat.is_complete for seat in company_seats.named(invitation)] == [True]
    assert [row.state for row in registrations.of(event)] == ["done"]
    assert [count.done for count in registrations.per_run(event)] == [1, 0]


def test_the_counts_are_of_the_version_in_force(event, attendee):
    say(attendee, personal_data=True, photographs=False)
    counts = open_consents.counts(event)
    found = {purpose: counts[text_of(event, purpose).id] for purpose in ConsentPurpose}
    assert found == {NEEDED: Count(1, 0, 1), DIET: Count(), CONTACT: Count(0, 0, 1), PHOTOS: Count(0, 1, 0)}
    words = consents.proposed(event, PHOTOS)
    consents.publish(event, PHOTOS, words=replace(words, title_ko="사진"))
    assert open_consents.counts(event)[text_of(event, PHOTOS).id] == Count(0, 0, 1)


def test_a_coordinator_who_comes_too_is_one_person(event):
    invitation = an_invitation(event, coordinator=HAN)
    attendee = attendee_of(a_registration(invitation, HAN))
    assert attendee.person_id == invitation.coordinator_id
    consents.answer(invitation.coordinator, event, given={text_of(event, NEEDED).id: True})
    assert consents.left_for(attendee.person, event) == []
    assert open_consents.counts(event)[text_of(event, NEEDED).id] == Count(1, 0, 0)


def test_versions_published_at_once_follow_each_other(app: Flask, event):
    event_id = event.id
    words = consents.proposed(event, PHOTOS)
    db.session.remove()

    def work(number: int) -> None:
        with app.app_context():
            here = db.session.get_one(Event, event_id)
            consents.publish(here, PHOTOS, words=replace(words, title_ko=f"사진 {number}"))
            db.session.remove()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    event = db.session.get_one(Event, event_id)
    assert [one.version for one in consents.versions(event, PHOTOS)] == [7, 6, 5, 4, 3, 2, 1]
    assert audit.broken() == []


def test_one_answer_pressed_many_times_at_once_is_kept_once(app: Flask, event, attendee):
    person_id = (
        attendee.registration.invitation.coordinator_id
    )  # who holds no seat: no other lock is in the way
    event_id, text_id = event.id, text_of(event, NEEDED).id
    db.session.remove()

    def work() -> None:
        with app.app_context():
            person, here = db.session.get_one(Person, person_id), db.session.get_one(Event, event_id)
            consents.answer(person, here, given={text_id: True})
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 1


def test_the_audit_names_a_missing_version_and_an_answer_before_its_text(event, attendee):
    say(attendee, personal_data=True)
    journal.seal()
    assert audit.broken() == []
    photos = text_of(event, PHOTOS)
    with db.writing():
        photos.version = 2
        db.session.execute(update(Consent).values(answered_at=at("2017-10-01 10:00")))
    assert audit.broken() == [
        f"consent text photographs of event {event.id}: 1 versions, the newest is 2",
        "consent 1 is older than its text",
    ]


def test_the_words_of_a_version_are_whole(event):
    assert all(
        getattr(text, name)
        for text in consents.in_force(event)
        for name in asdict(consents.proposed(event, NEEDED))
        if name != "keep_days"
    )
