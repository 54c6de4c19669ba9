"""Speaker and Material: who speaks in an item of the agenda and what is handed out, each a row of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

from eventapp.models.wording import said


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """A person who speaks, with title and affiliation."""

    name_ko: str = ""
    name_en: str = ""
    title_ko: str = ""
    title_en: str = ""
    affiliation_ko: str = ""
    affiliation_en: str = ""

    def words(self, language: str) -> str:
        """김하늘 이사(한라호스트), or Haneul Kim, Director (Halla Host)."""
        name, title, affiliation = (
            said(self, part, language=language) for part in ("name", "title", "affiliation")
        )
        korean = language == "ko"
        named = (" " if korean else ", ").join(filter(None, (name, title)))
        return f"{named}{'' if korean else ' '}({affiliation})" if affiliation else named


@dataclass(frozen=True, kw_only=True)
class Material:
    """Something to take along: an https address, or a file of ours, known by its key."""

    title_ko: str
    title_en: str = ""
    url: str = ""
    file_key: str = ""
    file_name: str = ""
    size: int = 0


class Rows(TypeDecorator[tuple[Any, ...]]):
    """A tuple of such rows in a column of JSON."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> list[dict[str, Any]]:
        return [asdict(one) for one in value or ()]

    def process_result_value(self, value: list[dict[str, Any]] | None, dialect: Dialect) -> tuple[Any, ...]:
        return rows(value or (), self.kind)


def rows(entries: Sequence[dict[str, Any]], kind: type) -> tuple[Any, ...]:
    """As they are kept in JSON."""
    return tuple(kind(**entry) for entry in entries)


def written(korean: str, english: str) -> tuple[Speaker, ...]:
    """The people whom a line named once, before each was a row: 김하늘, 이바다 · 박산."""
    names = [_names(line) for line in (korean, english)]
    if names[0] and names[1] and len(names[0]) != len(names[1]):
        return (Speaker(name_ko=korean.strip(), name_en=english.strip()),)
    return tuple(Speaker(name_ko=ko, name_en=en) for ko, en in zip_longest(*names, fillvalue=""))


def in_words(speakers: Sequence[Speaker], language: str) -> str:
    """All of them on one line."""
    return (", " if language == "ko" else "; ").join(one.words(language) for one in speakers)


def _names(line: str) -> list[str]:
    return [name.strip() for name in re.split(r"[,/·;\n]|(?<=\s)&(?=\s)", line) if name.strip()]
