"""Korean words: search by 초성, particles, numerals, order."""

import random
import unicodedata

import pytest

from eventapp.formats import hangul


def test_initials_are_those_of_syllables_and_leave_the_rest():
    assert hangul.initials("김철수 A1") == "ㄱㅊㅅ A1"
    assert hangul.initials(unicodedata.normalize("NFD", "꽃뿌리")) == "ㄲㅃㄹ"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ㄱㅊㅅ", "김철수"),
        ("ㄳ", "기사"),  # what a keyboard makes of ㄱ and ㅅ
        ("ㅀ", "라하"),
        ("김ㅊ", "김철수"),
        ("ㅊ수", "김철수"),
        ("마루 소프트", "마루소프트"),
        ("마루소프트", "마루 소프트"),
        ("바람골id", "바람골IDC"),
        ("ㅂㄹㄱIDC", "바람골idc"),
        ("기", "김철수"),
        ("김처", "김철수"),
        (unicodedata.normalize("NFD", "철수"), "김철수"),
        ("철수", unicodedata.normalize("NFD", "김철수")),
        ("\u1100\u110e", "김철수"),
        ("마루 한지원", "마루소프트 한지원"),
        ("", "아무나"),
        ("  ", "아무나"),
    ],
)
def test_query_finds(query, text):
    assert hangul.matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ㄱㅅㅊ", "김철수"),
        ("기철", "김철수"),  # only the last syllable may still be growing
        ("긴", "김철수"),
        ("ㄱ", "나무"),
        ("ㄱ", "까치"),
        ("김철수수", "김철수"),
        ("마루 김", "마루소프트 한지원"),
        ("ㅏ", "가"),
    ],
)
def test_query_does_not_find(query, text):
    assert not hangul.matches(query, text)


def test_every_piece_of_a_name_and_of_its_initials_is_found():
    chance = random.Random(9)
    for _ in range(300):
        name = "".join(chr(chance.randrange(0xAC00, 0xD7A4)) for _ in range(chance.randint(1, 6)))
        first = chance.randrange(len(name))
        last = chance.randint(first + 1, len(name))
        mixed = "".join(chance.choice([one, hangul.initials(one)]) for one in name[first:last])
        assert hangul.matches(mixed, name), (mixed, name)
        assert hangul.matches(unicodedata.normalize("NFD", name), name)


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (
            "은/는",
            "한지원은 마루소프트는 IDC는 CDN은 SQL은 85는 90은 3은 2는 100은 Kim은 Data는 마루(주)는 “길”은",
        ),
        ("이/가", "담당자가 서울이 GPU가 1,000이 A가 Google이"),
        ("을/를", "자리를 명찰을 VPN을 7을 편지(초대장)를"),
        ("와/과", "가구와 공사와 회선과 URL과 6과 4와"),
        ("으로/로", "서울로 부산으로 제주로 7로 8로 10으로 SSL로 CDN으로 IDC로 1로 3으로"),
        ("아/야", "지원아 미루야"),
    ],
)
def test_particles_go_by_the_last_sound(pair, words):
    ends = sorted(pair.split("/"), key=len, reverse=True)
    for said in words.split():
        end = next(end for end in ends if said.endswith(end))
        assert hangul.with_particle(said.removesuffix(end), pair) == said


def test_a_word_of_unknown_sound_gets_both_and_an_unknown_pair_is_refused():
    assert hangul.with_particle("金", "은/는") == "金은(는)"
    assert hangul.with_particle("", "이/가") == "이(가)"
    assert hangul.with_particle(unicodedata.normalize("NFD", "한"), "은/는").endswith("은")
    with pytest.raises(ValueError, match="particles"):
        hangul.with_particle("한", "은")


def test_native_counts_keep_number_and_counter_together():
    said = {
        1: "한",
        2: "두",
        3: "세",
        4: "네",
        10: "열",
        12: "열두",
        20: "스무",
        21: "스물한",
        85: "여든다섯",
        99: "아흔아홉",
    }
    for number, word in said.items():
        assert hangul.native_count(number, "자리") == f"{word}\u00a0자리"
    assert hangul.native_count(100, "분") == "100\u00a0분"
    assert hangul.native_count(0, "자리") == "0\u00a0자리"
    assert len({hangul.native_count(number, "분") for number in range(1, 100)}) == 99


def test_ordinals():
    assert [hangul.ordinal(number) for number in (1, 2, 11, 20, 21, 120)] == [
        f"{word}\u00a0번째" for word in ("첫", "두", "열한", "스무", "스물한", "120")
    ]


def test_order_is_digits_then_hangul_then_latin():
    ordered = [
        "2조",
        "10조",
        "ㄱ",
        "가람서버",
        "가 온",
        "까치",
        "나무결",
        "하람",
        "Apple",
        "banana",
        "Éclair",
        "Zebra",
    ]
    shuffled = random.Random(3).sample(ordered, len(ordered))
    assert sorted(shuffled, key=hangul.sort_key) == ordered
    assert hangul.sort_key("마루 소프트") == hangul.sort_key(unicodedata.normalize("NFD", "마루소프트"))
