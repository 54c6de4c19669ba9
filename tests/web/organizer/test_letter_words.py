"""Everything a letter can be, and everything we say of one, has its word in both languages."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.models.message import Purpose
from eventapp.models.states import MessageStatus
from eventapp.web.organizer import letter_words

LETTERS = Path(__file__).parents[3] / "eventapp"


def test_every_purpose_and_state_has_its_word():
    assert set(letter_words.PURPOSES) == set(Purpose)
    assert set(letter_words.STATES) == set(MessageStatus)


def test_every_reason_not_to_send_has_its_words():
    files = [*(LETTERS / "letters").glob("*.py"), LETTERS / "web/organizer/previews.py"]
    said = {reason for file in files for reason in re.findall(r'Withdrawn\("([^"]+)"\)', file.read_text())}
    assert said - set(letter_words.ANSWERS) == set()


@pytest.mark.parametrize(
    ("status", "tries", "held", "word"),
    [
        ("queued", 0, False, "기다림"),
        ("queued", 2, False, "다시 보낼 예정"),
        ("queued", 2, True, "붙잡아 둠"),
        ("failed", 1, False, "닿지 않음"),
    ],
)
def test_a_state_is_said_as_it_is(in_app: Flask, status: str, tries: int, held: bool, word: str):
    with force_locale("ko"):
        assert letter_words.state_word(status, tries=tries, held=held) == word


def test_a_mail_servers_answer_stays_as_it_was_said(in_app: Flask):
    assert letter_words.answer_word("550 5.1.1 no such user") == "550 5.1.1 no such user"
