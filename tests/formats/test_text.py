"""Typed text: what is taken out, what stays, what is too long."""

import unicodedata

import pytest

from eventapp.formats import text


def test_a_line_is_composed_collapsed_and_stripped():
    assert text.clean_line("  한\t지원 \r\n\u00a0과장\u3000 ", 50) == "한 지원 과장"
    assert text.clean_line(unicodedata.normalize("NFD", "한지원"), 3) == "한지원"
    assert text.clean_line(None, 5) == ""


@pytest.mark.parametrize(
    "unseen", ["\0", "\x1b", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\u200f"]
)
def test_unseen_characters_go(unseen):
    assert text.clean_line(f"한{unseen}지원", 10) == "한지원"
    assert text.clean_text(f"한{unseen}지원\n둘", 10) == "한지원\n둘"


def test_markup_emoji_and_joiners_stay_as_they_are():
    assert text.clean_line("<b>마루</b> 👩\u200d💻", 50) == "<b>마루</b> 👩\u200d💻"


def test_texts_keep_their_lines():
    assert text.clean_text(" 하나 \r\n둘\r\r\n\n\n\u2028셋 \n", 50) == "하나\n둘\n\n셋"
    assert "\r" not in text.clean_text("a\rb", 9)


def test_too_long_is_counted_after_cleaning():
    assert text.clean_line("  가나다  ", 3) == "가나다"
    with pytest.raises(text.TooLong) as refused:
        text.clean_line("가나다라", 3)
    assert refused.value.limit == 3
    assert issubclass(text.TooLong, ValueError)


@pytest.mark.parametrize("typed", [None, "", "가" * 999, "9" * 201, "\ufb2c" * 40, "a\x00b", " 한 \n 줄 "])
def test_where_nothing_can_be_asked_back_the_rest_goes_and_nothing_is_refused(typed):
    line = text.cut_line(typed, 40)
    assert (len(line) <= 40, text.clean_line(line, 40)) == (True, line)


def test_cleaning_twice_changes_nothing():
    for raw in ("  한\t지원", "a\n\n\n\nb", "\u202e가", "e\u200b\u0301", "\u1112\u200b\u1161"):
        once = text.clean_text(raw, 50)
        assert text.clean_text(once, 50) == once
