"""The numbers of the rooms: typed, kept, wrong ones cut, and nobody else's."""

from cast import OH, a_registration

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration

ADDRESS = "/organizer/rooms"


def seated(app, office):
    with app.app_context():
        return a_registration(db.session.get(Invitation, office.maru), OH).id


def number_of(app, registration_id):
    with app.app_context():
        return db.session.get(Registration, registration_id).room_number


def test_numbers_are_saved_and_shown_again(app, office):
    one = seated(app, office)
    assert office.organizer.post("/organizer/runs/1/rooms", data={f"room-{one}": " 412 "}).status_code == 303
    assert number_of(app, one) == "412"
    assert 'value="412"' in office.organizer.get(f"{ADDRESS}?run=1").text


def test_what_is_no_room_changes_nothing(app, office):
    one = seated(app, office)
    form = {f"room-{one}": "9" * 40, "room-x": "1", "room-99999": "2", "other": "3"}
    office.organizer.post("/organizer/runs/1/rooms", data=form)
    assert number_of(app, one) == "9" * 12
    office.organizer.post("/organizer/runs/2/rooms", data={f"room-{one}": "1"})
    assert number_of(app, one) == "9" * 12
    assert office.organizer.post("/organizer/runs/9/rooms").status_code == 404


def test_it_is_the_organizers_alone(office):
    for other in (office.daon, office.viewer):
        assert other.get(ADDRESS).status_code == 403
