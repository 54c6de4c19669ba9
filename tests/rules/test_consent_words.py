"""The proposed words are whole, in both languages, and fit the form that mends them."""

from dataclasses import replace

import pytest
from flask import Flask

from eventapp.models.consent import ConsentPurpose
from eventapp.rules import consent_words
from eventapp.web.organizer.consents import KeptTextForm, TextForm


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_every_purpose_has_words_that_the_form_takes(app: Flask, purpose: ConsentPurpose):
    with app.test_request_context(method="POST"):
        words = consent_words.PROPOSED[purpose]
        form = (KeptTextForm if words.keep_days else TextForm)(formdata=None, data=vars(words))
        assert (form.validate(), form.errors) == (True, {})


def test_there_are_words_for_every_purpose_in_its_order():
    assert list(consent_words.PROPOSED) == list(ConsentPurpose)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, ("1일", "one day")),
        (30, ("30일", "30 days")),
        (365, ("1년", "one year")),
        (730, ("2년", "2 years")),
    ],
)
def test_days_stand_in_the_text_and_can_be_taken_out_again(days: int, said: tuple[str, str]):
    words = replace(consent_words.PROPOSED[ConsentPurpose.PERSONAL_DATA], keep_days=days)
    filled = consent_words.filled(words)
    assert filled.period_ko.startswith(f"행사가 끝난 날부터 {said[0]}. 그")
    assert filled.period_en.startswith(f"{said[1][:1].upper()}{said[1][1:]} from the last day. You")
    assert consent_words.opened(filled) == words
