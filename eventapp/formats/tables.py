"""From the bytes of a workbook or a CSV to plain tables of text, however hostile the file."""

import codecs
import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

MAX_BYTES = 2 * 1024 * 1024
_MAX_UNPACKED = 40 * 1024 * 1024
_MAX_MEMBERS = 500
_SECONDS = 20

_CHILD = Path(__file__).with_name("sheet_child.py")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_TEXT_ENDINGS = {"", ".csv", ".tsv", ".txt"}
_NEVER_TEXT = re.compile(rb"\s*(%PDF-|<!doctype|<html|<\?xml|\{\\rtf|MIME-Version:)", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class SheetProblem(ValueError):
    """Why a file cannot be read as a whole.

    code: too_big, too_many_rows, not_a_sheet, no_heading_row, double_heading (`detail` is it), password, broken_quotes.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


@dataclass
class Table:
    """Rows of text as they stand; `top` and `left` are the row and column of rows[0][0], counted from 0.

    `merged`: first row, first column, last row, last column of joined cells, counted from 0 in the file.
    """

    name: str
    rows: list[list[str]]
    top: int = 0
    left: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def tables(data: bytes, filename: str) -> list[Table]:
    """Every visible sheet; of a CSV one table for each separator that it might be using. Raises SheetProblem."""
    if len(data) > MAX_BYTES:
        raise SheetProblem("too_big")
    if data.startswith(b"PK\x03\x04"):
        _refuse_bomb(data)
        return _workbook(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SheetProblem("password")
        return _workbook(data)
    if Path(filename).suffix.lower() not in _TEXT_ENDINGS or _NEVER_TEXT.match(data):
        raise SheetProblem("not_a_sheet")
    return _separated(_decoded(data))


def clean(cell: str) -> str:
    """NFC, NULs and other unseen characters gone, white space collapsed."""
    kept = "".join(one for one in cell if one.isspace() or unicodedata.category(one) not in ("Cc", "Cs"))
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", kept)).split())


def _refuse_bomb(data: bytes) -> None:
    """Before anything is unpacked; what lies about its size dies in the child instead."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS or sum(one.file_size for one in members) > _MAX_UNPACKED:
                raise SheetProblem("too_big")
            names = {one.filename for one in members}
            if any(one.flag_bits & 1 for one in members):
                raise SheetProblem("password")
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise SheetProblem("password")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as broken:
        if isinstance(broken, SheetProblem):
            raise
        raise SheetProblem("not_a_sheet") from None


def _workbook(data: bytes) -> list[Table]:
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", str(_CHILD)],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SheetProblem("too_big") from None
    if child.returncode != 0:  # killed for its memory, or the reader panicked
        raise SheetProblem("too_big" if child.returncode < 0 else "not_a_sheet")
    answer = json.loads(child.stdout)
    if "problem" in answer:
        raise SheetProblem(answer["problem"])
    return [
        Table(
            name=sheet["name"],
            rows=[[clean(cell) for cell in row] for row in sheet["rows"]],
            top=sheet["start"][0],
            left=sheet["start"][1],
            merged=[tuple(corners) for corners in sheet["merged"]],
        )
        for sheet in answer["sheets"]
    ]


def _decoded(data: bytes) -> str:
    """utf-8 with or without its mark, utf-16, then cp949, which Korean Excel writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif data.count(b"\0") * 10 > len(data):
        candidates = sorted(("utf-16-le", "utf-16-be"), key=lambda encoding: -_familiar(data, encoding))
    else:
        candidates = ["utf-8-sig", "cp949"]
    for encoding in candidates:
        try:
            text = data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
        if text and not re.search("[\x01-\x08\x0e-\x1a]{2}", text):
            return text
    raise SheetProblem("not_a_sheet")


def _familiar(data: bytes, encoding: str) -> int:
    """How many characters a Korean or English list would hold."""
    text = data.decode(encoding, errors="ignore")
    return sum(letter in "\r\n" or " " <= letter <= "~" or "가" <= letter <= "힣" for letter in text)


def _separated(text: str) -> list[Table]:
    found: list[Table] = []
    broken = False
    for separator in (",", "\t", ";"):
        if separator not in text:
            continue
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
        except csv.Error:
            broken = True
            continue
        found.append(Table(name="", rows=[[clean(cell) for cell in row] for row in rows]))
    if not found:
        raise SheetProblem("broken_quotes" if broken else "no_heading_row")
    return found
