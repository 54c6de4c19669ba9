"""Spreadsheets in (xlsx, xls, ods, csv) by their headings, and out (xlsx, csv) with nothing that executes."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import xlsxwriter

from eventapp.formats import hangul, tables
from eventapp.formats.tables import SheetProblem, Table

MAX_BYTES = tables.MAX_BYTES
MAX_ROWS = 5_000

Cell = str | int | float | bool | date | datetime | None

__all__ = ["MAX_BYTES", "MAX_ROWS", "Cell", "Row", "Sheet", "SheetOut", "SheetProblem", "heading_key", "read"]
__all__ += ["write", "write_csv"]

_SEARCHED = 40  # rows from the top in which headings may stand
_LONGEST_CELL = 32_767
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Row:
    """One row: its number as the file's own program shows it, and text by heading, empty cells included."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """What was read; `others` are the names of the sheets that were not."""

    name: str
    headings: list[str]
    heading_row: int
    rows: list[Row]
    others: list[str]


@dataclass(frozen=True)
class SheetOut:
    """One sheet to be written: its name, its headings and rows as wide as these."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def read(data: bytes, filename: str, *, wanted: Collection[str] = ()) -> Sheet:
    """The sheet, and in it the heading row, that hold most of the `wanted` headings.

    A heading that is a wanted one but for case, spaces and signs is called as it is wanted. A column without a
    heading is called by its letter. Cells joined downwards give their value to every row; empty rows are left
    out; numbers come as 3, dates as 2017-11-09. At most 2 MB and 5,000 rows. Raises SheetProblem.
    """
    names = {heading_key(name): name for name in wanted}
    found = [(_best_row(table, names), table) for table in tables.tables(data, filename)]
    (score, at), table = max(found, key=lambda one: one[0][0], default=((0, 0), Table("", [])))
    if score < min(2, max(len(names), 1)):
        raise SheetProblem("no_heading_row")
    _spread(table, at)
    headings = _headings(table, at, names=names)
    rows = [
        Row(
            table.top + place + 1,
            {name: row[column] if column < len(row) else "" for column, name in headings},
        )
        for place, row in enumerate(table.rows[at + 1 :], at + 1)
        if any(row)
    ]
    if len(rows) > MAX_ROWS:
        raise SheetProblem("too_many_rows")
    others = [
        other.name for _, other in found if other is not table and other.name and any(map(any, other.rows))
    ]
    return Sheet(table.name, [name for _, name in headings], table.top + at + 1, rows, others)


def heading_key(text: str) -> str:
    """Two headings with the same key are the same: no case, no spaces, hyphens, stars, colons or brackets."""
    return re.sub(r"[\s\-_*:：·.()\[\]]", "", hangul.nfc(text)).casefold()


def write(sheets: Iterable[SheetOut], zone: str = "Asia/Seoul") -> bytes:
    """An xlsx. Text stays text whatever it begins with; aware times are shown on the clocks of `zone`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        styles = {date: book.add_format({"num_format": "yyyy-mm-dd"})}
        styles[datetime] = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        used: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, used))
            widths = [_width(heading) for heading in sheet.headings]
            page.write_row(0, 0, [_text(heading) for heading in sheet.headings], bold)
            count = _write_rows(page, sheet.rows, styles=styles, widths=widths, zone=ZoneInfo(zone))
            for column, width in enumerate(widths):
                page.set_column(column, column, min(max(width + 2, 8), 48))
            page.freeze_panes(1, 0)
            if sheet.headings:
                page.autofilter(0, 0, max(count, 1), len(sheet.headings) - 1)
    return out.getvalue()


def write_csv(rows: Iterable[Sequence[Cell]], zone: str = "Asia/Seoul") -> bytes:
    """A CSV that Korean Excel opens (utf-8 with its mark, CRLF); text that would be a formula begins with '."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_guarded(_local(cell, ZoneInfo(zone))) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _best_row(table: Table, names: dict[str, str]) -> tuple[int, int]:
    """How many wanted headings the best row holds, and its place; the first row with anything if none is wanted."""
    if not names:
        return next(((1, place) for place, row in enumerate(table.rows) if any(row)), (0, 0))
    scores = [
        (len({heading_key(cell) for cell in row} & set(names)), -at) for at, row in enumerate(table.rows)
    ]
    score, at = max(scores[:_SEARCHED], default=(0, 0))
    return score, -at


def _spread(table: Table, heading: int) -> None:
    """Gives the value of cells joined downwards to each of their rows below the headings."""
    for top, left, bottom, _ in table.merged:
        column, first = left - table.left, top - table.top
        if first <= heading or column < 0:
            continue
        value = table.rows[first][column]
        for row in table.rows[first + 1 : bottom - table.top + 1]:
            row[column] = row[column] or value


def _headings(table: Table, at: int, *, names: dict[str, str]) -> list[tuple[int, str]]:
    """(column, heading) of every column that has a heading or anything below it."""
    width = max(map(len, table.rows[at:]))
    filled = {column for row in table.rows[at:] for column, cell in enumerate(row) if cell}
    headings: list[tuple[int, str]] = []
    taken: set[str] = set()
    for column in sorted(filled & set(range(width))):
        title = table.rows[at][column] if column < len(table.rows[at]) else ""
        name = names.get(heading_key(title), title) or _letters(table.left + column)
        if name in taken:
            if heading_key(name) in names:
                raise SheetProblem("double_heading", name)
            name = f"{name} ({_letters(table.left + column)})"
        taken.add(name)
        headings.append((column, name))
    return headings


def _letters(column: int) -> str:
    """0 is A, 26 is AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def _write_rows(
    page: xlsxwriter.worksheet.Worksheet,
    rows: Iterable[Sequence[Cell]],
    *,
    styles: dict[type, xlsxwriter.format.Format],
    widths: list[int],
    zone: ZoneInfo,
) -> int:
    count = 0
    for count, row in enumerate(rows, 1):
        for column, raw in enumerate(row):
            cell = _local(raw, zone)
            if isinstance(cell, str):
                page.write_string(count, column, _text(cell))
            elif isinstance(cell, datetime | date):
                page.write_datetime(count, column, cell, styles[type(cell)])
            elif cell is not None:
                page.write(count, column, cell)
            if column < len(widths):
                widths[column] = max(widths[column], _width(cell))
    return count


def _local(cell: Cell, zone: ZoneInfo) -> Cell:
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return cell.astimezone(zone).replace(tzinfo=None)
    return cell


def _text(cell: str) -> str:
    """Without the characters XML cannot hold, within what a cell can hold."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", cell.replace("\r\n", "\n"))
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _guarded(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if not isinstance(cell, str):
        return cell
    text = re.sub("[\x00\ud800-\udfff]", "", cell)
    return f"'{text}" if re.match(r"\s*[=+\-@＝＋－＠|%]|[\t\r\n]", text) else text


def _width(cell: Cell) -> int:
    """In columns of a Latin letter: a syllable takes two."""
    if isinstance(cell, datetime):
        return 16
    return sum(2 if ord(letter) > 0x1100 else 1 for letter in str("" if cell is None else cell)[:60])


def _sheet_name(name: str, used: set[str]) -> str:
    """At most 31 characters, none of []:*?/\\, no quote at the ends, each name once."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip("' ")[:28] or "Sheet"
    chosen, count = plain, 1
    while chosen.casefold() in used or chosen.casefold() == "history":
        count += 1
        chosen = f"{plain} {count}"[:31]
    used.add(chosen.casefold())
    return chosen
