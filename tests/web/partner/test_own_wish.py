"""An attendee whose run is open finds the way to leave it to the host; who has one does not."""

from __future__ import annotations

from cast import a_registration, an_event, an_invitation, attendee_of
from walk import pass_link


def test_the_way_is_shown_to_those_whose_run_is_open(app, client, clock):
    with app.app_context():
        invitation = an_invitation(an_event())
        people = [attendee_of(a_registration(invitation, number=number)) for number in (None, 1)]
        links, ids = [pass_link(app, one) for one in people], [one.id for one in people]
    for link in links:
        client.get(link)
    shown = ["/wish" in client.get(f"/pass/{one}").get_data(as_text=True) for one in ids]
    assert shown == [True, False]
