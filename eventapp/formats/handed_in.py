"""Files that people hand in: what one is by its first bytes, and whether its name says the same."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from eventapp.formats import text

MAX_BYTES = 5 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"
ENDINGS = {  # what may be handed in: nothing that a browser or an office would run
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    f"{_OFFICE}.wordprocessingml.document": (".docx",),
    f"{_OFFICE}.spreadsheetml.sheet": (".xlsx",),
    f"{_OFFICE}.presentationml.presentation": (".pptx",),
    "application/hwp+zip": (".hwpx",),
    "application/x-hwp": (".hwp",),
}
ACCEPT = ",".join(ending for endings in ENDINGS.values() for ending in endings)
_PARTS = {
    "word/": "wordprocessingml.document",
    "xl/": "spreadsheetml.sheet",
    "ppt/": "presentationml.presentation",
}
_MAX_MEMBERS = 2_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LONGEST_NAME = 120


class FileProblem(ValueError):
    """Why a file is not taken. code: too_big, empty, not_taken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(data: bytes, filename: str) -> tuple[str, str]:
    """(name to keep, media type). Raises FileProblem."""
    if len(data) > MAX_BYTES:
        raise FileProblem("too_big")
    if not data:
        raise FileProblem("empty")
    name = tidy_name(filename)
    media_type = media_type_of(data)
    if media_type is None or PurePosixPath(name.lower()).suffix not in ENDINGS[media_type]:
        raise FileProblem("not_taken")
    return name, media_type


def tidy_name(filename: str) -> str:
    """The last part of a path, in one line, its ending kept."""
    name = text.clean_line(filename.replace("\\", "/").rpartition("/")[2], limit=len(filename) + 1)
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    return f"{stem[: _LONGEST_NAME - len(ending)]}{ending}"[:_LONGEST_NAME]


def media_type_of(data: bytes) -> str | None:
    """By its content alone; None for what is not taken."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(_OLE) and b"HWP Document File" in data:
        return "application/x-hwp"
    return _packed(data) if data.startswith(b"PK") else None


def _packed(data: bytes) -> str | None:
    """An office document by the names in its archive; nothing is unpacked. None where it holds a program."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if len(names) > _MAX_MEMBERS or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    if "Contents/content.hpf" in names:
        return "application/hwp+zip"
    kinds = [kind for part, kind in _PARTS.items() if any(name.startswith(part) for name in names)]
    return f"{_OFFICE}.{kinds[0]}" if "[Content_Types].xml" in names and len(kinds) == 1 else None
