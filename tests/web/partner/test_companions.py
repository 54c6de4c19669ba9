"""After the day: who was there and said yes is found by who was there too, and by nobody else, for as long as was said."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from cast import a_checkpoint, a_company, a_registration, an_invitation, at, attendee_of, badge_of, run
from flask import Flask
from sqlalchemy import func, select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.consent import ConsentPurpose
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.registration import Attendee
from eventapp.rules import checkins, consents
from eventapp.rules.checkins import Scan
from eventapp.rules.people import Colleague
from tests.web.partner.conftest import Company, Holder, words

AFTER = at("2017-11-11 10:00")
GAP = "\xa0"


@pytest.fixture
def met(app: Flask, company: Company, holder: Holder) -> dict[str, int]:
    """All of run 1 but 결석 were scanned; 나눔 and 동료 (of the reader's own company) share, 아니 said no, 무언 nothing."""
    with app.app_context():
        own = db.session.get_one(Invitation, company.id)
        event = own.event
        consents.publish_proposed(event)
        other = an_invitation(event, a_company("가람서버", sector="서버 납품"), seats_kept=9)
        people = {"오세린": db.session.get_one(Attendee, holder.id)}
        for number, name in enumerate(("나눔", "아니", "무언", "결석", "이차"), start=1):
            colleague = Colleague(name, "과장", f"+82105555000{number}", f"p{number}@garam.example")
            people[name] = attendee_of(a_registration(other, colleague, number=2 if name == "이차" else 1))
        people["동료"] = attendee_of(a_registration(own, Colleague("동료", "대리", "", "own@maru.example")))
        for name in ("나눔", "아니", "결석", "이차", "동료"):
            say(people[name], agreed=name != "아니")
        for number in (1, 2):
            gate = a_checkpoint(run(event, number))
            came = [
                one
                for name, one in people.items()
                if name != "결석" and one.registration.event_session.number == number
            ]
            with standing_at(gate.opens_at):
                for one in came:
                    scan = {
                        "scanned_at": gate.opens_at,
                        "at": gate.opens_at,
                        "code": badge_of(one.registration).code,
                    }
                    checkins.check_in(Scan(str(uuid.uuid4()), gate, **scan))
        return {name: one.id for name, one in people.items()}


def say(attendee: Attendee, *, agreed: bool) -> None:
    event = attendee.registration.invitation.event
    text = next(one for one in consents.in_force(event) if one.purpose == ConsentPurpose.PARTNERS_CONTACT)
    consents.answer(attendee.person, event, given={text.id: agreed})


def names(client, holder: Holder) -> list[str]:
    page = words(client.get(f"{holder.page}/partners"))
    return [
        name
        for name in ("오세린", "나눔", "아니", "무언", "결석", "이차", "동료")
        if f"{name} 과장" in page or f"{name} 대리 own" in page
    ]


def test_who_was_there_and_said_yes_is_found_and_the_journal_knows_who_looked(app, client, holder, met):
    client.get(holder.link)
    with standing_at(AFTER):
        assert "함께하신 파트너" in words(client.get(f"{holder.page}?badge"))
        page = words(client.get(f"{holder.page}/partners")).replace(GAP, " ")
        assert names(client, holder) == ["나눔"]
    assert "가람서버 서버 납품 나눔 과장 010-5555-0001 p1@garam.example" in page
    assert "다른 파트너에게는 연락처가 보이지 않습니다." in page
    with app.app_context():
        looked = select(func.count()).where(
            JournalEntry.action == "partners looked at", JournalEntry.actor == f"attendee {holder.id}"
        )
        assert db.session.scalar(looked) == 2


def test_the_other_runs_people_follow_when_their_run_is_over_and_all_end_with_the_time(client, holder, met):
    client.get(holder.link)
    last = at("2017-11-17 10:00") + timedelta(days=365)
    for moment, found in (
        (last - timedelta(days=364), ["나눔", "이차"]),
        (last, ["나눔", "이차"]),
        (last + timedelta(days=1), []),
    ):
        with standing_at(moment):
            client.get(holder.link)
            assert (moment, names(client, holder)) == (moment, found)


def test_a_no_takes_one_out_at_once(app, client, holder, met):
    client.get(holder.link)
    with standing_at(AFTER):
        with app.app_context():
            say(db.session.get_one(Attendee, met["나눔"]), agreed=False)
        assert "아직 연락처를 나누신 분이 없습니다." in words(client.get(f"{holder.page}/partners"))


def test_before_the_end_and_for_who_was_not_there_it_is_no_page(app, client, holder, met):
    client.get(holder.link)
    with standing_at(at("2017-11-10 23:00")):
        assert client.get(f"{holder.page}/partners").location == holder.page
        assert "먼저 떠나야" in words(client.get(f"{holder.page}?badge"))
    with app.app_context(), db.writing():
        for one in db.session.scalars(
            select(checkins.CheckIn).where(checkins.CheckIn.attendee_id == holder.id)
        ):
            one.counted = False
    with standing_at(AFTER):
        assert client.get(f"{holder.page}/partners").location == holder.page
