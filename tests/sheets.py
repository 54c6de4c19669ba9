"""Sheets of companies as organizers send them, for tests of the import."""

import csv
import hashlib
import io
from pathlib import Path

from sqlalchemy import select

from eventapp.db import db
from eventapp.rules import imports

SAMPLE = Path(__file__).parents[1] / "eventapp" / "demo-data" / "partners-2017.xlsx"


HEADS = ("회사명", "분야", "담당자", "직함", "이메일", "좌석")


ROW = {
    "회사명": "바람골IDC",
    "분야": "IDC",
    "담당자": "조세린",
    "직함": "팀장",
    "이메일": "serin@baram.example",
    "좌석": "3",
}


def a_sheet(*rows: dict[str, str], heads: tuple[str, ...] = HEADS) -> imports.Upload:
    """A CSV of rows like ROW, each with its own changes."""
    out = io.StringIO()
    columns = list(dict.fromkeys([*heads, *(name for row in rows for name in row)]))
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: value for name, value in {**ROW, **row}.items() if name in columns})
    return imports.read(out.getvalue().encode(), "sheet.csv")


def bring_in(event, *rows, **decisions):
    made = imports.plan(event, a_sheet(*rows), **decisions)
    imports.carry_out(event, made)
    return made


def kinds(made: imports.Plan) -> list[str]:
    return [line.kind.value for line in made.lines]


def whole_database() -> dict[str, str]:
    """A digest of every table."""
    return {
        table.name: hashlib.sha256(
            repr(sorted(map(repr, db.session.execute(select(table)).all()))).encode()
        ).hexdigest()
        for table in db.metadata.sorted_tables
    }
