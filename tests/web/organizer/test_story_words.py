"""Every deed and every letter of a company's story has its sentence, in both languages."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.models.message import Purpose
from eventapp.reports import history
from eventapp.reports.history import Step
from eventapp.web.organizer import story_words


def step(action: str, **detail: str) -> Step:
    return Step(datetime(2017, 10, 16, tzinfo=UTC), action, "coordinator", "오세린", detail)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_deed_and_letter_has_a_sentence_of_its_own(in_app: Flask, language: str):
    with force_locale(language):
        deeds = [story_words.deed(step(action)) for action in sorted(history.TOLD)]
        letters = [story_words.letter(step("letter", purpose=one, status="sent")) for one in Purpose]
    assert "" not in deeds
    assert len(set(deeds + letters)) == len(history.TOLD) + len(Purpose)


def test_who_did_it_is_said_in_a_word(in_app: Flask):
    with force_locale("ko"):
        assert story_words.who(step("accepted")) == "담당자"
