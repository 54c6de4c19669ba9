"""The paper list as a PDF: every name and code on it, its head on every page, long and foreign names cut or boxed."""

import io
from pathlib import Path

from pypdf import PdfReader

from eventapp.config import ROOT
from eventapp.formats import door_list
from eventapp.formats.door_list import Head, Row

FONTS: Path = ROOT / "static" / "vendor" / "pretendard-1.3.9" / "ttf"
HEAD = Head(
    title="저녁 식사",
    under="2017 파트너스 데이  ·  1차",
    columns=("이름", "협력사", "알아 둘 것", "코드"),
    foot="행사 뒤 없애 주세요.",
)


def pages(rows):
    reader = PdfReader(io.BytesIO(door_list.sheet(HEAD, rows, fonts=FONTS)))
    return [page.extract_text() for page in reader.pages]


def row(name="오세린", **more):
    return Row(name=name, title="대리", company="마루소프트", code="5W8TNB04RJ9", fact="2조 투어", **more)


def test_a_row_holds_name_company_fact_and_the_code_in_its_parts():
    (page,) = pages([row()])
    for words in ("저녁 식사", "오세린", "대리", "마루소프트", "2조 투어", "5W8T NB04 RJ9", "1 / 1"):
        assert words in page, words


def test_a_hundred_people_take_four_pages_each_with_its_head():
    found = pages([row(f"손님{number}") for number in range(100)])
    assert len(found) == 4
    assert all("저녁 식사" in page and "행사 뒤 없애 주세요." in page for page in found)
    assert [f"손님{number}" for number in range(100) if f"손님{number}" not in "".join(found)] == []


def test_nobody_is_one_page_and_odd_names_break_nothing():
    assert len(pages([])) == 1
    (page,) = pages(
        [row("가" * 80), row("李明"), row("", ticked=True), Row(name="x", title="", company="", code="")]
    )
    assert "…" in page
    assert "□□" in page
