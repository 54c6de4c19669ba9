"""One badge once more: a warning of what is on paper, and a new code that ends the old one."""

import io

import pytest
from cast import HAN, OH, a_registration, attendee_of, badge_of, run
from doorway import a_checkpoint_of, scanned
from pypdf import PdfReader
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.badge import Badge
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.reports import audit
from eventapp.rules import registrations

ADDRESS = "/organizer/badges"


@pytest.fixture
def oh(app, office):
    with app.app_context():
        registration = a_registration(db.session.get(Invitation, office.maru), OH)
        return registration.id, attendee_of(registration).id


def press(office, attendee_id, printed):
    return office.organizer.post(f"{ADDRESS}/{attendee_id}/sheet", data={"printed": printed})


def test_the_first_print_has_no_warning_and_the_second_has_one(office, oh):
    _registration, attendee = oh
    assert "아직 인쇄하지 않음" in office.organizer.get(f"{ADDRESS}/one?q=ㅇㅅㄹ").text
    answer = press(office, attendee, 0)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 1
    assert "1번 인쇄했습니다" in office.organizer.get(f"{ADDRESS}/one?q=오세린").text
    assert press(office, attendee, 1).status_code == 200


def test_who_did_not_read_the_warning_is_shown_it_first(office, oh):
    _registration, attendee = oh
    office.organizer.post(f"{ADDRESS}/sheets", data={"run": "", "company": "", "layout": "a6"})
    assert press(office, attendee, 0).status_code == 303
    assert press(office, attendee, "").status_code == 303
    assert "그사이 인쇄되었습니다" in office.organizer.get(f"{ADDRESS}/one?q=오세린").text


def test_a_lost_badge_gets_a_new_code_and_the_old_one_admits_nobody(app, office, oh):
    registration_id, attendee = oh
    with app.app_context():
        old = badge_of(db.session.get(Registration, registration_id)).code
    assert office.organizer.post(f"{ADDRESS}/{attendee}/renewal").status_code == 303
    with app.app_context():
        registration = db.session.get(Registration, registration_id)
        lost = db.session.scalars(select(Badge).where(Badge.code == old)).one()
        assert (lost.revoked_because, badge_of(registration).code == old) == ("lost", False)
        gate = a_checkpoint_of(run(registration.invitation.event, 1), Kind.GATE)
        assert scanned(registration, gate).verdict == "admitted"
        assert audit.broken() == []


def test_who_has_no_place_has_no_badge(app, office, oh):
    registration_id, attendee = oh
    with app.app_context():
        registrations.cancel(db.session.get(Registration, registration_id))
    for number in (attendee, 0, 99999, 99999999999999):
        assert press(office, number, 0).status_code == 404
        assert office.organizer.post(f"{ADDRESS}/{number}/renewal").status_code == 404
    assert HAN.name not in office.organizer.get(f"{ADDRESS}/one?q=x").text


def test_it_is_the_organizers_alone(office, oh):
    for other in (office.daon, office.viewer):
        assert other.get(f"{ADDRESS}/one").status_code == 403
