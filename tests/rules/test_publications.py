"""Publications: numbered, unchanging, told to whom they concern and to nobody else."""

import threading
from dataclasses import asdict, replace

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import Missing, Stale
from eventapp.models.agenda import Publication
from eventapp.models.event import Event
from eventapp.models.message import Message, Purpose
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind
from eventapp.models.states import MessageStatus
from eventapp.reports import audit
from eventapp.rules import publications, sign_ups, working_copies
from eventapp.rules.agenda_items import Draft, in_every_run
from eventapp.rules.publications import PublishingRefused

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
TALK = Draft(
    kind=Kind.SEMINAR,
    title_ko="동반성장 세미나",
    title_en="Seminar",
    starts_at=at("2017-11-09 13:30"),
    ends_at=at("2017-11-09 15:00"),
    room_ko="멀티홀",
)
TOUR = replace(
    TALK,
    kind=Kind.TOUR,
    title_ko="본사 투어 1조",
    starts_at=at("2017-11-09 10:00"),
    ends_at=at("2017-11-09 11:30"),
    places=20,
    group_number=1,
)
LATER = {"starts_at": at("2017-11-09 14:00"), "ends_at": at("2017-11-09 15:30")}


@pytest.fixture
def event() -> Event:
    """Both runs have the talk, the first one two tours; it is published."""
    event = an_event()
    second = replace(TOUR, title_ko="본사 투어 2조", group_number=2)
    first = run(event, 1)
    working_copies.add(event, [*in_every_run(first, TALK), (first, TOUR), (first, second)])
    publications.publish(event, by="윤서진")
    return event


def uid(event: Event, title: str, number: int = 1) -> str:
    return next(item.uid for item in working_copies.of(event).items(number) if item.title_ko == title)


def change(event: Event, draft: Draft, title: str | None = None, **more) -> None:
    working_copies.change(event, uid(event, title or draft.title_ko), draft=replace(draft, **more))


def letters() -> list[int]:
    """Whom a letter about the agenda waits for, one entry a letter."""
    found = select(Message.subject_id).where(Message.purpose == Purpose.AGENDA_CHANGED)
    return sorted(db.session.scalars(found))


def numbers() -> list[int]:
    return list(db.session.scalars(select(Publication.number).order_by(Publication.id)))


def test_partners_see_an_edit_only_when_it_is_published(event):
    change(event, TALK, **LATER)
    assert [item.starts_at for item in publications.items_for(run(event, 1))][-1] == TALK.starts_at
    assert [row.starts_at for row in publications.rows(run(event, 1))][-1] == TALK.starts_at
    publications.publish(event)
    assert [item.starts_at for item in publications.items_for(run(event, 1))][-1] == LATER["starts_at"]
    assert [row.starts_at for row in publications.rows(run(event, 1))][-1] == LATER["starts_at"]


def test_who_is_touched_gets_one_letter_and_nobody_else_gets_any(event):
    invitation = an_invitation(event)
    first, second = a_registration(invitation), a_registration(invitation, number=2)
    undecided = a_registration(an_invitation(event), number=None)
    change(event, TALK, **LATER)
    made = publications.publish(event, letters=True)
    assert letters() == [attendee_of(first).id]
    assert attendee_of(second).id not in letters()
    assert attendee_of(undecided).id not in letters()
    assert made.told == {"people": 1, "letters": 1, "items": {uid(event, "동반성장 세미나"): 1}}


def test_a_change_of_one_group_touches_who_is_in_it(event):
    inside, other, nowhere = (a_registration(an_invitation(event)) for _ in range(3))
    rows = {row.title_ko: row for row in publications.rows(run(event, 1))}
    sign_ups.sign_up(inside, rows["본사 투어 1조"])
    sign_ups.sign_up(other, rows["본사 투어 2조"])
    change(event, TOUR, room_ko="뒷문", title_ko="본사 투어 1조")
    publications.publish(event, letters=True)
    assert letters() == sorted([attendee_of(inside).id, attendee_of(nowhere).id])


def test_what_an_attendee_does_not_read_touches_nobody(event):
    a_registration(an_invitation(event))
    change(event, TOUR, places=25)
    change(event, TALK, title_en="Growing together")
    made = publications.publish(event, letters=True)
    assert (made.number, made.told, letters()) == (2, {"people": 0, "letters": 0, "items": {}}, [])


def test_without_the_tick_no_letter_leaves(event):
    a_registration(an_invitation(event))
    change(event, TALK, **LATER)
    made = publications.publish(event)
    assert (made.told["people"], made.told["letters"], letters()) == (1, 0, [])


def test_who_has_no_address_is_counted_and_not_written_to(event):
    a_registration(an_invitation(event), a_colleague(email=""))
    change(event, TALK, **LATER)
    made = publications.publish(event, letters=True)
    assert (made.told["people"], made.told["letters"], letters()) == (1, 0, [])


def test_two_publications_before_the_postman_came_are_one_letter(event):
    attendee = attendee_of(a_registration(an_invitation(event)))
    for room in ("2층", "3층"):
        change(event, TALK, room_ko=room)
        publications.publish(event, letters=True)
    [message] = db.session.scalars(select(Message).where(Message.purpose == Purpose.AGENDA_CHANGED))
    assert (message.subject_id, message.occasion) == (attendee.id, "1")
    message.status = MessageStatus.SENT
    db.session.commit()
    change(event, TALK, room_ko="4층")
    publications.publish(event, letters=True)
    assert letters() == [attendee.id, attendee.id]


