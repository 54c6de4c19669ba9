"""Badges as a PDF to print: A6 with 3 mm of bleed, or four on an A4 with cut marks. Lengths are CSS px."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.enums import TextMode

from eventapp.formats import badge_text, codes, qr, ridge
from eventapp.formats.badge_text import Fitted, Metrics

_PX = 0.75  # points
_MM = 96 / 25.4  # px
_W, _H = 105 * _MM, 148 * _MM
_BLEED = 3 * _MM
_A4 = (210 * _MM, 297 * _MM)
_MARK = 5 * _MM

_INK = "#17191B"
_LEFT, _RIGHT = 30.0, 367.0
_QR_SIDE, _QR_TOP = 150.0, 381.0
_RIDGE_SCALE, _RIDGE_LEFT, _RIDGE_TOP = 0.52, -79.0, 260.5
_DOT_AT = 760.0  # along the ridge
_SMALL = 40.0
_INKED = 0.014  # of the size: the stroke that makes a medium of the regular

_REGULAR, _BOLD = "Pretendard-Regular.ttf", "Pretendard-SemiBold.ttf"

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class BadgeFace:
    """What is printed on one badge: `link` goes into the QR, `code` (11 characters) is shown beside it.

    `event` stands top left (2017 파트너스 데이), `run` top right (1차, 11. 9 – 10), `group` large (2조) over `group_note`
    (투어); the last two may be empty.
    """

    name: str
    title: str
    company: str
    event: str
    run: str
    code: str
    link: str
    group: str = ""
    group_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Brand:
    """The Event's colour and the text colour that reads on it, as #RRGGBB."""

    colour: str = "#FEE500"
    text: str = _INK


@dataclass(frozen=True)
class BadgeWarning:
    """A badge to look at before printing, by its place in the list from 0.

    code: no_glyph (`detail` is the letters, often Hanja), small_name (`detail` is the size in px), cut (what was).
    """

    place: int
    name: str
    code: str
    detail: str


def sheet(
    badges: Sequence[BadgeFace],
    layout: Literal["a6", "a4"] = "a6",
    *,
    fonts: Path,
    brand: Brand | None = None,
) -> bytes:
    """A PDF with the fonts embedded: a page for each badge (a6, 111 by 154 mm) or for four (a4).

    `fonts` is the folder of the two TTF files. Raises ValueError for no badges.
    """
    if not badges:
        raise ValueError("no badges to print")
    page = (_W + 2 * _BLEED, _H + 2 * _BLEED) if layout == "a6" else _A4
    pdf = FPDF(unit=_PX, format=page)
    pdf.set_auto_page_break(False)
    pdf.set_lang("ko")
    pdf.set_title(badges[0].event)
    pdf.add_font("badge", "", fonts / _REGULAR)
    pdf.add_font("badge", "B", fonts / _BOLD)
    press = _Press(pdf, fonts, brand or Brand())
    if layout == "a6":
        for badge in badges:
            pdf.add_page()
            press.badge(badge, (_BLEED, _BLEED), bleed=_BLEED)
    else:
        for first in range(0, len(badges), 4):
            pdf.add_page()
            _four(press, badges[first : first + 4])
    return bytes(pdf.output())


def warnings(badges: Iterable[BadgeFace], fonts: Path) -> list[BadgeWarning]:
    """What a person should see before printing: letters without a glyph, names under 40 px, texts cut off."""
    regular, bold = _fonts(fonts)
    found: list[BadgeWarning] = []
    for place, badge in enumerate(badges):
        name = badge_text.fit_name(badge.name, bold)
        texts = (badge.title, badge.company, badge.group_note)
        if letters := bold.missing(badge.name + badge.group) + regular.missing("".join(texts)):
            found.append(BadgeWarning(place, badge.name, "no_glyph", letters))
        if name.size < _SMALL:
            found.append(BadgeWarning(place, badge.name, "small_name", f"{name.size:g}"))
        fitted = {
            badge.name: name,
            badge.company: _company(badge, regular),
            badge.title: _title(badge, regular),
        }
        found += [BadgeWarning(place, badge.name, "cut", text) for text, fit in fitted.items() if fit.cut]
    return found


