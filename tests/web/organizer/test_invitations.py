"""One company's page: its link, its seats, its coordinator; foreign companies are not there."""

import re

import pytest
from cast import a_colleague, a_registration, run
from flask import Flask
from office import Office
from sqlalchemy import func, select
from walk import invitation_link

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.rules import own_data, registrations, seats

pytestmark = pytest.mark.usefixtures("clock")
COORDINATOR = {
    "who": "same",
    "name": "한지언",
    "title": "차장",
    "phone": "010-0000-4402",
    "email": "right@maru.example",
    "language": "en",
}


def of(app: Flask, invitation_id: int) -> Invitation:
    return db.session.get_one(Invitation, invitation_id)


def count(app: Flask, table: type, *where: object) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table).where(*where))


def press(office: Office, deed: str, **data: object):
    return office.organizer.post(f"/organizer/invitations/{office.maru}/{deed}", data=data)


def test_the_page_tells_the_story_and_is_noted_in_the_journal(office: Office):
    page = office.organizer.get(f"/organizer/invitations/{office.maru}")
    assert page.status_code == 200
    with office.app.app_context():
        link = invitation_link(office.app, of(office.app, office.maru))
    assert link in page.get_data(as_text=True)
    assert count(office.app, JournalEntry, JournalEntry.action == "looked at") == 1


def test_sending_again_is_another_letter(office: Office):
    with office.app.app_context():
        message = db.session.scalars(select(Message).order_by(Message.id)).first()
        with db.writing():
            message.status = "sent"
    before = count(office.app, Message)
    answer = press(office, "sending")
    assert (answer.status_code, answer.location) == (303, f"/organizer/invitations/{office.maru}")
    assert count(office.app, Message) == before + 1


def test_a_press_in_the_panel_leads_back_to_the_panel(office: Office):
    with office.app.app_context():
        company_id = of(office.app, office.maru).company_id
    answer = press(office, "calls", **{"from": "ladder", "note": "오후에 다시"})
    assert answer.location == f"/organizer/?company={company_id}"
    assert count(office.app, JournalEntry, JournalEntry.action == "called") == 1


def test_a_new_link_ends_the_old_one(office: Office):
    with office.app.app_context():
        old = invitation_link(office.app, of(office.app, office.maru))
    assert press(office, "link-renewal").status_code == 303
    with office.app.app_context():
        assert invitation_link(office.app, of(office.app, office.maru)) != old


def test_withdrawing_frees_the_places_and_can_be_taken_back(office: Office):
    with office.app.app_context():
        a_registration(of(office.app, office.maru))
    assert press(office, "revocation").status_code == 303
    with office.app.app_context():
        invitation = of(office.app, office.maru)
        assert (invitation.status, seats.taken(run(invitation.event, 1))) == ("revoked", 0)
    assert press(office, "revocation").status_code == 303
    assert press(office, "revival").status_code == 303
    with office.app.app_context():
        assert of(office.app, office.maru).status == "sent"


def test_seats_change_but_never_below_the_named(office: Office):
    with office.app.app_context():
        for _number in range(2):
            a_registration(of(office.app, office.maru))
    assert press(office, "seats", seats="5").status_code == 303
    refused = press(office, "seats", seats="1")
    assert refused.status_code == 422
    assert 'value="1"' in refused.get_data(as_text=True)
    for typed in ("0", "21", "x", "", "-3", "9" * 30):
        assert press(office, "seats", seats=typed).status_code == 422
    with office.app.app_context():
        assert of(office.app, office.maru).seats == 5


def test_the_runs_to_choose_from_are_set_and_one_stays(office: Office):
    with office.app.app_context():
        first = run(of(office.app, office.maru).event, 1).id
    assert press(office, "choices", runs=[str(first)]).status_code == 303
    with office.app.app_context():
        assert [one.id for one in seats.choices(of(office.app, office.maru))] == [first]
    assert press(office, "choices").status_code == 422
    assert press(office, "choices", runs=["999"]).status_code == 422


