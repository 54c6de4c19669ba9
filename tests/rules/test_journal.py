"""The journal's chain: every line in it once, whoever seals, and no change unseen."""

import threading

import pytest
from cast import an_event
from flask import Flask
from sqlalchemy import delete, func, select, update

from eventapp.db import db
from eventapp.models.journal import JournalEntry
from eventapp.rules import journal

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app")]


def lines(count: int) -> None:
    event = an_event()
    with db.writing():
        for number in range(count):
            journal.record("looked", event, number=number)


def test_sealing_takes_every_line_once():
    lines(10)
    total = db.session.scalar(select(func.count()).select_from(JournalEntry))
    assert (journal.seal(), journal.seal()) == (total, 0)
    assert [follows for _, follows in journal.sealed()] == [True] * total


@pytest.mark.parametrize("harm", ["changed", "missing", "moved"])
def test_harm_shows_at_the_line_it_was_done_to_or_after_it(harm: str):
    lines(5)
    journal.seal()
    with db.writing():
        db.session.execute(
            {
                "changed": update(JournalEntry).where(JournalEntry.place == 3).values(actor="somebody else"),
                "missing": delete(JournalEntry).where(JournalEntry.place == 3),
                "moved": update(JournalEntry).where(JournalEntry.place == 3).values(place=10_000),
            }[harm]
        )
    broken = [entry.place for entry, follows in journal.sealed() if not follows]
    assert broken[:1] == [3 if harm == "changed" else 4]


def test_an_erased_detail_leaves_the_chain_whole():
    lines(5)
    journal.seal()
    with db.writing():
        db.session.execute(update(JournalEntry).values(detail=None))
    assert all(follows for _, follows in journal.sealed())


def test_a_line_that_was_committed_late_joins_the_chain_where_it_stands():
    """An earlier transaction may commit after a later one was sealed: its id is lower, its place is higher."""
    lines(3)
    with db.writing():
        late = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id).limit(1)).one()
        late.place = 0  # not in the chain yet
        db.session.flush()
        rest = select(JournalEntry.id).where(JournalEntry.id != late.id)
        seals = db.session.scalars(rest.order_by(JournalEntry.id)).all()
        before = ""
        for place, entry_id in enumerate(seals, start=1):
            entry = db.session.get(JournalEntry, entry_id)
            before = journal.link(before, entry)
            entry.place, entry.seal = place, before
        late.place = None
    assert journal.seal() == 1
    assert all(follows for _, follows in journal.sealed())


def test_two_that_seal_at_once_make_one_chain(app: Flask):
    lines(60)
    db.session.remove()
    sealed: list[int] = []

    def work() -> None:
        with app.app_context():
            while count := journal.seal(7):
                sealed.append(count)
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    total = db.session.scalar(select(func.count()).select_from(JournalEntry))
    chain = list(journal.sealed())
    assert (sum(sealed), len(chain), all(follows for _, follows in chain)) == (total, total, True)
