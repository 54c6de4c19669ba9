"""The letters at the desk: trouble first, read, corrected, sent again; previews name nobody's link."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from cast import OH, a_registration, attendee_of
from office import Office
from sqlalchemy import select

from eventapp.clock import now, standing_at
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.message import Message
from eventapp.models.states import MessageStatus
from eventapp.postman import deliver_once
from eventapp.rules import attendees, messages, own_data, registrations

pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "/organizer/messages"


def finish(office: Office, invitation: int, outcome: MessageStatus, *, handed: bool = False) -> int:
    """The first letter about that invitation comes to that end."""
    with office.app.app_context():
        while attempt := messages.lease_next():
            if attempt.message.subject_id == invitation:
                if handed:
                    messages.hand_over(attempt, digest="x")
                messages.finish(attempt, outcome=outcome, detail="550 nobody here")
                return attempt.message_id
            messages.finish(attempt, outcome=MessageStatus.SENT)
    raise AssertionError("no such letter")


def letter_to(office: Office, invitation: int) -> Message:
    return db.session.scalars(select(Message).where(Message.subject_id == invitation)).first()


def test_trouble_stands_first(office: Office):
    finish(office, office.maru, MessageStatus.FAILED)
    page = office.organizer.get(ADDRESS).get_data(as_text=True)
    names = re.findall(r"<td>(마루소프트|가람서버)</td>", page)
    assert names == ["마루소프트", "가람서버"]
    assert page.index("손이 필요한 편지") < page.index("마루소프트</td>") < page.index("나머지 편지")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"마루소프트", "가람서버"}),
        ("q=ㄱㄹㅅㅂ", {"가람서버"}),
        ("state=failed", {"마루소프트"}),
        ("state=failed&q=가람", set()),
        ("state=nonsense", set()),
        ("q=%00%ff", set()),
    ],
)
def test_letters_are_found(office: Office, query: str, found: set[str]):
    finish(office, office.maru, MessageStatus.FAILED)
    page = office.organizer.get(f"{ADDRESS}?{query}").get_data(as_text=True)
    assert set(re.findall(r"<td>(마루소프트|가람서버)</td>", page)) == found


def test_a_host_contact_sees_the_own_companies_letters_and_no_button(office: Office):
    message = finish(office, office.maru, MessageStatus.FAILED)
    page = office.daon.get(ADDRESS).get_data(as_text=True)
    assert ("가람서버" in page, "마루소프트" in page) == (True, False)
    assert office.daon.get(f"{ADDRESS}/{message}").status_code == 404
    assert office.daon.get(f"{ADDRESS}/{message}/letter").status_code == 404
    assert office.daon.post(f"{ADDRESS}/{message}/sending").status_code == 403
    assert office.viewer.get(ADDRESS).status_code == 403


def test_the_list_asks_the_database_as_often_for_many_letters(office: Office, queries):
    def asked() -> int:
        with queries() as seen:
            assert office.organizer.get(ADDRESS).status_code == 200
        return len(seen)

    asked()
    few = asked()
    with office.app.app_context():
        maru = db.session.get_one(Invitation, office.maru)
        registration = a_registration(maru, OH)
        for _ in range(15):
            attendees.send_pass_again(registration)
            while attempt := messages.lease_next():
                messages.finish(attempt, outcome=MessageStatus.SENT)
    assert asked() == few


def test_a_failed_letter_is_corrected_and_sent_again(office: Office):
    message_id = finish(office, office.maru, MessageStatus.FAILED)
    wrong = office.organizer.post(f"{ADDRESS}/{message_id}/sending", data={"email": "no address"})
    assert (wrong.status_code, 'value="no address"' in wrong.get_data(as_text=True)) == (422, True)
    answer = office.organizer.post(f"{ADDRESS}/{message_id}/sending", data={"email": "right@maru.example"})
    assert answer.status_code == 303
    with office.app.app_context():
        message = db.session.get_one(Message, message_id)
        assert (message.status, message.person.email) == ("queued", "right@maru.example")


def test_an_uncertain_letter_is_settled_by_asking(office: Office):
    message_id = finish(office, office.maru, MessageStatus.UNCERTAIN, handed=True)
    assert "도착했습니다" in office.organizer.get(f"{ADDRESS}/{message_id}").get_data(as_text=True)
    assert office.organizer.post(f"{ADDRESS}/{message_id}/arrival").status_code == 303
    assert office.organizer.post(f"{ADDRESS}/{message_id}/arrival").status_code == 409
    with office.app.app_context():
        assert db.session.get_one(Message, message_id).status == "sent"


def test_a_letter_is_read_in_a_frame_that_runs_nothing_and_the_look_is_remembered(office: Office):
    with office.app.app_context():
        message_id = letter_to(office, office.maru).id
    page = office.organizer.get(f"{ADDRESS}/{message_id}")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "sandbox=" in page.get_data(as_text=True)
    letter = office.organizer.get(f"{ADDRESS}/{message_id}/letter")
    policy = letter.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert (letter.headers["X-Frame-Options"], letter.headers["Cache-Control"]) == ("SAMEORIGIN", "no-store")
    assert "마루소프트" in letter.get_data(as_text=True)
    with office.app.app_context():
        looked = select(JournalEntry.thing_id).where(JournalEntry.action == "letter looked at")
        assert db.session.scalars(looked).all() == [str(message_id)]


def test_a_letter_that_says_what_is_no_longer_so_is_not_shown(office: Office):
    with office.app.app_context():
        registration = a_registration(db.session.get_one(Invitation, office.maru), OH)
        attendee = attendee_of(registration)
        message_id = messages.last_for("pass", attendee.id).id
        registrations.cancel(registration)
        with standing_at(now() + timedelta(minutes=5)):
            deliver_once()
    page = office.organizer.get(f"{ADDRESS}/{message_id}").get_data(as_text=True)
    assert ("이제 보내지 않습니다" in page, "<iframe" in page) == (True, False)
    assert office.organizer.get(f"{ADDRESS}/{message_id}/letter").status_code == 404


def test_the_file_is_the_letter_as_it_left(office: Office):
    with office.app.app_context():
        message_id = letter_to(office, office.maru).id
    assert office.organizer.get(f"{ADDRESS}/{message_id}/file").status_code == 303
    with office.app.app_context():
        deliver_once()
        (file,) = (Path(office.app.instance_path) / "outbox").glob(f"{message_id:06d}-*.eml")
    answer = office.organizer.get(f"{ADDRESS}/{message_id}/file")
    assert answer.get_data() == file.read_bytes()


def test_a_held_outbox_is_said_and_let_go(office: Office):
    with office.app.app_context():
        messages.hold_outbox()
    assert "2통을 붙잡아 두었습니다" in office.organizer.get(ADDRESS).get_data(as_text=True)
    assert office.organizer.post(f"{ADDRESS}/release").status_code == 303
    assert "붙잡아 두었습니다" not in office.organizer.get(ADDRESS).get_data(as_text=True)


def test_no_address_is_written_to_who_was_erased(office: Office):
    with office.app.app_context():
        message = letter_to(office, office.maru)
        message_id = message.id
        own_data.erase(message.person)
    form = {"email": "again@maru.example"}
    answer = office.organizer.post(f"{ADDRESS}/{message_id}/sending", data=form)
    assert (answer.status_code, "본인이 원하셔서 지운 정보입니다." in answer.get_data(as_text=True)) == (
        409,
        True,
    )
    with office.app.app_context():
        assert db.session.get_one(Message, message_id).person.email == ""
