"""Dates and times as people read them, in Korean and English, without any locale of the machine."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

THIN = "\u202f"  # a thin space at which no line breaks
_GAP = "\u00a0"

_DAYS_KO = "월화수목금토일"
_DAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NIGHTS_KO = ["당일", "하룻밤", "이틀 밤", "사흘 밤"]


def day(on: date, language: str, *, year: bool = False) -> str:
    """11월 9일 목요일 · Thursday 9 November; with `year` 2017년 11월 9일 목요일 · Thursday 9 November 2017."""
    if _english(language):
        return f"{_DAYS_EN[on.weekday()]} {on.day}{_GAP}{_MONTHS[on.month - 1]}" + (
            f" {on.year}" if year else ""
        )
    return (f"{on.year}년 " if year else "") + f"{_month_day(on)} {_DAYS_KO[on.weekday()]}요일"


def short_day(on: date, language: str) -> str:
    """11. 9 목 · Thu 9 Nov."""
    if _english(language):
        return f"{_DAYS_EN[on.weekday()][:3]}{_GAP}{on.day}{_GAP}{_MONTHS[on.month - 1][:3]}"
    return f"{_numbers(on)}{_GAP}{_DAYS_KO[on.weekday()]}"


def numbers(on: date, language: str) -> str:
    """11. 9 · 9 Nov."""
    return f"{on.day}{_GAP}{_MONTHS[on.month - 1][:3]}" if _english(language) else _numbers(on)


def date_range(start: date, end: date, *, language: str) -> str:
    """11월 9 – 10일 · 9 – 10 November, thin spaces round the dash; the month twice where it changes."""
    english = _english(language)
    if start == end:
        return f"{start.day}{_GAP}{_MONTHS[start.month - 1]}" if english else _month_day(start)
    if (start.year, start.month) != (end.year, end.month):
        first, last = (date_range(one, one, language=language) for one in (start, end))
        return f"{first}{THIN}–{THIN}{last}"
    days = f"{start.day}{THIN}–{THIN}{end.day}"
    month = _MONTHS[start.month - 1] if english else f"{start.month}월"
    return f"{days}{_GAP}{month}" if english else f"{month}{_GAP}{days}일"


def days_in_full(start: date, end: date, *, language: str, year: bool = False) -> str:
    """11월 9일 목요일 – 10일 금요일 · Thursday 9 – Friday 10 November; the month twice where it changes.

    year: 2017년 first in Korean, 2017 last in English.
    """
    if year:
        days = days_in_full(start, end, language=language)
        return f"{days}{_GAP}{end.year}" if _english(language) else f"{start.year}년{_GAP}{days}"
    if start == end:
        return day(start, language).replace(" ", _GAP)
    same_month = (start.year, start.month) == (end.year, end.month)
    first, last = day(start, language).replace(" ", _GAP), day(end, language).replace(" ", _GAP)
    if same_month and _english(language):
        first = first.removesuffix(f"{_GAP}{_MONTHS[start.month - 1]}")
    elif same_month:
        last = last.removeprefix(f"{end.month}월{_GAP}")
    return f"{first} – {last}"


def month(on: date, language: str) -> str:
    """11월 · November."""
    return _MONTHS[on.month - 1] if _english(language) else f"{on.month}월"


def big_range(start: date, end: date) -> str:
    """11. 9 – 10 in both languages; 11. 30 – 12. 1 where the month changes."""
    if start == end:
        return _numbers(start)
    last = str(end.day) if (start.year, start.month) == (end.year, end.month) else _numbers(end)
    return f"{_numbers(start)}{THIN}–{THIN}{last}"


def weekdays(start: date, end: date, *, language: str) -> str:
    """목·금 · Thu, Fri; from three days on 목–토 · Thu–Sat."""
    first, last = (
        _DAYS_EN[one.weekday()][:3] if _english(language) else _DAYS_KO[one.weekday()] for one in (start, end)
    )
    if start == end:
        return first
    if (end - start).days > 1:
        return f"{first}–{last}"
    return f"{first}, {last}" if _english(language) else f"{first}·{last}"


def nights(start: date, end: date, *, language: str) -> str:
    """하룻밤 · one night; 당일 · one day when nobody stays."""
    count = (end - start).days
    if _english(language):
        return "one day" if count == 0 else "one night" if count == 1 else f"{count}{_GAP}nights"
    return _NIGHTS_KO[count].replace(" ", _GAP) if count < len(_NIGHTS_KO) else f"{count}박"


def local(moment: datetime, zone: str | ZoneInfo) -> datetime:
    """An aware moment on the clocks of `zone`. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def clock_time(moment: datetime, zone: str | ZoneInfo) -> str:
    """10:00, 24 hours, on the clocks of `zone`."""
    return f"{local(moment, zone):%H:%M}"


def time_range(start: datetime, end: datetime, *, zone: str | ZoneInfo) -> str:
    """10:00–11:30; just 10:00 when nothing lies between."""
    first, last = clock_time(start, zone), clock_time(end, zone)
    return first if start == end else f"{first}–{last}"


def day_and_time(moment: datetime, zone: str | ZoneInfo, *, language: str) -> str:
    """11월 9일 목요일 10:00 · Thursday 9 November, 10:00."""
    comma = "," if _english(language) else ""
    return f"{day(local(moment, zone).date(), language)}{comma} {clock_time(moment, zone)}"


def ago(moment: datetime, now: datetime, *, language: str) -> str:
    """방금, 3분 전, 2시간 전, 5일 전 · just now, 3 min ago, 2 h ago, 5 days ago; the future is just now."""
    seconds = max(int((now - moment) / timedelta(seconds=1)), 0)
    english = _english(language)
    if seconds < 60:
        return "just now" if english else "방금"
    if seconds < 3600:
        count, korean, word = seconds // 60, "분", "min"
    elif seconds < 86400:
        count, korean, word = seconds // 3600, "시간", "h"
    else:
        count, korean, word = seconds // 86400, "일", "day" if seconds < 2 * 86400 else "days"
    return f"{count}{_GAP}{word} ago" if english else f"{count}{korean}{_GAP}전"


def _english(language: str) -> bool:
    return language.lower().startswith("en")


def _month_day(on: date) -> str:
    return f"{on.month}월{_GAP}{on.day}일"


def _numbers(on: date) -> str:
    return f"{on.month}.{_GAP}{on.day}"
