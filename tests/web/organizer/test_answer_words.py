"""Answers in words and in a spreadsheet's cells."""

from datetime import date

import pytest

from eventapp.models.question import Asks, Question
from eventapp.web.organizer import answer_words

CHOICES = [{"key": "1", "ko": "작게", "en": "Small"}, {"key": "2", "ko": "크게", "en": ""}]


@pytest.mark.parametrize(
    ("kind", "value", "words", "cell"),
    [
        (Asks.TEXT, "=1", "=1", "=1"),
        (Asks.NUMBER, "12", "12", 12),
        (Asks.NUMBER, "0.5", "0.5", 0.5),
        (Asks.DATE, "2017-11-09", "2017-11-09", date(2017, 11, 9)),
        (Asks.SEVERAL, ["1", "2"], "작게, 크게", "작게, 크게"),
        (Asks.YES_NO, "no", "아니요", "아니요"),
    ],
)
def test_each_kind_in_words_and_as_a_cell(app, kind, value, words, cell):
    with app.test_request_context():
        question = Question(kind=kind, choices=CHOICES if kind == Asks.SEVERAL else [])
        assert answer_words.of(question, value) == words
        assert answer_words.cell(question, value) == cell
        assert answer_words.cell(question, None) == ""
