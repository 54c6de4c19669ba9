"""Spreadsheets in and out: Korean Excel, hostile files, nothing dropped and nothing executed."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from eventapp.formats import spreadsheets

HERE = Path(__file__).parent
WANTED = ["회사명", "Company", "분야", "담당자", "E-mail", "휴대폰", "좌석", "언제"]


def workbook(*rows, merged=(), name="명단", more=()) -> bytes:
    """An xlsx of these rows; `merged` are ranges, `more` are further sheets as (name, rows, hidden)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, lines, hidden in [(name, rows, False), *more]:
            sheet = book.add_worksheet(title)
            if hidden:
                sheet.hide()
            for at, row in enumerate(lines):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    elif cell is not None:
                        sheet.write(at, column, cell)
            for first, left, last, right, value in merged if title == name else ():
                sheet.merge_range(first, left, last, right, value)
    return out.getvalue()


def ods(*rows, secret=False) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, int | float)
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="명단">{cells}</table:table></office:spreadsheet></office:body>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", "<m:encryption-data/>" if secret else "<m/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content{spaces}>{body}</office:document-content>',
        )
    return out.getvalue()


def problem(data: bytes, filename: str = "a.xlsx") -> str:
    with pytest.raises(spreadsheets.SheetProblem) as refused:
        spreadsheets.read(data, filename, wanted=WANTED)
    return refused.value.code


def cells(data: bytes, filename: str = "a.xlsx") -> list[tuple]:
    sheet = spreadsheets.read(data, filename, wanted=WANTED)
    return [(row.number, *row.cells.values()) for row in sheet.rows]


def test_headings_are_found_below_a_title_and_rows_keep_their_numbers():
    data = workbook(
        ["2017 초대 명단", "분야"],
        [],
        [" 회사 명", "e mail", "좌석*"],
        ["마루소프트", "a@b.example", 3],
        [],
        ["", " ", None],
        ["이음", "", 2.5],
    )
    sheet = spreadsheets.read(data, "a.xlsx", wanted=WANTED)
    assert sheet.headings == ["회사명", "E-mail", "좌석"]
    assert sheet.heading_row == 3
    assert cells(data) == [(4, "마루소프트", "a@b.example", "3"), (7, "이음", "", "2.5")]


def test_values_come_as_a_person_sees_them():
    data = workbook(
        ["회사명", "휴대폰", "좌석", "언제"],
        ["가\0\u202e나\n다", 1012345678, True, date(2017, 11, 9)],
        ["=1+1", "010-0000-1000", -2, datetime(2017, 11, 9, 10, 30)],
        ["ㄱ" * 300, 0.1, 12345678901, None],
    )
    assert cells(data) == [
        (2, "가나 다", "1012345678", "TRUE", "2017-11-09"),
        (3, "0", "010-0000-1000", "-2", "2017-11-09 10:30"),
        (4, "ㄱ" * 300, "0.1", "12345678901", ""),
    ]


def test_sheets_may_begin_anywhere_and_columns_without_a_heading_are_kept():
    data = workbook([], [None, None, "회사명", "분야", None], [None, None, "마루", "IDC", "메모"])
    sheet = spreadsheets.read(data, "a.xlsx", wanted=WANTED)
    assert sheet.headings == ["회사명", "분야", "E"]
    assert sheet.rows == [spreadsheets.Row(3, {"회사명": "마루", "분야": "IDC", "E": "메모"})]


def test_cells_joined_downwards_speak_for_each_row():
    data = workbook(
        ["명단", None],
        ["회사명", "분야"],
        ["가", None],
        ["나", None],
        ["다", None],
        merged=[(0, 0, 0, 1, "명단"), (2, 1, 3, 1, "보안")],
    )
    assert cells(data) == [(3, "가", "보안"), (4, "나", "보안"), (5, "다", "")]


def test_the_sheet_with_most_headings_is_read_and_the_others_are_named():
    data = workbook(
        ["메모"],
        name="표지",
        more=[
            ("명단", [["회사명", "분야"], ["마루", "IDC"]], False),
            ("빈 것", [], False),
            ("숨김", [["회사명", "분야", "좌석"], ["나", "IDC", 1]], True),
        ],
    )
    sheet = spreadsheets.read(data, "a.xlsx", wanted=WANTED)
    assert (sheet.name, sheet.others, len(sheet.rows)) == ("명단", ["표지"], 1)


def test_two_columns_of_one_wanted_heading_are_refused_others_are_told_apart():
    assert problem(workbook(["회사명", "분야", "회 사 명"], ["가", "나", "다"])) == "double_heading"
    data = workbook(["회사명", "분야", "비고", "비고"], ["가", "나", "다", "라"])
    assert spreadsheets.read(data, "a.xlsx", wanted=WANTED).headings == ["회사명", "분야", "비고", "비고 (D)"]


