"""Who has not come, with numbers: the organizers' alone, and written down that they looked."""

import pytest
from cast import HAN, OH, a_registration, run
from doorway import a_checkpoint_of, scanned
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry

ADDRESS = "/organizer/arrivals/missing"


@pytest.fixture
def gate(app, office):
    """Oh has come, Han has not."""
    with app.app_context():
        maru = db.session.get(Invitation, office.maru)
        here, _late = a_registration(maru, OH), a_registration(maru, HAN)
        checkpoint = a_checkpoint_of(run(maru.event, 1), Kind.GATE)
        scanned(here, checkpoint)
        return checkpoint.id


def test_who_has_not_come_stands_there_with_a_number_to_press(app, office, gate):
    page = office.organizer.get(f"{ADDRESS}?checkpoint={gate}").text
    assert (HAN.name in page, f'href="tel:{HAN.phone}"' in page) == (True, True)
    assert (OH.name in page, OH.phone in page) == (False, False)
    with app.app_context():
        seen = db.session.scalar(select(JournalEntry).where(JournalEntry.action == "missing looked at"))
        assert seen.detail == {"people": 1}


def test_numbers_are_for_organizers_and_nobody_else(office, gate):
    for other in (office.daon, office.viewer):
        assert other.get(f"{ADDRESS}?checkpoint={gate}").status_code == 403
        for path in ("/organizer/arrivals", "/organizer/arrivals/live", "/organizer/arrivals/wall"):
            page = other.get(f"{path}?checkpoint={gate}").text
            assert (HAN.phone in page, HAN.phone[-4:] in page) == (False, False)


@pytest.mark.parametrize("wished", ["", "0", "x", "99999", "99999999999999", "²"])
def test_a_made_up_checkpoint_is_the_usual_one(office, gate, wished):
    assert HAN.name in office.organizer.get(f"{ADDRESS}?checkpoint={wished}").text


def test_without_a_checkpoint_nobody_is_missing(office):
    assert office.organizer.get(ADDRESS).status_code == 404
