"""A host contact hears that their partner has come: once, quietly, of their own companies alone, or not at all."""

import html
import re

import pytest
from cast import OH, a_colleague, a_registration, at, run
from doorway import a_checkpoint_of, scanned

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.checkin import Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration

ADDRESS, LADDER = "/organizer/arrival-news", "/organizer/"
NOON = at("2017-11-09 12:00")


@pytest.fixture
def gate(app, office):
    """One of garam, whom Daon looks after, and one of maru have come; another of garam is still to come."""
    with app.app_context():
        maru, garam = (db.session.get(Invitation, one) for one in (office.maru, office.garam))
        ours, late = (a_registration(garam, a_colleague(name=name)) for name in ("구름결", "노을빛"))
        theirs = a_registration(maru, OH)
        checkpoint = a_checkpoint_of(run(garam.event, 1), Kind.GATE)
        for one in (ours, theirs):
            scanned(one, checkpoint)
        return checkpoint.id, late.id


def line(page):
    found = re.search(r'<div class="note desk-news.*?</div>', page, re.S)
    return found.group() if found else ""


def until(page):
    return html.unescape(re.search(r'name="until" value="([^"]+)"', line(page)).group(1))


def test_every_page_says_it_until_it_is_read_and_then_only_what_is_new(app, office, gate):
    checkpoint_id, late = gate
    with standing_at(NOON):
        told = office.daon.get(LADDER).text
        assert ("구름결" in line(told), OH.name in line(told)) == (True, False)
        with app.app_context():
            scanned(db.session.get(Registration, late), db.session.get(Checkpoint, checkpoint_id), "09:30")
        office.daon.post(f"{ADDRESS}/reading", data={"until": until(told)})
        told = office.daon.get(LADDER).text
        assert ("구름결" in line(told), "노을빛" in line(told)) == (False, True)
        office.daon.post(f"{ADDRESS}/reading", data={"until": until(told)})
        assert line(office.daon.get(LADDER).text) == ""
        for nonsense in ("", "gestern", "2017-11-09T09:00", "9" * 50):
            assert office.daon.post(f"{ADDRESS}/reading", data={"until": nonsense}).status_code == 303
        page = office.daon.get(ADDRESS).text
        assert ("구름결" in page, "노을빛" in page, OH.name in page) == (True, True, False)


def test_switched_off_it_is_silent_and_on_again_only_what_comes_then_is_news(office, gate):
    with standing_at(NOON):
        office.daon.post(f"{ADDRESS}/switch", data={"told": "no"})
        assert line(office.daon.get(LADDER).text) == ""
        office.daon.post(f"{ADDRESS}/switch", data={"told": "yes"})
        assert line(office.daon.get(LADDER).text) == ""


def test_the_page_is_no_viewers(office, gate):
    assert office.viewer.get(ADDRESS).status_code == 403
    assert OH.name in office.organizer.get(ADDRESS).text
