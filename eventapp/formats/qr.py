"""QR codes of our own short addresses: as a matrix, as one SVG path, as a PNG.

Capital letters and digits alone pack tightly (HTTPS://HOST/B/CODE: 25 to 29 modules a side); the mask is fixed,
since choosing one costs more than all the rest and any mask is readable. What a user typed never goes into a QR.
"""

import html
import struct
import zlib

import qrcode
from qrcode.util import ALPHA_NUM, MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

QUIET = 4  # modules of white that a reader needs on every side

_MASK = 2
_LONGEST = 300


def matrix(text: str) -> list[list[bool]]:
    """Rows of modules, True is dark, without the quiet zone; error correction M. ValueError unless short ASCII."""
    if not text or len(text) > _LONGEST or not text.isascii():
        raise ValueError("a QR holds a short address in ASCII")
    data = text.encode()
    mode = MODE_ALPHA_NUM if all(letter in ALPHA_NUM for letter in data) else MODE_8BIT_BYTE
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, mask_pattern=_MASK, border=0)
    code.add_data(QRData(data, mode=mode), optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def runs(modules: list[list[bool]]) -> list[tuple[int, int, int]]:
    """Dark stretches as (x, y, length) in modules, row by row."""
    found: list[tuple[int, int, int]] = []
    for y, row in enumerate(modules):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                found.append((start, y, x - start))
                start = None
    return found


def blocks(modules: list[list[bool]]) -> list[tuple[int, int, int, int]]:
    """The same dark area as (x, y, width, height): runs that repeat in the next rows are one block."""
    open_runs: dict[tuple[int, int], int] = {}
    found: list[tuple[int, int, int, int]] = []
    by_row: list[set[tuple[int, int]]] = [set() for _ in range(len(modules) + 1)]
    for x, y, length in runs(modules):
        by_row[y].add((x, length))
    for y, row in enumerate(by_row):
        for run in [run for run in open_runs if run not in row]:
            start = open_runs.pop(run)
            found.append((run[0], start, run[1], y - start))
        for run in row:
            open_runs.setdefault(run, y)
    return found


def svg(text: str, *, label: str = "QR", css_class: str = "qr") -> str:
    """An <svg> of one <path> on white, quiet zone within the viewBox; `label` is its name for screen readers."""
    modules = matrix(text)
    side = len(modules) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h{width}v{height}h-{width}z"
        for x, y, width, height in sorted(blocks(modules))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{html.escape(css_class)}" viewBox="0 0 {side} {side}"'
        f' role="img" aria-label="{html.escape(label)}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>'
    )


def png(text: str, scale: int = 8) -> bytes:
    """A black and white PNG, `scale` pixels a module, quiet zone included. ValueError outside 1..40."""
    if not 1 <= scale <= 40:
        raise ValueError("a scale from 1 to 40")
    modules = matrix(text)
    side = (len(modules) + 2 * QUIET) * scale
    white = [False] * len(modules)
    rows = [white] * QUIET + modules + [white] * QUIET
    lines = b"".join(_scan_line(row, scale, width=side) * scale for row in rows)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    blocks = _block(b"IHDR", head) + _block(b"IDAT", zlib.compress(lines, 9)) + _block(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + blocks


def _scan_line(row: list[bool], scale: int, *, width: int) -> bytes:
    """One bit a pixel, 1 is white, after a filter byte of 0."""
    edge = "1" * (QUIET * scale)
    bits = edge + "".join(("0" if dark else "1") * scale for dark in row) + edge
    size = (width + 7) // 8
    return b"\0" + int(bits.ljust(size * 8, "1"), 2).to_bytes(size, "big")


def _block(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
