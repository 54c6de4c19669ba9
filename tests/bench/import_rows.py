"""1,000 companies from an xlsx: read, planned, carried out, planned again.

How to read: seconds for each step; the second plan must find that nothing is left to do. Reading runs in a process
of its own, so a bad file cannot take the server with it; that process is part of its time.
"""

from __future__ import annotations

import time
from io import BytesIO

import ground
import xlsxwriter
from cast import an_event

from eventapp.rules import imports

ROWS = 1_000
HEADINGS = ("회사명", "분야", "담당자", "직함", "이메일", "휴대폰", "좌석")


def main() -> None:
    data = sheet()
    with ground.house() as (app, _settings), app.app_context():
        event = an_event()
        began = time.monotonic()
        upload = imports.read(data, "companies.xlsx")
        began = said("read", began)
        plan = imports.plan(event, upload)
        began = said("planned", began)
        counts = imports.carry_out(event, plan)
        began = said("carried out", began)
        again = imports.plan(event, imports.read(data, "companies.xlsx"))
        said("read and planned again", began)
        print(f"{ROWS} rows: {dict(counts)}; the second time {dict(again.counts())}")


def said(what: str, began: float) -> float:
    """Print how long it took; the time now."""
    ended = time.monotonic()
    print(f"{what:24} {ended - began:6.2f} s")
    return ended


def sheet() -> bytes:
    """The list as people keep it."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        for number in range(1, ROWS + 1):
            person = ("담당자", "과장", f"contact{number}@partner.example", f"010-0000-{number:04}", 2)
            page.write_row(number, 0, (f"회사{number:04}", f"분야{number % 12}", *person))
    return out.getvalue()


if __name__ == "__main__":
    main()
