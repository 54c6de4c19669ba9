"""The ladder: who needs a call stands first, own companies only, and its length costs no queries."""

from datetime import date

import pytest
from cast import (
    a_colleague,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    an_organizer,
    at,
    attendee_of,
)
from flask import Flask
from flask.testing import FlaskClient
from office import Office
from sqlalchemy import select
from walk import sign_in

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.states import InvitationStatus
from eventapp.reports import ladder
from eventapp.reports.ladder import Group, State
from eventapp.rules import answers, attendees, calls, events, invitations

pytestmark = pytest.mark.usefixtures("clock")
LATER = at("2017-10-24 10:00")


def only(event) -> ladder.Line:
    [line] = ladder.of(event).lines
    return line


def shape(event) -> tuple:
    line = only(event)
    return (line.state, line.group, line.step, line.trouble)


@pytest.mark.usefixtures("in_app")
def test_the_stairs_are_climbed_step_by_step():
    event = an_event()
    invitation = an_invitation(event, seats_kept=1, sent=False)
    assert shape(event) == (State.DRAFT, Group.DRAFT, 0, False)
    invitations.send(invitation)
    assert shape(event) == (State.SENT, Group.ANSWER, 1, False)
    invitations.mark_opened(invitation)
    assert shape(event) == (State.WAITING, Group.ANSWER, 2, False)
    answers.accept(invitation)
    assert shape(event) == (State.NAMES, Group.NAMES, 3, False)
    registration = a_registration(invitation)
    assert shape(event) == (State.CONFIRMING, Group.CONFIRM, 4, False)
    attendees.confirm(attendee_of(registration))
    assert shape(event) == (State.DONE, Group.DONE, 5, False)
    assert (only(event).dots, only(event).runs) == (["arrived"], [1])


@pytest.mark.usefixtures("in_app")
def test_a_week_of_silence_wants_a_call_and_a_call_ends_that_for_two_days():
    event = an_event()
    invitation = an_invitation(event)
    with standing_at(LATER):
        assert shape(event) == (State.UNOPENED, Group.CALL, 1, True)
        assert (only(event).silent_days, len(ladder.of(event).silent())) == (8, 1)
        calls.note(invitation)
        assert only(event).group == Group.ANSWER
    with standing_at(at("2017-10-26 10:01")):
        assert only(event).group == Group.CALL


@pytest.mark.usefixtures("in_app")
def test_opened_and_silent_for_a_week_wants_a_call_without_trouble():
    event = an_event()
    invitations.mark_opened(an_invitation(event))
    with standing_at(LATER):
        assert shape(event) == (State.WAITING, Group.CALL, 2, False)


@pytest.mark.usefixtures("in_app")
def test_a_letter_that_came_back_is_trouble_until_it_arrives():
    event = an_event()
    invitation = an_invitation(event)
    message = db.session.scalars(select(Message)).one()
    with db.writing():
        message.status, message.done_at = "failed", at("2017-10-16 10:05")
    assert shape(event) == (State.UNREACHED, Group.CALL, 1, True)
    with db.writing():
        message.status = "sent"
    assert only(event).state == State.SENT
    assert invitation.status == InvitationStatus.SENT


@pytest.mark.usefixtures("in_app")
def test_names_due_tomorrow_are_trouble():
    event = an_event()
    answers.accept(an_invitation(event))
    assert only(event).state == State.NAMES
    with standing_at(LATER):
        assert shape(event) == (State.NAMES_DUE, Group.CALL, 3, True)


@pytest.mark.usefixtures("in_app")
def test_thinking_is_left_in_peace_until_the_day():
    event = an_event()
    invitations.keep_open(an_invitation(event), date(2017, 10, 20))
    assert shape(event) == (State.THINKING, Group.ANSWER, 2, False)
    with standing_at(at("2017-10-20 09:00")):
        assert only(event).group == Group.CALL


