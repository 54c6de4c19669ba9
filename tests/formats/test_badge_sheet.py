"""Badges on paper: sizes of names, letters the font lacks, the QR as it is drawn."""

import io
import re
import time
import unicodedata
from pathlib import Path

import numpy
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from eventapp.formats import badge_sheet, badge_text, codes

FONTS = Path(__file__).parents[2] / "static/vendor/pretendard-1.3.9/ttf"
BOLD = badge_text.metrics(FONTS / "Pretendard-SemiBold.ttf")
MM = 72 / 25.4


def face(name: str = "한지원", **changed) -> badge_sheet.BadgeFace:
    code = changed.pop("code", "5W8TNB04RJ9")
    values = {
        "title": "과장",
        "company": "마루소프트",
        "event": "2017 파트너스 데이",
        "run": "1차, 11. 9\u202f–\u202f10",
        "group": "2조",
        "group_note": "투어",
        "code": code,
        "link": f"HTTPS://PARTNERS.EXAMPLE/B/{code}",
    }
    return badge_sheet.BadgeFace(name=name, **{**values, **changed})


def drawn_codes(page) -> list[str]:
    """What a reader sees when the black rectangles of the page's vector paths (px, from the top) are inked."""
    zoom = 3
    width, height = (int(float(edge) / 0.75 * zoom) + 1 for edge in page.mediabox[2:])
    picture = numpy.full((height, width), 255, dtype=numpy.uint8)
    content = page.get_contents().get_data().decode("latin-1")
    for path in re.findall(r" 0 g 0 0 m (.*?) f Q", content):
        for numbers in re.findall(r"(\S+) (\S+) (\S+) (\S+) re", path):
            x, y, wide, high = (float(number) * zoom for number in numbers)
            picture[round(y) : round(y + high), round(x) : round(x + wide)] = 0
    return sorted(found.text for found in zxingcpp.read_barcodes(Image.fromarray(picture)))


ODD = [
    face("김金철"),
    face("", title="", company="", group="", group_note="", event="", run=""),
    face("<b>**한**</b>", title="((\\)) ", company="{nb} __x__"),
    face("Bartholomew-Featherstonehaugh Wolfeschlegelsteinhausen"),
]


def pages_of(data: bytes) -> list:
    return list(PdfReader(io.BytesIO(data)).pages)


def millimetres(page) -> tuple[int, ...]:
    return tuple(round(float(edge) / MM) for edge in page.mediabox[2:])


def test_a6_has_a_page_for_each_with_three_millimetres_of_bleed(caplog):
    badges = [face(code=codes.new_code()) for _ in range(3)]
    data = badge_sheet.sheet(badges + ODD, fonts=FONTS)
    pages = pages_of(data)
    assert [millimetres(page) for page in pages] == [(111, 154)] * 7
    for page, badge in zip(pages, badges, strict=False):
        text = page.extract_text()
        for said in ("한지원", "과장", "마루소프트", "2조", "투어", *codes.parts(badge.code)):
            assert said in text
        assert drawn_codes(page) == [badge.link]
    assert "김□철" in pages[3].extract_text()
    assert "**한**" in pages[5].extract_text()
    assert caplog.records == []  # a log holds no names
    fonts = sorted(font.get_object()["/BaseFont"] for font in pages[0]["/Resources"]["/Font"].values())
    assert [name.split("+")[1] for name in fonts] == ["Pretendard", "PretendardSemiBold"]
    assert len(data) < 100_000  # subsets, not whole fonts


def test_a4_has_four_a_page_and_every_code_can_be_read(record_property):
    badges = [face(code=codes.new_code()) for _ in range(85)]
    began = time.perf_counter()
    data = badge_sheet.sheet(
        badges, "a4", fonts=FONTS, brand=badge_sheet.Brand(colour="#0000FF", text="#FFFFFF")
    )
    record_property("seconds for 85 badges", round(time.perf_counter() - began, 2))
    pages = pages_of(data)
    assert [millimetres(page) for page in pages] == [(210, 297)] * 22
    assert drawn_codes(pages[0]) == sorted(badge.link for badge in badges[:4])
    assert drawn_codes(pages[21]) == [badges[84].link]
    content = pages[0].get_contents().get_data()
    assert b"\n0 0 1 rg" in content  # the brand's sky
    assert b"0.9961 0.898 0 rg" not in content


def test_nothing_to_print_is_refused():
    with pytest.raises(ValueError, match="no badges"):
        badge_sheet.sheet([], fonts=FONTS)


@pytest.mark.parametrize(
    ("name", "lines", "size"),
    [
        ("한지원", 1, 100),
        ("이산", 1, 100),
        ("남궁하늘", 1, 80),
        (unicodedata.normalize("NFD", "한지원"), 1, 100),
        ("  한 지 ", 1, 100),
        ("Alexander Hamilton", 2, 48),
    ],
)
def test_names_stand_as_large_as_they_may(name, lines, size):
    fitted = badge_text.fit_name(name, BOLD)
    assert (len(fitted.lines), fitted.size, fitted.cut) == (lines, size, False)


def test_no_name_is_wider_than_the_badge():
    for length in range(1, 60):
        for name in ("한" * length, "W" * length, "한지 원" * length, "金" * length, "i " * length):
            fitted = badge_text.fit_name(name, BOLD)
            widths = [BOLD.width(line, fitted.size, tracking=badge_text.TRACKING) for line in fitted.lines]
            assert max(widths) <= badge_text.WIDTH + 0.01, name
            assert len(fitted.lines) <= 2
            assert fitted.cut == any(line.endswith("…") for line in fitted.lines)
            if not fitted.cut:
                assert "".join(fitted.lines).replace(" ", "") == BOLD.printable(name).replace(" ", "")


def test_letters_without_a_glyph_are_warned_of():
    badges = [face(), face("김金철"), face(company="麻婁"), face("👩")]
    found = badge_sheet.warnings(badges, FONTS)
    assert [(one.place, one.code, one.detail) for one in found] == [
        (1, "no_glyph", "金"),
        (2, "no_glyph", "麻婁"),
        (3, "no_glyph", "👩"),
    ]


def test_small_names_and_cut_texts_are_warned_of():
    found = badge_sheet.warnings([ODD[3], face("가" * 60), face(company="주식회사 " * 20)], FONTS)
    assert [(one.place, one.code) for one in found] == [
        (0, "small_name"),
        (1, "small_name"),
        (1, "cut"),
        (2, "cut"),
    ]
