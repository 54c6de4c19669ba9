"""Every word in both languages, the Korean in the house's tone."""

from __future__ import annotations

import io

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from tests.house import words
from tests.house.tree import ROOT, nothing, read_tree

PO = ROOT / "eventapp/translations/ko/LC_MESSAGES/messages.po"


@pytest.fixture(scope="module")
def used() -> dict[words.Msgid, str]:
    return words.used_in(ROOT)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return words.read_catalogue(PO)


def test_every_word_has_its_korean(used, catalogue):
    nothing(words.missing(used, catalogue))


def test_the_catalogue_holds_nothing_old(used, catalogue):
    nothing(words.left_over(used, catalogue))


def test_placeholders_agree(catalogue):
    nothing(words.wrong_placeholders(catalogue))


def test_the_tone_is_kept(catalogue):
    nothing(words.out_of_tone(catalogue))


def test_the_compiled_catalogue_is_current(catalogue):
    nothing(words.stale_compilation(catalogue, PO.with_suffix(".mo").read_bytes()))


def test_templates_say_nothing_untranslated():
    pages = read_tree("templates/**/*.html")
    gallery = "templates/look/"  # the pattern sheet of the look, which no address shows
    nothing(
        words.untranslatable({path: text for path, text in pages.items() if not path.startswith(gallery)})
    )


def test_no_word_hides_in_an_f_string():
    nothing(words.hidden_in_f_strings(read_tree("eventapp/**/*.py")))


def test_a_word_in_an_f_string_is_noticed():
    assert len(words.hidden_in_f_strings({"a.py": "x = f'{_(\"or\")} {day(1)}'"})) == 1


def catalogue_of(*entries: tuple[words.Msgid, object], flags: tuple[str, ...] = ()) -> Catalog:
    made = Catalog(locale="ko")
    for msgid, string in entries:
        made.add(msgid, string, flags=flags)
    return made


def test_extraction_sees_what_pages_say():
    assert set(words.used_in_text("{% trans %}\n  One\n  line{% endtrans %}{{ _('Two') }}")) == {
        "One line",
        "Two",
    }
    assert set(words.used_in_text("a = _l('One')\nb = ngettext('seat', 'seats', 2)", "python")) == {
        "One",
        ("seat", "seats"),
    }


@pytest.mark.parametrize(
    "made",
    [
        catalogue_of(),
        catalogue_of(("Seat", "")),
        catalogue_of(("Seat", "자리"), flags=("fuzzy",)),
        catalogue_of((("Seat", "Seats"), ("",))),
    ],
)
def test_missing_korean_is_noticed(made):
    assert len(words.missing({"Seat": "x.py:1"}, made)) == 1


def test_an_old_entry_is_noticed():
    assert len(words.left_over({"Seat": "x.py:1"}, catalogue_of(("Seat", "자리"), ("Chair", "의자")))) == 1


@pytest.mark.parametrize(
    ("msgid", "string"),
    [
        ("%(name)s comes", "옵니다"),
        ("It comes", "%(name)s 옵니다"),
        (("%(n)d seat", "%(n)d seats"), ("자리",)),
        ("%(name)s comes", "%(nam)s 옵니다"),
        ("%s comes", "옵니다"),
    ],
)
def test_wrong_placeholders_are_noticed(msgid, string):
    assert len(words.wrong_placeholders(catalogue_of((msgid, string)))) == 1


def test_right_placeholders_pass():
    good = catalogue_of(
        ("%(a)s of %(b)d", "%(b)d 중 %(a)s"),
        (("%(n)d seat", "%(n)d seats"), ("%(n)d자리",)),
        ("50 %", "50 %"),
    )
    assert words.wrong_placeholders(good) == []


@pytest.mark.parametrize(
    ("msgid", "string"),
    [("x", "귀사의 자리"), ("x", "오류입니다"), ("x", "어서 오세요!"), ("Hello!", "안녕하세요")],
)
def test_a_wrong_tone_is_noticed(msgid, string):
    assert len(words.out_of_tone(catalogue_of((msgid, string)))) == 1


def test_a_stale_compilation_is_noticed():
    old, new = catalogue_of(("Seat", "의자")), catalogue_of(("Seat", "자리"))
    compiled = io.BytesIO()
    write_mo(compiled, old)
    assert len(words.stale_compilation(new, compiled.getvalue())) == 1
    assert words.stale_compilation(old, compiled.getvalue()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Welcome</p>",
        "<p>환영합니다</p>",
        '<img alt="Map">',
        '{% if x %}<b aria-label="Close">{{ y }}</b>{% endif %}',
    ],
)
def test_untranslated_words_are_noticed(text):
    assert len(words.untranslatable({"templates/x.html": text})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ _('Welcome') }} · {{ name }}</p>",
        "{% trans %}Welcome{% endtrans %}",
        "{# Welcome #}",
        '<a lang="en">English</a>',
        "<script>let a = 1</script>",
    ],
)
def test_translated_words_pass(text):
    assert words.untranslatable({"templates/x.html": text}) == []
