"""Alimtalk: signed and well shaped, once; what is not taken goes by mail, what nobody knows is never doubled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cast import JUNG, OH, a_registration, an_event, an_invitation, attendee_of
from flask import Flask
from kakao_server import KEY, SECRET, Notes, kakao_server
from live import free_port
from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import ConfigurationProblem
from eventapp.models.message import Message, MessageAttempt, Purpose
from eventapp.postman import deliver_once
from eventapp.postman.alimtalk import Solapi, alimtalk_for
from eventapp.rules import approvals, invitations, messages
from eventapp.rules.people import Colleague

pytestmark = pytest.mark.usefixtures("clock")
WELL = "https://key:secret@api.solapi.com?pfId=P&from=0212345678&pass=T"


@pytest.fixture
def far_end(in_app: Flask) -> Iterator[Notes]:
    """The provider, and the app sending there."""
    with kakao_server() as (notes, url):
        in_app.config["ALIMTALK_URL"] = url
        yield notes
        in_app.config["ALIMTALK_URL"] = ""


def a_pass(colleague: Colleague = OH, wants_approval: bool = False) -> Message:
    """The letter with the badge; every other letter is on its way already."""
    event = an_event()
    if wants_approval:
        approvals.want(event, True)
    invitation = an_invitation(event)
    attendee = attendee_of(a_registration(invitation, colleague))
    message = messages.last_for(Purpose.PASS, attendee.id)
    assert message is not None
    with db.writing():
        for other in db.session.scalars(select(Message).where(Message.id != message.id)):
            db.session.delete(other)
    return message


def tries() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(MessageAttempt).order_by(MessageAttempt.id))
    return [(row.way, row.outcome, row.detail) for row in rows]


BY_MAIL = ("mail", "sent", "Laid into the outbox.")


def test_a_pass_goes_signed_and_filled_in_and_not_by_mail(far_end: Notes, in_app: Flask):
    message = a_pass()
    assert (deliver_once(), message.status) == (1, "sent")
    assert tries() == [("alimtalk", "sent", "Alimtalk: 200 2000")]
    (taken,) = far_end.taken
    link = taken["kakaoOptions"]["variables"].pop("#{링크}")
    assert taken == {
        "to": "01000004417",
        "from": "0212345678",
        "kakaoOptions": {
            "pfId": "KA01PF01",
            "templateId": "KA01TP01",
            "variables": {
                "#{이름}": "오세린 대리",
                "#{회사}": message.person.company.name,
                "#{행사}": "2017 파트너스 데이",
                "#{날짜}": "11월\u00a09\u202f–\u202f10일",
                "#{장소}": "카카오 제주 본사",
            },
            "disableSms": True,
        },
    }
    assert link.startswith(f"{in_app.config['BASE_URL']}/p/")
    assert not (Path(in_app.instance_path) / "outbox").exists()


@pytest.mark.parametrize("mood", [301, 400, 401, 403, 404, 429, 503])
def test_a_refusal_goes_by_mail_at_once_and_both_tries_are_seen(far_end: Notes, mood: int):
    message = a_pass()
    far_end.mood = mood
    assert (deliver_once(), message.status, far_end.asked) == (2, "sent", 1)
    assert tries() == [("alimtalk", "failed", f"Alimtalk: {mood} SomethingElse"), BY_MAIL]


@pytest.mark.parametrize("mood", [500, 502, "hang", "cut", "garbage"])
def test_what_nobody_knows_is_uncertain_and_never_doubled_by_itself(far_end: Notes, mood: int | str):
    message = a_pass()
    far_end.mood = mood
    assert (deliver_once(), deliver_once(), message.status) == (1, 0, "uncertain")
    assert [row[:2] for row in tries()] == [("alimtalk", "uncertain")]
    messages.send_again(message)
    assert (deliver_once(), message.status, far_end.asked) == (1, "sent", 1)
    assert tries()[1] == BY_MAIL


def test_two_notes_are_signed_with_a_salt_each(far_end: Notes):
    invitation = an_invitation(an_event())
    for colleague in (OH, JUNG):
        a_registration(invitation, colleague)
    deliver_once()
    assert (len(far_end.taken), len(far_end.salts)) == (2, 2)


def test_a_letter_asked_for_again_comes_to_the_address_that_was_typed(far_end: Notes):
    message = a_pass()
    deliver_once()
    assert invitations.send_links_again(message.person.email) == 1
    assert (deliver_once(), far_end.asked, message.status) == (1, 1, "sent")
    assert tries() == [("alimtalk", "sent", "Alimtalk: 200 2000"), BY_MAIL]


def test_nobody_at_the_far_end_means_mail(in_app: Flask, far_end: Notes):
    in_app.config["ALIMTALK_URL"] = (
        f"http://{KEY}:{SECRET}@127.0.0.1:{free_port()}?pfId=P&from=0212345678&pass=T"
    )
    message = a_pass()
    assert (deliver_once(), message.status) == (2, "sent")
    assert tries() == [("alimtalk", "failed", "Alimtalk: ConnectionRefusedError"), BY_MAIL]


def test_a_wrong_secret_is_refused_and_the_letter_arrives_by_mail(in_app: Flask, far_end: Notes):
    in_app.config["ALIMTALK_URL"] = in_app.config["ALIMTALK_URL"].replace(SECRET, "another")
    a_pass()
    deliver_once()
    assert tries() == [("alimtalk", "failed", "Alimtalk: 401 SignatureDoesNotMatch"), BY_MAIL]


@pytest.mark.parametrize("number", ["", "+82212345678", "+16502530000"])
def test_without_a_korean_mobile_it_is_mail(far_end: Notes, number: str):
    a_pass(Colleague(OH.name, OH.title, number, OH.email))
    assert (deliver_once(), far_end.asked, tries()) == (1, 0, [BY_MAIL])


def test_a_letter_without_a_template_is_mail(far_end: Notes):
    an_invitation(an_event())
    assert (deliver_once(), far_end.asked, tries()) == (1, 0, [BY_MAIL])


def test_who_still_needs_a_yes_reads_a_letter_of_its_own_words(far_end: Notes):
    message = a_pass(wants_approval=True)
    assert (deliver_once(), message.status, far_end.taken) == (1, "sent", [])
    assert tries() == [BY_MAIL]


def test_it_is_off_until_configured(in_app: Flask):
    a_pass()
    assert (in_app.config["ALIMTALK_URL"], alimtalk_for("", in_app.instance_path)) == ("", None)
    assert (deliver_once(), tries()) == (1, [BY_MAIL])


def test_a_postman_that_died_after_the_last_byte_leaves_it_uncertain(far_end: Notes):
    message = a_pass()
    attempt = messages.lease_next()
    messages.hand_over(attempt, digest="", way="alimtalk")
    with db.writing():
        message.leased_until = message.queued_at
        db.lock(message)
    with db.writing():
        message.leased_until = None
    assert (deliver_once(), message.status, far_end.asked) == (0, "uncertain", 0)


def test_as_files_it_lies_beside_the_mail_as_json(in_app: Flask):
    in_app.config["ALIMTALK_URL"] = "file:"
    message = a_pass()
    deliver_once()
    in_app.config["ALIMTALK_URL"] = ""
    (file,) = (Path(in_app.instance_path) / "outbox").iterdir()
    said = json.loads(file.read_text())
    assert (file.name, said["to"], said["template"]) == (f"{message.id:06d}-1.json", "01000004417", "pass")


def test_no_log_and_no_answer_kept_holds_a_number_or_a_secret(
    far_end: Notes, capfd: pytest.CaptureFixture[str]
):
    a_pass()
    far_end.mood = 400
    deliver_once()
    said = "".join(capfd.readouterr()) + "".join(row[2] for row in tries())
    assert [word for word in ("01000004417", "0000004417", SECRET, "/p/") if word in said] == []


@pytest.mark.parametrize(
    "url",
    [
        "solapi",
        WELL.replace("https", "http"),
        WELL.replace("key:secret@", ""),
        WELL.replace("pfId=P", ""),
        WELL.replace("from=0212345678", "from=home"),
        WELL.replace("&pass=T", ""),
        f"{WELL}&timeout=long",
    ],
)
def test_a_careless_setting_is_refused_in_one_line(url: str):
    with pytest.raises(ConfigurationProblem, match="EVENTAPP_ALIMTALK_URL"):
        alimtalk_for(url, "")
    assert isinstance(alimtalk_for(WELL, ""), Solapi)


def test_the_command_refuses_to_start_on_it(app: Flask):
    app.config["ALIMTALK_URL"] = "kakao"
    done = app.test_cli_runner().invoke(args=["deliver"])
    app.config["ALIMTALK_URL"] = ""
    assert (done.exit_code, "EVENTAPP_ALIMTALK_URL" in done.output) == (1, True)
