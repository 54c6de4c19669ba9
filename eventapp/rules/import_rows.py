"""Rows of an invitation sheet: what each of them wishes, or every reason why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n

from eventapp.errors import RuleBroken
from eventapp.formats import mail_address, phone, spreadsheets, text
from eventapp.formats.spreadsheets import Row, Sheet, SheetProblem
from eventapp.rules.people import Colleague

MOST_SEATS = 20
FIRST_YEAR = 1900

# our name of a column: the headings it may have; the first is said when it is missing
HEADINGS: dict[str, tuple[str, ...]] = {
    "company": ("회사명", "Company", "회사", "업체명", "협력사", "협력사명", "Company name", "Partner"),
    "sector": ("분야", "Sector", "업종", "Field"),
    "name": ("담당자", "Coordinator", "담당자명", "담당자 이름", "Contact", "Contact person", "Name", "이름"),
    "title": ("직함", "Title", "직위", "직급", "담당자 직함", "Job title"),
    "email": ("이메일", "E-mail", "이메일 주소", "메일", "담당자 이메일", "E-mail address"),
    "seats": ("좌석", "Seats", "좌석 수", "좌석수", "자리", "자리 수", "인원", "Number of seats"),
    "phone": (
        "휴대폰",
        "Phone",
        "휴대전화",
        "핸드폰",
        "연락처",
        "전화",
        "전화번호",
        "Mobile",
        "Mobile phone",
    ),
    "language": ("언어", "Language"),
    "host_name": ("호스트 담당자", "Host contact", "호스트담당자명", "Host"),
    "host_title": ("호스트 직함", "Host title", "Host contact title"),
    "host_phone": ("호스트 휴대폰", "Host phone", "호스트 전화", "호스트 연락처", "Host mobile"),
    "host_email": ("호스트 이메일", "Host e-mail", "호스트 메일"),
    "since": ("함께한 해", "Partner since", "함께한해", "거래 시작", "Since"),
}
NEEDED = ("company", "sector", "name", "title", "email", "seats")
WANTED = tuple(heading for headings in HEADINGS.values() for heading in headings)
LANGUAGE_WORDS = {
    "": "",
    **dict.fromkeys(("ko", "kr", "kor", "ko-kr", "korean", "한국어", "한글", "국문"), "ko"),
    **dict.fromkeys(("en", "eng", "en-us", "en-gb", "english", "영어", "영문"), "en"),
}
EMPTY = {
    "company": _l("The company's name is empty."),
    "sector": _l("The field is empty."),
    "name": _l("The coordinator's name is empty."),
    "title": _l("The coordinator's title is empty."),
    "email": _l("The coordinator's e-mail is empty."),
    "seats": _l("The number of seats is empty."),
}
LIMITS = {"company": 120, "sector": 60, "name": 80, "title": 60, "host_name": 80, "host_title": 60}
SHEET_SENTENCES = {
    "too_big": _l("This file is larger than 2 MB. Please send only the sheet with the companies."),
    "too_many_rows": _l("This sheet has more than 5,000 rows. Please send it in parts."),
    "not_a_sheet": _l("We could not read this as a spreadsheet. Please save it as xlsx, xls, ods or csv."),
    "no_heading_row": _l(
        "We found no row with headings. One row needs 회사명, 분야, 담당자, 직함, 이메일 and 좌석, or their English names."
    ),
    "password": _l("This file is locked with a password. Please save it without one."),
    "no_rows": _l("This sheet has headings, but no company below them."),
    "broken_quotes": _l("The quotation marks in this file do not fit together. Please save it as xlsx."),
    "double_heading": _l("Two columns have the heading “%(heading)s”. Please keep one of them."),
}


class SheetRefused(RuleBroken):
    """The file as a whole cannot be read; `code` is the sheet's own."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(SHEET_SENTENCES.get(code, SHEET_SENTENCES["not_a_sheet"]), field="file", **facts)
        self.code = f"sheet-{code.replace('_', '-')}"


class HeadingsMissing(RuleBroken):
    """Columns without which nothing can be imported."""

    code = "headings-missing"
    sentence = _l("These columns are missing: %(headings)s. Please add them and send the file again.")


@dataclass(frozen=True)
class Wish:
    """One readable row; what the sheet leaves open is '' or None, the coordinator's language too."""

    company: str
    sector: str
    coordinator: Colleague
    seats: int
    host: Colleague | None
    since: int | None


def read(data: bytes, filename: str) -> tuple[Sheet, dict[str, str]]:
    """The sheet, and which of its headings is which of our columns. Raises SheetRefused, HeadingsMissing."""
    try:
        sheet = spreadsheets.read(data, filename, wanted=WANTED)
    except SheetProblem as problem:
        raise SheetRefused(problem.code, heading=problem.detail) from problem
    if not sheet.rows:
        raise SheetRefused("no_rows")
    columns: dict[str, str] = {}
    for column, headings in HEADINGS.items():
        for heading in sheet.headings:
            if heading in headings:
                if column in columns:
                    raise SheetRefused("double_heading", heading=f"{columns[column]} / {heading}")
                columns[column] = heading
    missing = [" / ".join(HEADINGS[column][:2]) for column in NEEDED if column not in columns]
    if missing:
        raise HeadingsMissing(field="file", headings=", ".join(missing))
    return sheet, columns