def test_the_coordinator_is_corrected_and_the_form_keeps_what_was_typed(office: Office):
    address = f"/organizer/invitations/{office.maru}/coordinator"
    assert "010-0000-4401" in office.organizer.get(address).get_data(as_text=True)
    wrong = office.organizer.post(address, data={**COORDINATOR, "phone": "010-1"})
    assert wrong.status_code == 422
    assert "한지언" in wrong.get_data(as_text=True)
    assert office.organizer.post(address, data=COORDINATOR).status_code == 303
    with office.app.app_context():
        person = of(office.app, office.maru).coordinator
        assert (person.name, person.phone, person.email, person.language) == (
            "한지언",
            "+821000004402",
            "right@maru.example",
            "en",
        )


def test_somebody_else_becomes_coordinator(office: Office):
    address = f"/organizer/invitations/{office.maru}/coordinator"
    with office.app.app_context():
        before = of(office.app, office.maru).coordinator_id
    assert office.organizer.post(address, data={**COORDINATOR, "who": "other"}).status_code == 303
    with office.app.app_context():
        invitation = of(office.app, office.maru)
        assert invitation.coordinator_id != before
        assert invitation.generation == 2


def test_one_place_is_given_up_in_the_company_s_name(office: Office):
    with office.app.app_context():
        registration = a_registration(of(office.app, office.maru), a_colleague())
        foreign = a_registration(of(office.app, office.garam), a_colleague())
        ours, theirs = registration.id, foreign.id
    assert press(office, f"registrations/{ours}/cancellation").status_code == 303
    assert press(office, f"registrations/{theirs}/cancellation").status_code == 404
    with office.app.app_context():
        assert registrations.live(of(office.app, office.maru)) == []
        assert len(registrations.live(of(office.app, office.garam))) == 1


def test_copying_the_link_is_noted(office: Office):
    assert press(office, "link-copies").status_code == 204
    assert count(office.app, JournalEntry, JournalEntry.action == "link copied") == 1


DEEDS = (
    "sending",
    "link-renewal",
    "revocation",
    "revival",
    "calls",
    "link-copies",
    "seats",
    "choices",
    "coordinator",
)


def test_a_host_contact_may_press_only_for_their_own(office: Office):
    for deed in DEEDS:
        assert office.daon.post(f"/organizer/invitations/{office.maru}/{deed}").status_code == 404
        assert office.daon.post(f"/organizer/invitations/{office.garam}/{deed}").status_code != 404
        assert office.viewer.post(f"/organizer/invitations/{office.garam}/{deed}").status_code == 403


def test_foreign_and_missing_companies_look_the_same(office: Office):
    foreign = office.daon.get(f"/organizer/invitations/{office.maru}")
    missing = office.daon.get("/organizer/invitations/999999999999")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert "마루소프트" not in foreign.get_data(as_text=True)
    assert "마루소프트" not in missing.get_data(as_text=True)


def test_a_viewer_reads_without_links(office: Office):
    page = office.viewer.get(f"/organizer/invitations/{office.maru}")
    assert page.status_code == 200
    assert "/i/" not in page.get_data(as_text=True)


def test_after_a_coordinator_was_erased_somebody_else_is_asked_for(office: Office):
    address = f"/organizer/invitations/{office.maru}/coordinator"
    with office.app.app_context():
        own_data.erase(db.session.get_one(Invitation, office.maru).coordinator)
    form = office.organizer.get(address).get_data(as_text=True)
    assert re.search(r'<input checked[^>]*value="other"', form)
    same = {"who": "same", "name": "강미루", "title": "", "phone": "", "email": "", "language": "ko"}
    answer = office.organizer.post(address, data=same)
    assert (answer.status_code, "본인이 원하셔서 지운 정보입니다." in answer.get_data(as_text=True)) == (
        409,
        True,
    )
    assert office.organizer.post(address, data={**same, "who": "other"}).status_code == 303
    assert "강미루" in office.organizer.get(address).get_data(as_text=True)