def test_what_is_gone_stays_known_to_calendars_with_a_raised_sequence(event):
    talk = uid(event, "동반성장 세미나")
    working_copies.remove(event, talk)
    gone = publications.publish(event).gone_items(1)
    assert [(item.uid, item.sequence) for item in gone] == [(talk, 1)]
    change(event, TOUR, room_ko="2층")
    assert [item.sequence for item in publications.publish(event).gone_items(1)] == [1]
    back = publications.go_back(event, 1)
    assert back.gone == []
    assert {item.uid: item.sequence for item in back.items(1)}[talk] == 3


def test_an_earlier_one_comes_back_as_a_new_number(event):
    change(event, TALK, **LATER)
    publications.publish(event)
    change(event, TOUR, room_ko="아직 안 펴낸 방")
    made = publications.go_back(event, 1, by="윤서진")
    assert (made.number, made.back_to, numbers()) == (3, 1, [1, 2, 3])
    shown = {item.title_ko: (item.starts_at, item.room_ko) for item in made.items(1)}
    assert shown["동반성장 세미나"] == (TALK.starts_at, "멀티홀")
    assert shown["본사 투어 1조"] == (TOUR.starts_at, "멀티홀")
    working_copies.undo(event, seen=working_copies.of(event).version)
    assert "아직 안 펴낸 방" in [item.room_ko for item in working_copies.of(event).items()]
    with pytest.raises(Missing):
        publications.go_back(event, 9)


def test_what_is_for_the_hosts_alone_stays_when_an_earlier_one_comes_back(event):
    working_copies.add(event, [(run(event, 1), replace(TALK, title_ko="음향 점검", internal=True))])
    publications.publish(event)
    publications.go_back(event, 1)
    assert "음향 점검" in [item.title_ko for item in working_copies.of(event).items(1)]
    assert "음향 점검" not in [item.title_ko for item in publications.items_for(run(event, 1))]


def test_what_somebody_changed_meanwhile_is_not_published_unread(event):
    seen = working_copies.of(event).version
    change(event, TALK, **LATER)
    with pytest.raises(Stale):
        publications.publish(event, seen=seen)
    assert numbers() == [1]


def test_what_clashes_is_not_published_and_the_reason_is_said(event):
    change(event, TALK, room_ko="로비", starts_at=TOUR.starts_at, ends_at=TOUR.ends_at)
    change(event, TOUR, room_ko="로비")
    with pytest.raises(PublishingRefused) as refusal:
        publications.publish(event)
    with force_locale("ko"):
        said = str(refusal.value)
    assert said.startswith("아직 펴낼 수 없습니다. 1차 첫날 10:00–11:30, ")
    assert "시간과 90분 겹칩니다. 11:30 뒤로 놓으면 풀립니다." in said
    assert numbers() == [1]


def test_what_is_for_the_hosts_alone_keeps_nothing_back(event):
    working_copies.add(event, [(run(event, 1), replace(TALK, title_ko="음향 점검", internal=True))])
    assert publications.publish(event).number == 2


def test_an_earlier_one_that_clashes_with_today_does_not_come_back(event):
    change(event, TOUR, places=1)
    publications.publish(event)
    change(event, TOUR, places=20)
    publications.publish(event)
    [tour] = [row for row in publications.rows(run(event, 1)) if row.title_ko == "본사 투어 1조"]
    for _ in range(2):
        sign_ups.sign_up(a_registration(an_invitation(event)), tour)
    with pytest.raises(PublishingRefused):
        publications.go_back(event, 2)
    assert numbers() == [1, 2, 3]
    assert audit.broken() == []


def test_an_earlier_publication_never_changes(event):
    before = publications.numbered(event, 1).snapshot
    change(event, TALK, **LATER)
    publications.publish(event)
    publications.go_back(event, 1)
    assert publications.numbered(event, 1).snapshot == before
    assert audit.broken() == []


def test_one_of_two_presses_at_the_same_time_publishes(in_app: Flask, event):
    attendee = attendee_of(a_registration(an_invitation(event)))
    change(event, TALK, **LATER)
    event_id, seen, attendee_id = event.id, working_copies.of(event).version, attendee.id

    def press() -> None:
        with in_app.app_context():
            publications.publish(db.session.get(Event, event_id), letters=True, seen=seen)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert numbers() == list(range(1, 6))
    assert letters() == [attendee_id]


def test_a_publication_from_before_speakers_had_rows_is_read_and_counts_as_the_same(event):
    """It is never written again: its entries name the speakers on a line."""
    publication = publications.numbered(event, 1)
    old = [
        {name: value for name, value in entry.items() if name not in ("speakers", "materials")}
        | {"speaker_ko": "김하늘 이사, 이바다" if entry["kind"] == "seminar" else "", "speaker_en": ""}
        for entry in publication.snapshot
    ]
    with db.writing():
        copy = working_copies.hold(event)
        publications.numbered(event, 1).snapshot = old
        people = [asdict(Speaker(name_ko=name)) for name in ("김하늘 이사", "이바다")]
        copy.entries = [
            entry | {"speakers": people if entry["kind"] == "seminar" else []} for entry in copy.entries
        ]
    assert {item.speakers_in("en") for item in publications.latest(event).items()} == {
        "김하늘 이사; 이바다",
        "",
    }
    again = publications.publish(event)
    assert {entry["sequence"] for entry in again.snapshot} == {0}
    assert publications.numbered(event, 1).snapshot == old
