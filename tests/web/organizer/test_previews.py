"""A letter before it is sent: as one company gets it, and as a trial to oneself; neither carries a link."""

from __future__ import annotations

import email
import re
from dataclasses import replace

import pytest
from cast import OH, a_colleague, a_registration, an_item, attendee_of, run
from mail_server import mail_server
from office import Office
from sqlalchemy import select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.rules import agenda_items, events, publications, working_copies

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/messages"


@pytest.mark.parametrize("purpose", ["invitation", "confirmation", "pass", "moved", "link again", "nonsense"])
def test_a_preview_is_the_letter_without_its_link(office: Office, purpose: str):
    with office.app.app_context():
        a_registration(db.session.get_one(Invitation, office.maru), OH)
        before = len(db.session.scalars(select(Message)).all())
    where = {"invitation": office.maru, "purpose": purpose}
    assert "<iframe" in office.organizer.get(f"{ADDRESS}/preview", query_string=where).get_data(as_text=True)
    letter = office.organizer.get(f"{ADDRESS}/preview/letter", query_string=where).get_data(as_text=True)
    assert "마루소프트" in letter
    assert not re.search(r"/[ip]/[\w-]{20}", letter)
    with office.app.app_context():
        assert len(db.session.scalars(select(Message)).all()) == before


def test_a_pass_nobody_would_get_is_said(office: Office):
    page = office.organizer.get(f"{ADDRESS}/preview?invitation={office.maru}&purpose=pass")
    assert "<iframe" not in page.get_data(as_text=True)
    letter = office.organizer.get(f"{ADDRESS}/preview/letter?invitation={office.maru}&purpose=pass")
    assert letter.status_code == 404


@pytest.mark.parametrize("invitation", ["0", "999999", "x", "99999999999999999999", "²"])
def test_a_preview_of_nothing_is_a_sentence(office: Office, invitation: str):
    answer = office.organizer.get(f"{ADDRESS}/preview/letter", query_string={"invitation": invitation})
    assert answer.status_code == 404


def test_a_host_contact_previews_the_own_companies_alone(office: Office):
    assert office.daon.get(f"{ADDRESS}/preview?invitation={office.garam}").status_code == 200
    assert office.daon.get(f"{ADDRESS}/preview?invitation={office.maru}").status_code == 404
    assert office.daon.get(f"{ADDRESS}/preview/letter?invitation={office.maru}").status_code == 404
    assert "마루소프트" not in office.daon.get(f"{ADDRESS}/preview").get_data(as_text=True)


def test_a_trial_goes_to_oneself_and_carries_nobodys_link(office: Office):
    data = {"invitation": office.maru, "purpose": "invitation"}
    with mail_server() as (letters, url):
        office.app.config["MAIL_URL"] = url
        assert office.organizer.post(f"{ADDRESS}/trial", data=data).status_code == 303
    (mail,) = letters.arrived
    assert mail["To"] == "organizer@host.example"
    subject = str(email.header.make_header(email.header.decode_header(mail["Subject"])))
    assert subject.startswith("[시험] ")
    text = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    body = text.get_payload(decode=True).decode()
    assert ("/i/" in body, "/organizer/messages/preview" in body) == (False, True)
    with office.app.app_context():
        assert set(db.session.scalars(select(Message.status))) == {"queued"}


def test_a_trial_that_does_not_get_through_is_said(office: Office):
    office.app.config["MAIL_URL"] = "smtp://127.0.0.1:9?tls=none&timeout=1"
    data = {"invitation": office.maru, "purpose": "invitation"}
    assert office.organizer.post(f"{ADDRESS}/trial", data=data).status_code == 303
    page = office.organizer.get(f"{ADDRESS}/preview").get_data(as_text=True)
    assert "시험 편지가 닿지 않았습니다" in page


def test_no_trial_before_the_facts_are_confirmed(office: Office):
    with office.app.app_context():
        event = db.session.get_one(Invitation, office.maru).event
        events.state_facts(event, place_ko="다른 곳")
    data = {"invitation": office.maru, "purpose": "invitation"}
    assert office.organizer.post(f"{ADDRESS}/trial", data=data).status_code == 409
    assert "<iframe" in office.organizer.get(f"{ADDRESS}/preview").get_data(as_text=True)


def test_the_letter_about_the_programme_is_read_as_everybody_it_concerns_and_as_nobody_else(office: Office):
    with office.app.app_context():
        event = db.session.get_one(Invitation, office.maru).event
        people = [
            attendee_of(a_registration(db.session.get_one(Invitation, number), colleague))
            for number, colleague in (
                (office.maru, OH),
                (office.garam, a_colleague(name="정도현", language="en")),
            )
        ]
        far = attendee_of(a_registration(db.session.get_one(Invitation, office.maru), number=2))
        first, second, other = (one.id for one in (*people, far))
        item = an_item(run(event, 1), hour=11)
        publications.publish(event)
        working_copies.change(event, item.uid, draft=replace(agenda_items.drafted(item), room_ko="오름홀"))
    preview = f"{ADDRESS}/preview?purpose=agenda+changed"
    page = office.organizer.get(f"{preview}&attendee={first}").get_data(as_text=True)
    assert set(re.findall(r'<option value="(\d+)"', page)) == {str(first), str(second)}
    assert f"attendee={second}" in page
    for number, name in ((first, "오세린"), (second, "정도현")):
        letter = office.organizer.get(f"{ADDRESS}/preview/letter?purpose=agenda+changed&attendee={number}")
        assert (name in letter.get_data(as_text=True), letter.status_code) == (True, 200)
    unconcerned = f"{ADDRESS}/preview/letter?purpose=agenda+changed&attendee={other}"
    assert office.organizer.get(unconcerned).status_code == 404
    assert f'href="{preview}"' in office.organizer.get("/organizer/agenda").get_data(as_text=True)
    assert re.search(rf"attendee=({first}|{second})$", office.organizer.get(preview).headers["Location"])
    for wrong in ("0", "x", "99999999999"):
        assert office.organizer.get(f"{preview}&attendee={wrong}").status_code == 404
    assert office.daon.get(f"{preview}&attendee={first}").status_code == 404
    own = office.daon.get(f"{preview}&attendee={second}").get_data(as_text=True)
    assert re.findall(r'<option value="(\d+)"', own) == [str(second)]