@pytest.mark.usefixtures("in_app")
def test_declined_and_withdrawn_rest_and_their_seats_do_not_count():
    event = an_event()
    invitations.decline(an_invitation(event, seats_kept=2))
    invitations.revoke(an_invitation(event, seats_kept=3))
    an_invitation(event, seats_kept=4)
    found = ladder.of(event)
    assert (len(found.of(Group.AWAY)), found.seats, found.done) == (2, 4, 0)
    assert [line.dots for line in found.of(Group.AWAY)] == [[], []]


@pytest.mark.usefixtures("in_app")
def test_search_knows_companies_people_initials_and_the_last_four_digits():
    event = an_event()
    invitation = an_invitation(event, a_company("마루소프트"))
    a_registration(invitation, a_colleague(name="오세린", phone="+821000004417"))
    for query in ("마루", "ㅁㄹㅅ", "오세린", "ㅇㅅㄹ", "한지원", "4417", "4401"):
        assert (query, only(event).fits(query)) == (query, True)
    for query in ("가람", "ㄱㄹ", "9999", "<b>"):
        assert (query, only(event).fits(query)) == (query, False)


def test_the_list_and_the_panel_are_shown(office: Office):
    page = office.organizer.get("/organizer/")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert text.index("가람서버") < text.index("마루소프트")
    with office.app.app_context():
        company_id = db.session.get(Invitation, office.maru).company_id
    panel = office.organizer.get(f"/organizer/?company={company_id}").get_data(as_text=True)
    assert "/i/" in panel
    assert "한지원 과장님" in panel


FILTERS = ["q=ㅁㄹ", "q=4401", "run=1", "mine=1", "company=99999999999", "company=x", "q=%00"]


def test_every_filter_answers(office: Office):
    for query in FILTERS:
        assert office.organizer.get(f"/organizer/?{query}").status_code == 200


def test_a_host_contact_sees_only_their_own_companies(office: Office):
    text = office.daon.get("/organizer/").get_data(as_text=True)
    assert "가람서버" in text
    assert "마루소프트" not in text
    with office.app.app_context():
        foreign = db.session.get(Invitation, office.maru).company_id
    assert "마루소프트" not in office.daon.get(f"/organizer/?company={foreign}").get_data(as_text=True)


def test_a_viewer_sees_no_link_and_presses_nothing(office: Office):
    with office.app.app_context():
        company_id = db.session.get(Invitation, office.maru).company_id
    page = office.viewer.get(f"/organizer/?company={company_id}")
    assert page.status_code == 200
    assert "/i/" not in page.get_data(as_text=True)
    for address in ("/organizer/sending", "/organizer/reminders"):
        assert office.viewer.post(address).status_code == 403


def test_without_an_event_the_desk_says_what_comes_first(app: Flask, client: FlaskClient):
    with app.app_context():
        an_organizer()
    sign_in(client)
    assert client.get("/organizer/").status_code == 200
    assert client.get("/organizer/facts").status_code == 200
    assert client.get("/organizer/registrations").status_code == 404


def statuses(office: Office) -> list[str]:
    with office.app.app_context():
        return [row.status for row in db.session.scalars(select(Invitation).order_by(Invitation.id))]


def test_drafts_are_sent_together_and_a_host_contact_sends_their_own(office: Office):
    with office.app.app_context():
        event = events.current()
        an_invitation(event, sent=False)
    assert office.daon.post("/organizer/sending").status_code == 303
    assert statuses(office) == ["sent", "sent", "draft"]
    assert office.organizer.post("/organizer/sending").status_code == 303
    assert statuses(office) == ["sent", "sent", "sent"]


def test_nothing_is_sent_before_the_facts_are_confirmed(office: Office):
    with office.app.app_context():
        event = events.current()
        an_invitation(event, sent=False)
        events.state_facts(event, place_ko="다른 곳")
    assert office.organizer.post("/organizer/sending").status_code == 303
    assert statuses(office)[-1] == "draft"


def test_thirty_companies_cost_as_many_queries_as_one(office: Office, queries):
    def cost() -> int:
        with queries() as seen:
            assert office.organizer.get("/organizer/").status_code == 200
        return len(seen)

    cost()
    few = cost()
    with office.app.app_context():
        event = events.current()
        for _number in range(28):
            a_registration(an_invitation(event))
    assert cost() == few
