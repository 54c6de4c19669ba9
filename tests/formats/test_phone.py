"""Phone numbers as typed, as pasted, as a sheet hands them over."""

import pytest

from eventapp.formats import phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("010-0000-2009", "+821000002009"),
        ("01000002009", "+821000002009"),
        ("1012345678.0", "+821012345678"),
        ("1012345678", "+821012345678"),
        ("1000001000", "+821000001000"),
        ("1.012345678E9", "+821012345678"),
        ("821012345678", "+821012345678"),
        ("+82 10-0000-2009", "+821000002009"),
        ("+82 010 1234 5678", "+821012345678"),
        ("0082-10-1234-5678", "+821012345678"),
        ("０１０－１２３４－５６７８", "+821012345678"),
        (" (010) 1234.5678 ", "+821012345678"),
        ("010–1234–5678", "+821012345678"),
        ("tel:010-1234-5678", "+821012345678"),
        ("02-123-4567", "+8221234567"),
        ("21234567.0", "+8221234567"),
        ("064-123-4567", "+82641234567"),
        ("070-1234-5678", "+827012345678"),
        ("1588-1234", "+8215881234"),
        ("+1 650 253 0000", "+16502530000"),
        ("+82 2 123 4567", "+8221234567"),
    ],
)
def test_a_number_is_kept_as_e164(typed, kept):
    assert phone.parse(typed) == kept
    assert phone.parse(kept) == kept
    assert phone.parse(phone.national(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "code", "missing"),
    [
        ("010-1234-567", "too_short", 1),
        ("010-0000-44", "too_short", 2),
        ("010-12", "too_short", 6),
        ("010", "too_short", 8),
        ("+82 10 1234 567", "too_short", 1),
        ("82101234567", "too_short", 1),
        ("02-123-456", "too_short", 1),
        ("010-1234-56789", "too_long", 0),
        ("02-1234-56789", "too_long", 0),
        ("9" * 60, "too_long", 0),
        ("", "not_a_number", 0),
        ("없음", "not_a_number", 0),
        ("010-1234-5678 내선 3", "not_a_number", 0),
        ("010-1234-5678, 02-123-4567", "not_a_number", 0),
        ("=1+1", "not_a_number", 0),
        ("1e99", "not_a_number", 0),
    ],
)
def test_what_is_no_number_says_what_is_wrong(typed, code, missing):
    with pytest.raises(phone.PhoneProblem) as refused:
        phone.parse(typed)
    assert (refused.value.code, refused.value.missing) == (code, missing)


def test_every_shortened_mobile_number_counts_what_is_missing():
    for kept in range(3, 11):
        with pytest.raises(phone.PhoneProblem) as refused:
            phone.parse("01000002009"[:kept])
        assert (refused.value.code, refused.value.missing) == ("too_short", 11 - kept)


def test_numbers_are_shown_the_national_way():
    assert phone.national("+821000002009") == "010-0000-2009"
    assert phone.national("+8221234567") == "02-123-4567"
    assert phone.national("+16502530000") == "+1 650-253-0000"
    assert phone.national("") == ""
    assert phone.last_four("+821000002009") == "2009"
    assert phone.last_four("") == ""


@pytest.mark.parametrize(
    "typed",
    [
        "+",
        "++82",
        "-",
        "( )",
        "٠١٠١٢٣٤٥٦٧٨٩",
        "1.5",
        "1e5",
        "+82",
        "+999 12345",
        "\0",
        "0" * 40,
        "²³",
        "112",
        "01",
    ],
)
def test_odd_input_is_refused_with_a_code_that_can_be_said(typed):
    with pytest.raises(phone.PhoneProblem) as refused:
        phone.parse(typed)
    assert refused.value.code in {"too_short", "too_long", "not_a_number"}
    assert (refused.value.code == "too_short") == (refused.value.missing > 0)
