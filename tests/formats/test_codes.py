"""Badge codes: chance, check and what a thumb may do to them."""

import random
import re

from eventapp.formats import codes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_new_codes_are_eleven_plain_characters_that_fit_their_check():
    drawn = {codes.new_code() for _ in range(3000)}
    assert len(drawn) == 3000
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{10}[0-9A-HJKMNP-Z]", code) for code in drawn)
    assert all(codes.normalise(code) == code for code in drawn)
    assert any(code.endswith("U") for code in drawn)


def test_the_check_is_crockfords():
    assert codes.normalise("00000000000") == "00000000000"
    assert codes.normalise("0000000001" + "1") == "00000000011"
    assert codes.normalise("000000001Z" + "U") is None
    assert codes.normalise("0000000014" + "U") == "0000000014U"  # 36 = U
    assert codes.normalise("0000000010" + "*") is None  # 32 = *, never drawn


def test_any_way_of_typing_it_is_read():
    chance = random.Random(5)
    for _ in range(300):
        code = codes.new_code()
        assert codes.normalise(codes.shown(code)) == code
        assert codes.normalise(code.lower().replace("0", "o").replace("1", chance.choice("lLiI"))) == code
        assert codes.normalise(f" {code[:4]}-{code[4:8]}–{code[8:]}\n") == code
        assert codes.normalise(f"HTTPS://PARTNERS.EXAMPLE/B/{code}") == code
        assert codes.normalise(f"http://127.0.0.1:5000/b/{code.lower()}/?x=1#y") == code
        assert codes.normalise("".join(chr(ord(one) + 0xFEE0) for one in code)) == code


def test_one_wrong_or_two_swapped_characters_are_noticed():
    chance = random.Random(6)
    for _ in range(60):
        code = codes.new_code()
        for place in range(10):
            wrong = chance.choice(ALPHABET.replace(code[place], ""))
            assert codes.normalise(code[:place] + wrong + code[place + 1 :]) is None
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or codes.normalise(swapped) is None


def test_everything_else_is_no_code():
    for text in (
        "",
        "한지원",
        "5W8T",
        "U" * 11,
        "*" * 11,
        "0" * 10,
        "0" * 12,
        "\0" * 11,
        "٠" * 11,
        "0" * 100_000,
    ):
        assert codes.normalise(text) is None
    assert codes.normalise("https://elsewhere.example/i/00000000000") is None
    assert codes.normalise("00000000000 extra") is None


def test_a_code_is_shown_in_four_four_three():
    assert codes.shown("5W8TNB04RJ9") == "5W8T NB04 RJ9"
    assert codes.parts("5W8TNB04RJ9") == ("5W8T", "NB04", "RJ9")
