"""Sheets we hand out: nothing executes, nothing is lost."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

from python_calamine import CalamineWorkbook

from eventapp.formats import spreadsheets

PAYLOADS = ["=1+1", "+82 10", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "|calc", "%0A", "\n=1"]


def test_text_stays_text_in_an_xlsx():
    sheet = spreadsheets.SheetOut(
        "명단", ["=이름", "메모"], [(text, "http://a.example") for text in PAYLOADS]
    )
    data = spreadsheets.write([sheet])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in page
        assert b"hyperlink" not in page
    (heading, *rows) = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert heading == ["=이름", "메모"]
    assert [row[0].strip() for row in rows] == [text.strip() for text in PAYLOADS]


def test_text_stays_text_in_a_csv():
    data = spreadsheets.write_csv([["이름", "수"], *[[text, -3] for text in PAYLOADS], ["마루, 소프트", 1.5]])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:-1]] == [f"'{text}" for text in PAYLOADS]
    assert {row[1] for row in rows[1:-1]} == {"-3"}
    assert rows[-1] == ["마루, 소프트", "1.5"]
    assert spreadsheets.write_csv([["가"]]).endswith("가\r\n".encode())


def test_what_is_written_is_read_again():
    moment = datetime(2017, 11, 9, 1, 0, tzinfo=UTC)
    rows = [["마루\x01소프트", 3, date(2017, 11, 9)], [None, 0.5, moment], ["_x0041_", True, "하" * 40_000]]
    data = spreadsheets.write(
        [
            spreadsheets.SheetOut(
                "참석자: 1차/2차 [전체] 아주 길고 긴 이름의 시트 하나", ["회사명", "좌석", "언제"], rows
            ),
            spreadsheets.SheetOut("참석자: 1차/2차 [전체] 아주 길고 긴 이름의 시트 하나", [], []),
            spreadsheets.SheetOut("", ["한 칸"], []),
        ]
    )
    sheet = spreadsheets.read(data, "a.xlsx", wanted=["회사명", "좌석"])
    cells = [tuple(row.cells.values()) for row in sheet.rows]
    assert [row[:2] for row in cells] == [("마루소프트", "3"), ("", "0.5"), ("_x0041_", "TRUE")]
    assert [row[2] for row in cells][:2] == ["2017-11-09", "2017-11-09 10:00"]
    assert cells[2][2].endswith("하…")
    assert spreadsheets.write_csv([[moment]]).decode("utf-8-sig") == "2017-11-09 10:00\r\n"
