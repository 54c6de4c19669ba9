"""Whoever is erased leaves no letter in a folder: none to them, none of a colleague or a trial that names them."""

from __future__ import annotations

import email.policy
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from cast import HAN, OH, a_company, a_registration, an_event, an_invitation, at, attendee_of
from flask import Flask
from sqlalchemy import func, select

from eventapp import postman
from eventapp.clock import now, standing_at
from eventapp.db import db
from eventapp.letters import trial_of
from eventapp.letters.words import Edition
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.person import Person
from eventapp.postman import bring_trial, clean_up, deliver_once, forgetting
from eventapp.rules import consents
from eventapp.rules.people import Colleague

pytestmark = pytest.mark.usefixtures("clock")
NAMESAKE = Colleague("Zoë O'Neil & Söhne", "이사", "+821055556666", "zoe@maru.example")


@pytest.fixture
def told(in_app: Flask) -> Person:
    """Named in their own letter, in the coordinator's, in a trial; and somebody of another house has that name."""
    event = an_event()
    consents.publish_proposed(event)
    invitation = an_invitation(event, coordinator=HAN)
    person = attendee_of(a_registration(invitation, NAMESAKE)).person
    boss = Colleague("한다른", "과장", "", "han@other.example")
    other = an_invitation(event, a_company("다른회사"), coordinator=boss)
    a_registration(other, Colleague(NAMESAKE.name, "부장", "+821077778888", "zoe@other.example"))
    a_registration(invitation, OH)
    with standing_at(now() + timedelta(minutes=30)):
        deliver_once()
    bring_trial(trial(invitation))
    return person


def trial(invitation: Invitation):
    return trial_of(
        Purpose.CONFIRMATION,
        invitation,
        person=invitation.coordinator,
        edition=Edition(0, now()),
        url="",
        to="seojin@host.example",
    )


def naming(app: Flask) -> set[str]:
    """To whom the letters that hold the name were written."""
    found = set()
    for file in (Path(app.instance_path) / "outbox").iterdir():
        if forgetting.names(file, [NAMESAKE.name]):
            mail = message_from_bytes(file.read_bytes(), policy=email.policy.default)
            found.add(mail["To"].addresses[0].addr_spec)
    return found


def test_no_letter_is_left_that_names_them_and_no_other_is_touched(in_app: Flask, told: Person):
    others = {"zoe@other.example", "han@other.example"}  # of the namesake
    assert naming(in_app) == {NAMESAKE.email, HAN.email, "seojin@host.example"} | others
    postman.erase(told)
    assert naming(in_app) == others


def test_the_postmans_clean_up_takes_them_as_well(in_app: Flask, told: Person):
    with standing_at(at("2018-11-18 00:01")):
        assert clean_up() == db.session.scalar(select(func.count(Person.id)))
    assert naming(in_app) == set()