def wish(row: Row, columns: dict[str, str], *, latest_year: int) -> tuple[Wish | None, list[Any]]:
    """What the row wishes, or None and every reason why it cannot be read."""
    cells = _Cells({column: row.cells[heading] for column, heading in columns.items()})
    found = Wish(
        company=cells.line("company"),
        sector=cells.line("sector"),
        coordinator=Colleague(
            cells.line("name"),
            cells.line("title"),
            cells.phone("phone", _l("The coordinator's phone")),
            cells.mail("email", _l("The coordinator's e-mail")),
            cells.language(),
        ),
        seats=cells.seats(),
        host=cells.host(),
        since=cells.year(latest_year),
    )
    return (None, cells.reasons) if cells.reasons else (found, [])


class _Cells:
    """One row's cells; collects a reason for every cell that cannot be used."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.reasons: list[Any] = [EMPTY[column] for column in NEEDED if not cells.get(column, "").strip()]

    def line(self, column: str) -> str:
        typed = self.cells.get(column, "")
        if typed.lstrip().startswith("="):
            self.reasons.append(
                _l(
                    "%(heading)s is a formula, %(typed)s. Please write what it should say.",
                    heading=HEADINGS[column][0],
                    typed=typed.strip()[:20],
                )
            )
            return ""
        try:
            return text.clean_line(typed, LIMITS[column])
        except text.TooLong as problem:
            self.reasons.append(
                _l(
                    "%(heading)s is longer than %(limit)s characters.",
                    heading=HEADINGS[column][0],
                    limit=problem.limit,
                )
            )
            return ""

    def phone(self, column: str, whose: Any) -> str:
        return self._parsed(column, phone.parse, say=lambda problem: phone_reason(whose, problem))

    def mail(self, column: str, whose: Any) -> str:
        return self._parsed(
            column,
            mail_address.parse,
            say=lambda problem: _l(
                "%(whose)s is not a complete address: %(typed)s",
                whose=whose,
                typed=self.cells[column][:80],
            ),
        )

    def _parsed(self, column: str, parse: Callable[[str], str], *, say: Callable[[Any], Any]) -> str:
        typed = self.cells.get(column, "").strip()
        if not typed:
            return ""
        try:
            return parse(typed)
        except (phone.PhoneProblem, mail_address.MailProblem) as problem:
            self.reasons.append(say(problem))
            return ""

    def language(self) -> str:
        typed = self.cells.get("language", "").strip().casefold()
        if typed not in LANGUAGE_WORDS:
            self.reasons.append(
                _l("The language %(typed)s is not known. Write 한국어 or 영어.", typed=typed[:20])
            )
        return LANGUAGE_WORDS.get(typed, "")

    def seats(self) -> int:
        typed = self.cells.get("seats", "").strip()
        found = re.fullmatch(r"(\d{1,6})(\.0+)?\s*(석|좌석|자리|명|seats?)?", typed, re.ASCII | re.IGNORECASE)
        if typed and not (found and 1 <= int(found[1]) <= MOST_SEATS):
            self.reasons.append(
                _l("Seats are a number from 1 to %(most)s, not %(typed)s.", most=MOST_SEATS, typed=typed[:20])
            )
            return 0
        return int(found[1]) if found else 0

    def year(self, latest: int) -> int | None:
        typed = self.cells.get("since", "").strip()
        if not typed:
            return None
        found = re.match(r"(\d{4})(?!\d)", typed, re.ASCII)
        if not (found and FIRST_YEAR <= int(found[1]) <= latest):
            self.reasons.append(
                _l("The year must lie between %(first)s and %(latest)s.", first=FIRST_YEAR, latest=latest)
            )
            return None
        return int(found[1])

    def host(self) -> Colleague | None:
        contact = Colleague(
            self.line("host_name"),
            self.line("host_title"),
            self.phone("host_phone", _l("The host contact's phone")),
            self.mail("host_email", _l("The host contact's e-mail")),
        )
        if contact.name:
            return contact
        if contact.title or contact.phone or contact.email:
            self.reasons.append(_l("The host contact has no name."))
        return None


def phone_reason(whose: Any, problem: phone.PhoneProblem) -> Any:
    """What is the matter with a number."""
    if problem.code == "too_short":
        return _n(
            "%(whose)s lacks %(num)s digit.",
            "%(whose)s lacks %(num)s digits.",
            problem.missing or 1,
            whose=whose,
        )
    if problem.code == "too_long":
        return _l("%(whose)s has too many digits.", whose=whose)
    return _l("%(whose)s is not a phone number.", whose=whose)
