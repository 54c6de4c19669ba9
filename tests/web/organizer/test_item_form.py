"""The form of an item: what is kept is shown, midnight ends the day."""

import pytest
from cast import an_event, at, run
from flask import Flask

from eventapp.models.programme import Kind
from eventapp.rules import working_copies
from eventapp.rules.agenda_items import Draft
from eventapp.web.organizer import item_form

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        ("2017-11-10 22:00", "2017-11-11 00:00", ("2", "22:00", "00:00")),
        ("2017-11-09 09:05", "2017-11-09 10:00", ("1", "09:05", "10:00")),
    ],
)
def test_what_is_kept_is_shown(app: Flask, starts: str, ends: str, shown: tuple):
    with app.test_request_context():
        event = an_event()
        draft = Draft(kind=Kind.FREE, title_ko="밤", starts_at=at(starts), ends_at=at(ends))
        [item] = working_copies.add(event, [(run(event, 1), draft)])
        form = item_form.filled(item, run(event, 1), 7)
        assert (form.day.data, form.starts_at.data, form.ends_at.data) == shown
        assert (form.seen.data, form.kind.data, form.title_ko.data) == (7, "free", "밤")
