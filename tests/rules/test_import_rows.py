"""Rows are read as people write them; what cannot be used is said, every reason at once."""

import csv
import io

import pytest
from cast import an_event
from sheets import HEADS, a_sheet, kinds
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import imports
from eventapp.rules.import_plan import Kind
from eventapp.rules.import_rows import HeadingsMissing, SheetRefused

pytestmark = pytest.mark.usefixtures("in_app", "clock")


UNUSABLE = [
    ("회사명", ""),
    ("분야", ""),
    ("담당자", ""),
    ("직함", ""),
    ("이메일", ""),
    ("좌석", ""),
    ("이메일", "serin@"),
    ("좌석", "0"),
    ("좌석", "21"),
    ("좌석", "셋"),
    ("좌석", "-1"),
    ("좌석", "2.5"),
    ("좌석", "٣"),
    ("휴대폰", "010-1234-567"),
    ("언어", "français"),
    ("함께한 해", "1899"),
    ("함께한 해", "2018"),
    ("함께한 해", "옛날"),
    ("호스트 휴대폰", "010-0000-2009"),
    ("호스트 이메일", "nobody"),
    ("회사명", "가" * 121),
    ("담당자", "가" * 81),
    ("담당자", "=1+1"),
    ("회사명", ' =HYPERLINK("http://x.example")'),
]


def test_a_cell_that_cannot_be_used_refuses_its_row_and_says_why():
    event = an_event()
    for cell, value in UNUSABLE:
        made = imports.plan(event, a_sheet({cell: value}))
        assert (cell, value, kinds(made)) == (cell, value, ["refused"])
        assert "" not in map(str, made.lines[0].reasons)
    assert imports.carry_out(event, made) == {Kind.REFUSED: 1}
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_every_reason_of_a_row_is_said_at_once():
    made = imports.plan(an_event(), a_sheet({"이메일": "x", "좌석": "99", "휴대폰": "12"}))
    assert len(made.lines[0].reasons) == 3


def test_seats_are_read_as_people_write_them():
    event = an_event()
    for value in ["3", "3.0", "3석", "3 자리", "3명"]:
        [line] = imports.plan(event, a_sheet({"좌석": value})).lines
        assert line.wish is not None
        assert line.wish.seats == 3


def test_english_headings_spaces_and_stars_are_read():
    heads = {"Company": "Wind IDC", " Sector *": "IDC", "Notes": "call late", "Coordinator": "Cho"}
    rest = {
        "TITLE": "Lead",
        "E-mail": "a@b.example",
        "Seats": "2",
        "Language": "English",
        "Phone": "1012345678.0",
    }
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[*heads, *rest], [*heads.values(), *rest.values()]])
    upload = imports.read(out.getvalue().encode("utf-8-sig"), "a.csv")
    assert upload.unread == ["Notes"]
    [line] = imports.plan(an_event(), upload).lines
    assert line.wish is not None
    assert (line.wish.coordinator.phone, line.wish.coordinator.language) == ("+821012345678", "en")


def test_a_missing_column_refuses_the_sheet_and_is_named():
    for missing in HEADS:
        heads = tuple(name for name in HEADS if name != missing)
        with pytest.raises(HeadingsMissing) as refusal:
            a_sheet({}, heads=heads)
        assert missing in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "sheet-not-a-sheet"),
        (b"%PDF-1.4", "a.pdf", "sheet-not-a-sheet"),
        (b"a,b\n1,2\n", "a.csv", "sheet-no-heading-row"),
        (b"x" * (2 * 1024 * 1024 + 1), "a.csv", "sheet-too-big"),
        (f"{','.join(HEADS)}\n,,,\n".encode(), "a.csv", "sheet-no-rows"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_with_a_sentence(data, name, code):
    with pytest.raises(SheetRefused) as refusal:
        imports.read(data, name)
    assert refusal.value.code == code
    assert len(str(refusal.value)) > 10


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(SheetRefused) as refusal:
        a_sheet({"Company": "Wind"})
    assert "회사명" in str(refusal.value)
