"""A door's list on paper as a PDF: boxes to tick, names, companies, codes; A4, its head on every page. Points."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

from eventapp.formats import badge_text, codes
from eventapp.formats.badge_text import Metrics

_INK, _SOFT, _HAIR = "#17191B", "#4A4F53", "#B9BCB8"
_MARGIN, _ROW, _BOX = 40.0, 22.0, 10.0
_WIDTH, _HEIGHT = 595.28, 841.89
_REGULAR, _BOLD = "Pretendard-Regular.ttf", "Pretendard-SemiBold.ttf"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person; `ticked`: has come already, `fact`: what matters at this checkpoint."""

    name: str
    title: str
    company: str
    code: str
    fact: str = ""
    ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above every page: the checkpoint, when and of which event, the words of the columns, a last line."""

    title: str
    under: str
    columns: tuple[str, str, str, str]
    foot: str


def sheet(head: Head, rows: Sequence[Row], *, fonts: Path) -> bytes:
    """The PDF with its fonts inside; a page without rows says only what it is. `fonts`: the folder of the two files."""
    pdf = FPDF(unit="pt", format="a4")
    pdf.set_auto_page_break(False)
    pdf.set_lang("ko")
    pdf.set_title(head.title)
    pdf.add_font("list", "", fonts / _REGULAR)
    pdf.add_font("list", "B", fonts / _BOLD)
    paper = _Paper(pdf, head, fonts)
    fitting = int((_HEIGHT - paper.top - _MARGIN - 20) // _ROW)
    pages = max(1, -(-len(rows) // fitting))
    for page in range(pages):
        paper.begin(page + 1, pages)
        for place, row in enumerate(rows[page * fitting : (page + 1) * fitting]):
            paper.row(row, paper.top + place * _ROW)
    return bytes(pdf.output())


class _Paper:
    """One PDF being written: its columns and where its rows begin."""

    top = 118.0
    lefts = (_MARGIN + 20, _MARGIN + 165, _MARGIN + 315, _MARGIN + 430)

    def __init__(self, pdf: FPDF, head: Head, fonts: Path) -> None:
        self.pdf, self.head = pdf, head
        self.regular, self.bold = badge_text.metrics(fonts / _REGULAR), badge_text.metrics(fonts / _BOLD)

    def begin(self, page: int, pages: int) -> None:
        """A new page with its head, its columns and its foot."""
        self.pdf.add_page()
        self._text(self.head.title, (_MARGIN, 62), size=20, bold=True, room=400)
        self._text(self.head.under, (_MARGIN, 80), size=10, colour=_SOFT, room=_WIDTH - 2 * _MARGIN)
        self._text(f"{page} / {pages}", (_WIDTH - _MARGIN - 30, 62), size=10, colour=_SOFT)
        for words, left in zip(self.head.columns, self.lefts, strict=True):
            self._text(words, (left, self.top - 10), size=9, colour=_SOFT)
        self._line(self.top - 4, _INK)
        self._text(self.head.foot, (_MARGIN, _HEIGHT - 30), size=9, colour=_SOFT, room=_WIDTH - 2 * _MARGIN)

    def row(self, row: Row, top: float) -> None:
        """A box, ticked where they have come; name and title, company, fact, code."""
        pdf, base = self.pdf, top + 15
        pdf.set_draw_color(_INK)
        pdf.set_line_width(0.9)
        pdf.rect(_MARGIN, base - 9, _BOX, _BOX)
        if row.ticked:
            pdf.polyline([(_MARGIN + 2, base - 4), (_MARGIN + 4.2, base - 1.5), (_MARGIN + 8.5, base - 7)])
        at, company, fact, code = self.lefts
        wide = self._text(row.name, (at, base), size=11, bold=True, room=140)
        self._text(row.title, (at + wide + 4, base), size=9, colour=_SOFT, room=136 - wide)
        self._text(row.company, (company, base), size=10, room=144)
        self._text(row.fact, (fact, base), size=10, room=110)
        self._text("  ".join(codes.parts(row.code)) if row.code else "", (code, base), size=10)
        self._line(top + _ROW, _HAIR)

    def _line(self, at: float, colour: str) -> None:
        self.pdf.set_draw_color(colour)
        self.pdf.set_line_width(0.6)
        self.pdf.line(_MARGIN, at, _WIDTH - _MARGIN, at)

    def _text(
        self,
        text: str,
        at: tuple[float, float],
        *,
        size: float,
        bold: bool = False,
        colour: str = _INK,
        room: float = 0.0,
    ) -> float:
        """One line, cut with an ellipsis where it has no room; its width."""
        font: Metrics = self.bold if bold else self.regular
        shown = font.printable(text)
        while room and shown and font.width(shown, size) > room:
            shown = shown.rstrip("\u2026")[:-1].rstrip() + "\u2026" if len(shown) > 1 else ""
        self.pdf.set_font("list", "B" if bold else "", size)
        self.pdf.set_text_color(colour)
        if shown:
            self.pdf.text(*at, shown)
        return font.width(shown, size)
