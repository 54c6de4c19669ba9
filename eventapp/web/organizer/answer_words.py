"""Answers to the organizer's own questions as a desk reads them and a spreadsheet keeps them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from eventapp.models.question import NO, YES, Asks, Question, Value
from eventapp.web import looks


def of(question: Question, value: Value) -> str:
    """What was said, choices in words."""
    english = looks.current_language() == "en"
    words = {one["key"]: one["en"] if english and one["en"] else one["ko"] for one in question.choices}
    if question.kind == Asks.YES_NO:
        words = {YES: _("Yes"), NO: _("No")}
    return ", ".join(words.get(key, key) for key in (value if isinstance(value, list) else [value]))


def cell(question: Question, value: Value | None) -> str | int | float | date:
    """For a spreadsheet: numbers and days as such, the rest as text."""
    if not value:
        return ""
    if question.kind == Asks.NUMBER:
        number = Decimal(str(value))
        return int(number) if number == int(number) else float(number)
    if question.kind == Asks.DATE:
        return date.fromisoformat(str(value))
    return of(question, value)
