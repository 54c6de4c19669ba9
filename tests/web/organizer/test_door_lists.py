"""The paper list: who is expected, in Korean order, who has come ticked, with codes; the organizers' alone."""

import pytest
from cast import a_registration, badge_of, run
from doorway import a_checkpoint_of, scanned
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.checkin import Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.reports import door_lists
from eventapp.rules.people import Colleague


@pytest.fixture
def gate(app, office):
    """Three people whose names stand in another order than they were named; the last has come."""
    with app.app_context():
        maru = db.session.get(Invitation, office.maru)
        people = [a_registration(maru, Colleague(name, "과장")) for name in ("하늘", "나무", "강물")]
        checkpoint = a_checkpoint_of(run(maru.event, 1), Kind.GATE)
        scanned(people[2], checkpoint)
        return checkpoint.id, [badge_of(one).code for one in people]


def test_everybody_expected_stands_there_by_name(app, office, gate):
    checkpoint_id, codes = gate
    with app.app_context():
        rows = door_lists.of(db.session.get(Checkpoint, checkpoint_id))
        assert [(one.name, one.ticked, one.code) for one in rows] == [
            ("강물", True, codes[2]),
            ("나무", False, codes[1]),
            ("하늘", False, codes[0]),
        ]


def test_it_is_a_pdf_and_the_journal_knows(app, office, gate):
    answer = office.organizer.get(f"/organizer/checkpoints/{gate[0]}/list.pdf")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    with app.app_context():
        entry = db.session.scalar(select(JournalEntry).where(JournalEntry.action == "door list printed"))
        assert entry.detail == {"people": 3}


def test_it_is_the_organizers_alone_and_of_this_event(office, gate):
    for other in (office.daon, office.viewer):
        assert other.get(f"/organizer/checkpoints/{gate[0]}/list.pdf").status_code == 403
    for wrong in (0, 99999, 99999999999999):
        assert office.organizer.get(f"/organizer/checkpoints/{wrong}/list.pdf").status_code == 404