def _four(press: "_Press", badges: Sequence[BadgeFace]) -> None:
    """Two by two from edge to edge; the marks lie on the cuts, so nothing of them is left."""
    top = (_A4[1] - 2 * _H) / 2
    for place, badge in enumerate(badges):
        press.badge(badge, (place % 2 * _W, top + place // 2 * _H), bleed=0.0)
    middle_x, middle_y = _A4[0] / 2, _A4[1] / 2
    for x, y in ((middle_x, 0.0), (middle_x, _A4[1] - _MARK), (middle_x, middle_y - _MARK / 2)):
        press.line((x, y), (x, y + _MARK))
    for x, y in ((0.0, middle_y), (_A4[0] - _MARK, middle_y), (middle_x - _MARK / 2, middle_y)):
        press.line((x, y), (x + _MARK, y))


class _Press:
    """One PDF being printed: draws badges at places on its current page."""

    def __init__(self, pdf: FPDF, fonts: Path, brand: Brand) -> None:
        self.pdf = pdf
        self.brand = brand
        self.regular, self.bold = _fonts(fonts)

    def badge(self, face: BadgeFace, origin: Point, *, bleed: float) -> None:
        """The badge whose trimmed top left corner is `origin`; nothing is drawn beyond the bleed."""
        x, y = origin
        with self.pdf.rect_clip(x - bleed, y - bleed, _W + 2 * bleed, _H + 2 * bleed):
            self._sky(origin, bleed=bleed)
            self._words(face, origin)
            self._code(face, origin)

    def line(self, start: Point, end: Point) -> None:
        """A cut mark."""
        self.pdf.set_draw_color(_INK)
        self.pdf.set_line_width(0.5)
        self.pdf.line(*start, *end)

    def _sky(self, origin: Point, *, bleed: float) -> None:
        """Colour down to the ridge, the ridge, the dot that is you, the slot to be punched."""
        x, y = origin
        slope = [(x + px, y + py) for px, py in _ridge()]
        corners = [(x + _W + bleed, slope[-1][1]), (x + _W + bleed, y - bleed), (x - bleed, y - bleed)]
        self.pdf.set_fill_color(self.brand.colour)
        self.pdf.polygon([*slope, *corners, (x - bleed, slope[0][1])], style="F")
        self.pdf.set_draw_color(_INK)
        self.pdf.set_line_width(1.25)
        self.pdf.polyline(slope)
        self.pdf.set_fill_color(_INK)
        self.pdf.circle(x + _on_ridge_x(_DOT_AT), y + _on_ridge_y(ridge.height_at(_DOT_AT)), 6.5, style="F")
        self.pdf.set_fill_color("#FFFFFF")
        self.pdf.set_line_width(1.0)
        self.pdf.rect(x + _W / 2 - 27, y + 16, 54, 12, style="DF", round_corners=True, corner_radius=5.9)

    def _words(self, face: BadgeFace, origin: Point) -> None:
        colour = self.brand.text
        run = badge_text.fit_line(face.run, self.bold, most=14, least=9, room=150)
        event = badge_text.fit_line(face.event, self.bold, most=14, least=9, room=170)
        self._text(event, (origin[0] + _LEFT, origin[1] + 64.5), bold=True, colour=colour)
        self._text(run, (origin[0] + _RIGHT, origin[1] + 64.5), bold=True, colour=colour, right=True)
        company = _company(face, self.regular)
        self._text(company, (origin[0] + _LEFT, origin[1] + 116), colour=colour)
        name = badge_text.fit_name(face.name, self.bold)
        at = (origin[0] + _LEFT - 0.04 * name.size, origin[1] + _name_baseline(name))
        self._text(name, at, bold=True, colour=colour, tracking=badge_text.TRACKING)
        title = _title(face, self.regular)
        wide = self.regular.width(title.lines[0], title.size) > 100  # would touch the summit
        self._text(title, (origin[0] + _LEFT, origin[1] + (255 if wide else 262.5)), colour=colour)

    def _code(self, face: BadgeFace, origin: Point) -> None:
        x, y = origin
        modules = qr.matrix(face.link)
        side = _QR_SIDE / len(modules)
        path = PaintedPath()
        path.style.fill_color, path.style.stroke_color = "#000000", None
        for column, row, width, height in qr.blocks(modules):
            path.rectangle(x + _LEFT + column * side, y + _QR_TOP + row * side, width * side, height * side)
        self.pdf.draw_path(path, copy=False)
        if face.group:
            group = badge_text.fit_line(face.group, self.bold, most=40, least=14, room=160)
            self._text(group, (x + _RIGHT, y + _QR_TOP + 29.5), bold=True, colour=_INK, right=True)
        if face.group_note:
            note = badge_text.fit_line(face.group_note, self.regular, most=17, least=10, room=160)
            self._text(note, (x + _RIGHT, y + _QR_TOP + 57), colour=_INK, right=True)
        for line, part in enumerate(codes.parts(face.code)):
            at = (x + _RIGHT, y + _QR_TOP + 98.5 + 25 * line)
            self._text(Fitted((part,), 20), at, bold=True, colour=_INK, tracking=0.08, right=True)

    def _text(
        self,
        fitted: Fitted,
        at: Point,
        *,
        colour: str,
        bold: bool = False,
        tracking: float = 0.0,
        right: bool = False,
    ) -> None:
        """Lines, the first on the baseline `at`; `right` ends them at its x. Regular is inked up to a medium."""
        font = self.bold if bold else self.regular
        pdf = self.pdf
        pdf.set_font("badge", "B" if bold else "", fitted.size * _PX)
        pdf.set_char_spacing(tracking * fitted.size * _PX)
        pdf.set_text_color(colour)
        pdf.set_draw_color(colour)
        with pdf.local_context(
            text_mode=TextMode.FILL if bold else TextMode.FILL_STROKE, line_width=fitted.size * _INKED
        ):
            for place, line in enumerate(fitted.lines):
                back = font.width(line, fitted.size, tracking=tracking) if right else 0.0
                pdf.text(at[0] - back, at[1] + place * fitted.size * 1.08, line)


def _fonts(fonts: Path) -> tuple[Metrics, Metrics]:
    return badge_text.metrics(fonts / _REGULAR), badge_text.metrics(fonts / _BOLD)


def _company(face: BadgeFace, font: Metrics) -> Fitted:
    return badge_text.fit_line(face.company, font, most=24, least=13)


def _title(face: BadgeFace, font: Metrics) -> Fitted:
    return badge_text.fit_line(face.title, font, most=24, least=13)


def _name_baseline(name: Fitted) -> float:
    """Of the first line: smaller names stand in the middle of the room that three syllables fill."""
    if len(name.lines) > 1:
        return 175 - 0.185 * name.size
    return 180.5 + 0.355 * name.size


def _on_ridge_x(x: float) -> float:
    return _RIDGE_LEFT + x * _RIDGE_SCALE


def _on_ridge_y(y: float) -> float:
    return _RIDGE_TOP + y * _RIDGE_SCALE


@cache
def _ridge() -> list[Point]:
    """The smooth line as points in px of the badge, from beyond its left edge to beyond its right one."""
    corners = [(_on_ridge_x(x), _on_ridge_y(y)) for x, y in ridge.FRONT]
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in pairwise(corners)]
    points = [corners[0], middles[0]]
    for (ax, ay), (cx, cy), (bx, by) in zip(middles[:-1], corners[1:-1], middles[1:], strict=True):
        for part in (0.25, 0.5, 0.75, 1.0):
            rest = 1 - part
            points.append(
                (
                    rest * rest * ax + 2 * rest * part * cx + part * part * bx,
                    rest * rest * ay + 2 * rest * part * cy + part * part * by,
                )
            )
    return [*points, corners[-1]]
