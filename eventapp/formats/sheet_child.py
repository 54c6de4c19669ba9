"""A program of its own: a workbook on stdin, its visible sheets as JSON on stdout.

It runs in a process with little memory and little time, because a hostile workbook of a few bytes can claim
billions of cells or make the reader panic; whatever happens here cannot take the app along.
Imports nothing of ours, so that it can be started by its path.
"""

import contextlib
import io
import json
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

try:
    import resource
except ImportError:  # Windows
    resource = None

_MEMORY = 512 * 1024 * 1024
_SECONDS = 15
_MOST_ROWS = 8_000
_MOST_COLUMNS = 200


def main() -> int:
    """Exit 0 with {"sheets": [...]} or {"problem": code}; any other exit means: not a sheet."""
    _limit()
    try:
        answer = _sheets(sys.stdin.buffer.read())
    except PasswordError:
        answer = {"problem": "password"}
    except MemoryError:
        answer = {"problem": "too_big"}
    except CalamineError:
        answer = {"problem": "not_a_sheet"}
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit() -> None:
    if resource is None:
        return
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some limits
            resource.setrlimit(what, (most, most))


def _sheets(data: bytes) -> dict[str, object]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    sheets: list[dict[str, object]] = []
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        if sheet.height > _MOST_ROWS:
            return {"problem": "too_many_rows"}
        if sheet.width > _MOST_COLUMNS:
            return {"problem": "too_big"}
        rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
        sheets.append({"name": name, "start": sheet.start or (0, 0), "rows": rows, "merged": merged})
    return {"sheets": sheets}


def as_text(cell: object) -> str:
    """What a person sees in the cell: 3 for 3.0, 2017-11-09, 10:00, TRUE."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    sys.exit(main())
