"""Bilingual columns come in pairs (name_ko, name_en); said() gives the reader's."""

from __future__ import annotations

from typing import Any

LANGUAGES = ("ko", "en")


def said(row: Any, field: str, *, language: str) -> str:
    """The row's text in that language, or in the other where it is empty. '' when neither is there."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    return getattr(row, f"{field}_{language}") or getattr(row, f"{field}_{other}") or ""
