"""The Korean catalogue against the code: complete, current, in the house's tone."""

from __future__ import annotations

import ast
import io
import re
from html.parser import HTMLParser
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "_n": (1, 2)}
OPTIONS = {"extensions": "jinja2.ext.do", "trimmed": "true"}
METHODS = [("eventapp/**.py", "python")] + [
    (f"templates/**.{kind}", "jinja2") for kind in ("html", "txt", "svg")
]
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd]|(?<!%)%(?![%(sd ])")
FORBIDDEN = ("협력업체", "귀사", "신청 바랍니다", "미제출", "불가", "오류", "실패", "순위")
NOT_FORBIDDEN = ("불가피",)  # other words that merely hold those syllables
LOUD = "!\uff01"
NAMES = {"English", "한국어", "QR", "PDF", "Excel", "KakaoTalk", "KO", "EN", "CSV", "JSON"}
BRACES = re.compile(  # what Jinja takes away; a block named ..._class holds class names
    r"\{#.*?#\}"
    r"|\{%-?\s*trans\b.*?endtrans\s*-?%\}"
    r"|\{%-?\s*block\s+\w+_class\b.*?endblock.*?%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
SHOWN = ("alt", "title", "aria-label", "placeholder", "aria-description", "aria-roledescription")

Msgid = str | tuple[str, str]


def used_in(root: Path) -> dict[Msgid, str]:
    """Every msgid of the code and the templates with the place that uses it first."""
    found = extract_from_dir(
        str(root),
        METHODS,
        options_map={"templates/**": OPTIONS},
        keywords=KEYWORDS,
        directory_filter=lambda folder: not any(part in folder for part in (".venv", "migrations")),
    )
    used: dict[Msgid, str] = {}
    for file, line, message, _comments, _context in found:
        msgid = message if isinstance(message, str) else (message[0], message[1])
        used.setdefault(msgid, f"{file}:{line}")
    used.pop("", None)
    return used


def used_in_text(text: str, method: str = "jinja2") -> dict[Msgid, str]:
    """The same for one made-up file."""
    found = extract(method, io.BytesIO(text.encode()), keywords=KEYWORDS, options=OPTIONS)
    return {message if isinstance(message, str) else tuple(message[:2]): "x:1" for _, message, _, _ in found}


def read_catalogue(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale="ko")


def missing(used: dict[Msgid, str], catalogue: Catalog) -> list[str]:
    """Msgids without Korean, or with Korean that nobody has looked at."""
    problems = []
    for msgid, where in used.items():
        entry = catalogue.get(_first(msgid))
        if entry is None or not all(_strings(entry.string)):
            problems.append(f"{where} says {_first(msgid)!r}, which has no Korean yet: write it.")
        elif entry.fuzzy:
            problems.append(f"{where} says {_first(msgid)!r}, whose Korean is fuzzy: look at it.")
    return problems


def left_over(used: dict[Msgid, str], catalogue: Catalog) -> list[str]:
    wanted = {_first(msgid) for msgid in used}
    return [
        f"The catalogue translates {_first(entry.id)!r}, which nothing says any more: take it out."
        for entry in [*catalogue, *catalogue.obsolete.values()]
        if entry.id and (_first(entry.id) not in wanted or entry.id in catalogue.obsolete)
    ]


def wrong_placeholders(catalogue: Catalog) -> list[str]:
    """Korean that lacks a placeholder of its msgid or invents one. A plural's number may be left out of neither."""
    return [
        f"{_first(entry.id)!r} has the placeholders {sorted(map(str, _holes(entry.id)))}, its Korean "
        f"{string!r} has {sorted(map(str, _holes(string)))}: make them the same."
        for entry in catalogue
        if entry.id
        for string in _strings(entry.string)
        if string and _holes(string) != _holes(entry.id)
    ]


def out_of_tone(catalogue: Catalog) -> list[str]:
    problems = []
    for entry in catalogue:
        for string in _strings(entry.string) if entry.id else []:
            bare = string
            for allowed in NOT_FORBIDDEN:
                bare = bare.replace(allowed, "")
            problems += [
                f"{string!r} says {word}: LOOK.md has the words to use instead."
                for word in FORBIDDEN
                if word in bare
            ]
        for text in [*_strings(entry.id), *_strings(entry.string)] if entry.id else []:
            if any(mark in text for mark in LOUD):
                problems.append(f"{text!r} shouts: no exclamation marks.")
    return problems


def stale_compilation(catalogue: Catalog, mo: bytes) -> list[str]:
    """Whether the .mo is what its .po compiles to, whatever order a Babel writes it in."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    fresh, stored = (read_mo(io.BytesIO(content)) for content in (buffer.getvalue(), mo))
    if _pairs(fresh) == _pairs(stored):
        return []
    return [
        "messages.mo is not what messages.po compiles to: run `pybabel compile -d eventapp/translations`."
    ]


def _pairs(catalogue: Catalog) -> dict[str, object]:
    return {_first(entry.id): entry.string for entry in catalogue if entry.id}


def _first(msgid: Msgid) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def _strings(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


def _holes(text: Msgid) -> set[str]:
    return {found[0] for one in _strings(text) for found in PLACEHOLDER.finditer(one)}


def _without_codes(said: str) -> str:
    """Without what is no word of any language: codes and numbers such as 7K3M or 1,280px."""
    return " ".join(token for token in said.split() if not any(sign.isdigit() for sign in token))


class Spoken(HTMLParser):
    """Collects what a reader sees or hears of a page: text and spoken attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style", "code")
        self.found += [(self.getpos()[0], value) for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append((self.getpos()[0], data))


def hidden_in_f_strings(tree: dict[str, str]) -> list[str]:
    """Words said inside of an f-string: Babel does not find them there on every Python."""
    return [
        f"{path}:{call.lineno} says {ast.unparse(call)} inside of an f-string: say it on a line of its own."
        for path, text in tree.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in KEYWORDS
    ]


def untranslatable(templates: dict[str, str]) -> list[str]:
    """Words that stand in a template outside of _() and {% trans %}: nobody can read them in the other language."""
    problems = []
    for path, text in templates.items():
        parser = Spoken()
        parser.feed(BRACES.sub(lambda found: " " + "\n" * found[0].count("\n"), text))
        for line, said in parser.found:
            words = [word for word in re.findall(r"[^\W\d_]{2,}", _without_codes(said)) if word not in NAMES]
            if words:
                problems.append(
                    f"{path}:{line} says {' '.join(words)[:40]!r} outside of _(): let it be translated."
                )
    return problems
