"""A publication as the desk shows it."""

import pytest
from cast import a_registration, an_event, an_invitation, an_item, attendee_of, run
from flask import Flask

from eventapp.clock import standing_at
from eventapp.rules import agenda_copies, publications, sign_ups
from eventapp.web.organizer import agenda_rows

pytestmark = pytest.mark.usefixtures("clock")


def test_number_moment_and_name(app: Flask):
    with app.test_request_context():
        row = agenda_rows.publication(publications.publish(an_event(), by="윤서진"))
        assert (row["number"], row["by"], row["at"]) == (1, "윤서진", "10월\u00a016일 월요일 10:00")


def test_whose_place_came_back_in_number_and_whose_did_not_by_name(app: Flask):
    with app.test_request_context():
        event = an_event()
        tour = an_item(run(event, 1), places=1)
        publications.publish(event)
        had = a_registration(an_invitation(event))
        sign_ups.sign_up(had, tour)
        agenda_copies.take(event, [tour.uid], to=run(event, 2), move=True)
        number = publications.publish(event).number
        publications.go_back(event, number - 1)
        assert agenda_rows.came_back(publications.latest(event)) == ["고르셨던 자리 1개를 되돌렸습니다."]
        agenda_copies.take(event, [tour.uid], to=run(event, 2), move=True)
        publications.publish(event)
        with standing_at(tour.starts_at):
            made = publications.go_back(event, number - 1)
        [sentence] = agenda_rows.came_back(made)
        assert sentence.endswith(f"분들: {attendee_of(had).person.name} ({had.invitation.company.name})")
