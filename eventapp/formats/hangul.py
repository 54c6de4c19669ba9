"""Korean in small: 초성 search, particles by the last sound, native numerals, collation, NFC."""

import re
import unicodedata

NO_BREAK_SPACE = "\u00a0"

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _LAST = 0xAC00, 0xD7A3
_RIEUL = 8  # the final ㄹ counts as no final before 으로/로

# A Korean keyboard joins two typed consonants into one character; a 초성 query means both.
_JOINED = dict(
    zip(
        "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        ["ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"],
        strict=True,
    )
)
# Lone consonants typed on macOS arrive as conjoining jamo (U+1100 and on).
_CONJOINING = {chr(0x1100 + place): lead for place, lead in enumerate(_LEADS)}

_PARTICLES = {
    frozenset({"은", "는"}): ("은", "는"),
    frozenset({"이", "가"}): ("이", "가"),
    frozenset({"을", "를"}): ("을", "를"),
    frozenset({"과", "와"}): ("과", "와"),
    frozenset({"으로", "로"}): ("으로", "로"),
    frozenset({"아", "야"}): ("아", "야"),
    frozenset({"이나", "나"}): ("이나", "나"),
    frozenset({"이랑", "랑"}): ("이랑", "랑"),
}

# The last sound of what is read aloud: "" none, "ㄹ" rieul, "x" any other final.
_DIGIT_SOUND = dict(zip("0123456789", ["x", "ㄹ", "", "x", "", "", "x", "ㄹ", "ㄹ", ""], strict=True))
_LETTER_SOUND = {"L": "ㄹ", "R": "ㄹ", "M": "x", "N": "x"}
_ENGLISH_ENDINGS = [
    (re.compile(r"[^aeiou]les?$|[aeiou]le$|l$"), "ㄹ"),
    (re.compile(r"[aeiou][mn]e$|[mn]$|ng$"), "x"),
    (re.compile(r"(^|[^aeiou])[aeiou](c|k|ck|p|t|b)$"), "x"),
]

_ONES = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
_TENS = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]


def nfc(text: str) -> str:
    """The composed form: Hangul typed on macOS arrives decomposed."""
    return unicodedata.normalize("NFC", text)


def initials(text: str) -> str:
    """The 초성 of every syllable; every other character stays: 김철수 A → ㄱㅊㅅ A."""
    return "".join(_lead(letter) or letter for letter in nfc(text))


def matches(query: str, text: str) -> bool:
    """Whether `text` holds `query`: 초성 (ㄱㅊㅅ), syllables, Latin or a mixture (김ㅊ, 바람골id).

    Spaces and case do not count. A last syllable that may still be growing (기 → 김) matches too.
    Of a query in several words, each may stand anywhere. An empty query matches everything.
    """
    haystack = _letters(text)
    if _found(_query_letters(query), haystack):
        return True
    words = query.split()
    return len(words) > 1 and all(_found(_query_letters(word), haystack) for word in words)


def with_particle(word: str, pair: str) -> str:
    """`word` with the fitting one of a pair such as 은/는, 이/가, 을/를, 와/과, 으로/로, 아/야.

    Digits and capital letters are read by their Korean names (CDN은, IDC는, 7로). What stands in brackets at
    the end is not read. A word without a known sound gets both: 金은(는). Raises ValueError for other pairs.
    """
    try:
        after_final, after_vowel = _PARTICLES[frozenset(pair.split("/"))]
    except KeyError:
        raise ValueError(f"no such pair of particles: {pair}") from None
    sound = _last_sound(nfc(word))
    if sound is None:
        return f"{word}{after_final}({after_vowel})"
    if after_final == "으로" and sound == "ㄹ":
        return word + after_vowel
    return word + (after_final if sound else after_vowel)


def native_count(number: int, counter: str) -> str:
    """한 분, 스무 자리: a native numeral for 1 to 99 (digits otherwise), a no-break space, the counter."""
    return f"{_native(number) or number}{NO_BREAK_SPACE}{counter}"


