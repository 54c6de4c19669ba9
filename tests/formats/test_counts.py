"""Small numbers as words, with the counter that never parts from them."""

import pytest

from eventapp.formats import counts


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (counts.seats(3, "ko"), "세\u00a0자리"),
        (counts.seats(3, "en"), "three\u00a0seats"),
        (counts.seats(1, "en"), "one\u00a0seat"),
        (counts.seats(11, "en"), "11\u00a0seats"),
        (counts.seats(0, "en"), "no\u00a0seats"),
        (counts.people(2, "ko"), "두\u00a0분"),
        (counts.people(1, "en"), "one\u00a0person"),
        (counts.people(20, "ko"), "스무\u00a0분"),
        (counts.runs(2, "ko"), "두\u00a0차례"),
        (counts.ordinal_seat(3, "ko"), "세\u00a0번째 자리"),
        (counts.ordinal_seat(1, "ko"), "첫\u00a0번째 자리"),
        (counts.ordinal_seat(2, "en"), "Second seat"),
        (counts.ordinal_seat(12, "en"), "Seat 12"),
    ],
)
def test_a_count_is_said_as_people_say_it(said, words):
    assert said == words