def test_xls_and_ods_are_read_like_xlsx():
    assert cells((HERE / "partners.xls").read_bytes(), "a.xls") == [
        (4, "마루소프트", "1000001000", "3", "2017-11-09"),
        (6, "이음네트웍스", "010-0000-1037", "2", ""),
    ]
    data = ods(["명단"], ["회사명", "좌석"], ["마루소프트", 3], ["이음", 2.5])
    assert cells(data, "a.ods") == [(3, "마루소프트", "3"), (4, "이음", "2.5")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_encoding_and_with_every_separator(encoding, separator):
    lines = [
        ["초대 명단"],
        [],
        ["회사명", "분야", "담당자"],
        ["마루, 소프트; 주", 'ID"C', "뷁\n한지원"],
        ["", "", ""],
        ["나", "", ""],
    ]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(lines)
    said = out.getvalue().encode(encoding)
    assert cells(said, "명단.CSV") == [(4, "마루, 소프트; 주", 'ID"C', "뷁 한지원"), (6, "나", "", "")]


def test_csv_with_nuls_short_rows_and_long_rows():
    assert cells("회사명,분야\r\n마\0루\r\n나,다,라\r\n".encode(), "a.csv") == [
        (2, "마루", "", ""),
        (3, "나", "다", "라"),
    ]


def test_an_open_quote_is_refused_rather_than_swallowing_rows():
    assert problem('회사명,분야\n"마루,IDC\n나,다\n'.encode(), "a.csv") == "broken_quotes"


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (b"", "a.csv"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.csv"),
        (b"%PDF-1.7 , ;", "a.csv"),
        (b"<html><table>", "a.xls"),
        ("회사명,분야\n".encode(), "a.xlsx"),
        (b"PK\x03\x04 broken", "a.xlsx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "a.xls"),
        (b"\xff\xfe\x00", "a.csv"),
        (b"\x81\x00\xff,\xff", "a.csv"),
    ],
)
def test_other_files_are_no_sheets(data, filename):
    assert problem(data, filename) == "not_a_sheet"


def test_a_zip_that_is_no_workbook_or_a_truncated_one_is_no_sheet():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.docx", "x")
    assert problem(out.getvalue()) == "not_a_sheet"
    assert problem(workbook(["회사명", "분야"])[:-30]) == "not_a_sheet"


def test_without_known_headings_nothing_is_guessed():
    assert problem(workbook(["이름", "나이"], ["가", 3])) == "no_heading_row"
    assert problem(workbook(["회사명"], ["가"])) == "no_heading_row"
    assert problem(workbook()) == "no_heading_row"
    assert problem(b"just words", "a.csv") == "no_heading_row"


def test_a_password_is_named():
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert problem(locked) == "password"
    assert problem(ods(["회사명", "분야"], secret=True), "a.ods") == "password"


def test_two_megabytes_and_five_thousand_rows_are_the_limits():
    assert problem(b"x" * (2 * 1024 * 1024 + 1), "a.csv") == "too_big"
    rows = [["회사명", "분야"], *([str(number), "IDC"] for number in range(5000))]
    assert len(cells(workbook(*rows))) == 5000
    assert problem(workbook(*rows, ["하나 더", "IDC"])) == "too_many_rows"
    assert problem(("회사명,분야\n" + "가,나\n" * 5001).encode(), "a.csv") == "too_many_rows"


def test_a_zip_bomb_is_not_unpacked():
    out = io.BytesIO(workbook(["회사명", "분야"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * (45 * 1024 * 1024))
    assert len(out.getvalue()) < 100_000
    assert problem(out.getvalue()) == "too_big"


def test_a_bomb_that_lies_about_its_size_takes_nobody_along():
    out = io.BytesIO()
    sheet = b"<worksheet><sheetData>" + b" " * (30 * 1024 * 1024)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", sheet)
    data = out.getvalue().replace(len(sheet).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert problem(data) == "not_a_sheet"


def test_cells_in_far_corners_do_not_fill_the_memory():
    out = io.BytesIO(workbook(["회사명", "분야"], ["가", "나"]))
    far = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(far, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            target.writestr(member, source.read(member).replace(b'r="B2"', b'r="XFD1048576"'))
    assert problem(far.getvalue()) in {"too_big", "not_a_sheet", "too_many_rows"}
    assert problem((HERE / "far-corner.xls").read_bytes(), "a.xls") in {"too_big", "too_many_rows"}