def ordinal(number: int) -> str:
    """첫 번째, 두 번째, 스물한 번째; digits above 99."""
    return f"{'첫' if number == 1 else _native(number) or number}{NO_BREAK_SPACE}번째"


def sort_key(text: str) -> list[tuple[int, int, str]]:
    """A key for Korean order: digits by their value, then Hangul, then Latin, then the rest; no case, no spaces."""
    key: list[tuple[int, int, str]] = []
    for part in re.findall(r"[0-9]+|[^0-9]", nfc(text).casefold()):
        if part[0] in _DIGIT_SOUND:
            key.append((0, int(part[:18]), part))
        elif place := _hangul_place(part):
            key.append((1, place, part))
        elif part.isalpha():
            plain = unicodedata.normalize("NFD", part)[0]
            key.append((2 if plain.isascii() else 3, ord(plain), part))
    return key


def _lead(letter: str) -> str:
    if _FIRST <= ord(letter) <= _LAST:
        return _LEADS[(ord(letter) - _FIRST) // 588]
    return _CONJOINING.get(letter, "")


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", nfc(text)).casefold()


def _query_letters(query: str) -> str:
    return "".join(_JOINED.get(letter) or _CONJOINING.get(letter) or letter for letter in _letters(query))


def _found(needle: str, haystack: str) -> bool:
    places = range(len(haystack) - len(needle) + 1)
    return any(_fits(needle, haystack[place : place + len(needle)]) for place in places)


def _fits(needle: str, piece: str) -> bool:
    last = len(needle) - 1
    return all(
        wanted == letter
        or (wanted in _LEADS and wanted == _lead(letter))
        or (at == last and _grows(wanted, letter))
        for at, (wanted, letter) in enumerate(zip(needle, piece, strict=True))
    )


def _grows(wanted: str, letter: str) -> bool:
    """Whether `wanted` is an open syllable that becomes `letter` by one more key."""
    if not (_FIRST <= ord(wanted) <= _LAST and _FIRST <= ord(letter) <= _LAST):
        return False
    return (ord(wanted) - _FIRST) % 28 == 0 and (ord(letter) - ord(wanted)) in range(28)


def _last_sound(word: str) -> str | None:
    spoken = re.sub(r"(?<=\S)\s*[(\[（〔][^()\[\]（）〔〕]*[)\]）〕]\s*$", "", word)
    found = re.search(r"[0-9][0-9,.]*$|[A-Za-z]+$|\w$", re.sub(r"[\W_]+$", "", spoken))
    if found is None:
        return None
    tail = found.group()
    if tail[0] in _DIGIT_SOUND:
        return _number_sound(tail)
    if tail.isascii():
        return _latin_sound(tail)
    if not _FIRST <= ord(tail) <= _LAST:
        return None
    final = (ord(tail) - _FIRST) % 28
    return "ㄹ" if final == _RIEUL else "x" if final else ""


def _number_sound(tail: str) -> str:
    """By the last digit, or by 십 백 천 만 억 (a final) and 조 (none) after zeros."""
    if "." in tail:
        return _DIGIT_SOUND[tail[-1]]
    digits = tail.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == 0 or zeros == len(digits):
        return _DIGIT_SOUND[digits[-1]]
    return "" if 12 <= zeros < 16 else "x"


def _latin_sound(tail: str) -> str:
    if tail.isupper():
        return _LETTER_SOUND.get(tail[-1], "")
    if len(tail) == 1:
        return _LETTER_SOUND.get(tail.upper(), "")
    return next((sound for ending, sound in _ENGLISH_ENDINGS if ending.search(tail.lower())), "")


def _native(number: int) -> str:
    if not 1 <= number <= 99:
        return ""
    return "스무" if number == 20 else _TENS[number // 10] + _ONES[number % 10]


def _hangul_place(letter: str) -> int:
    """The place among the syllables; a lone consonant stands before its first syllable. 0 for all else."""
    if _FIRST <= ord(letter) <= _LAST:
        return (ord(letter) - _FIRST) * 2 + 2
    lead = _CONJOINING.get(letter, letter)
    return _LEADS.index(lead) * 588 * 2 + 1 if lead in _LEADS else 0
