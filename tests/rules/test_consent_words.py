"""The proposed words are whole, in both languages, and fit the form that mends them."""

import pytest
from flask import Flask

from eventapp.models.consent import ConsentPurpose
from eventapp.rules import consent_words
from eventapp.web.organizer.consents import TextForm


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_every_purpose_has_words_that_the_form_takes(app: Flask, purpose: ConsentPurpose):
    with app.test_request_context(method="POST"):
        form = TextForm(formdata=None, data=vars(consent_words.PROPOSED[purpose]))
        assert (form.validate(), form.errors) == (True, {})


def test_there_are_words_for_every_purpose_in_its_order():
    assert list(consent_words.PROPOSED) == list(ConsentPurpose)
