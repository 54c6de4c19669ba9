"""A desk with the cast around it: organizer, host contact and viewer, two companies, queries counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from cast import a_company, an_event, an_invitation
from flask import Flask
from office import DAON, Office
from sqlalchemy import event as database_event

from eventapp.db import db
from eventapp.rules import companies


@pytest.fixture
def office(app: Flask, clock: object) -> Office:
    """Two companies with sent invitations, looked after by two people."""
    with app.app_context():
        event = an_event()
        maru = an_invitation(event, a_company("마루소프트"))
        with db.writing():
            field_of = companies.sector("서버 납품")
            garam = companies.add("가람서버", field_of, contact=companies.host_contact(DAON))
        return Office(app, maru.id, an_invitation(event, garam, seats_kept=2).id)


@pytest.fixture
def queries(app: Flask) -> Callable[[], object]:
    """`with queries() as seen:` counts the statements sent to the database."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        database_event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            database_event.remove(engine, "before_cursor_execute", note)

    return counted
