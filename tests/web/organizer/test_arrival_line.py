"""The quiet line: a few names, the rest as a number, and only for a host contact."""

import re

from cast import a_colleague, a_registration, at, run
from doorway import a_checkpoint_of, scanned

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.invitation import Invitation
from eventapp.rules import seats


def line(page):
    found = re.search(r'<div class="note desk-news.*?</div>', page, re.S)
    return found.group() if found else ""


def test_three_are_named_the_rest_are_a_number_and_nobody_else_reads_it(app, office):
    with app.app_context():
        garam = db.session.get(Invitation, office.garam)
        seats.set_seats(garam, 5)
        gate = a_checkpoint_of(run(garam.event, 1), Kind.GATE)
        for number in range(5):
            one = a_registration(garam, a_colleague(name=f"손님{number}"))
            scanned(one, gate, f"09:1{number}")
    with standing_at(at("2017-11-09 12:00")):
        told = line(office.daon.get("/organizer/").text)
        assert [name for name in ("손님4", "손님3", "손님2", "손님1", "손님0") if name in told] == [
            "손님4",
            "손님3",
            "손님2",
        ]
        assert ("파트너 5명이 도착하셨습니다" in told, "외 2명" in told) == (True, True)
        for other in (office.organizer, office.viewer):
            assert line(other.get("/organizer/").text) == ""
