"""Names as a checker sees them: words that say nothing, and words that are not ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from jinja2 import Environment, nodes

EMPTY_WORDS = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "core",
    "base",
    "manager",
    "service",
    "handler",
    "misc",
}
OTHER_WORDS = {  # ours instead
    "guest": "Attendee",
    "participant": "Attendee",
    "ticket": "Badge",
    "slot": "AgendaItem or place",
}
PLATFORM_WORDS = {"service_worker", "service-worker", "serviceworker"}  # the browser's own name for a thing
JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def words_of(name: str) -> set[str]:
    """The words of an identifier or file name, lower case: `openBadge_sheet` is open, badge, sheet."""
    for known in PLATFORM_WORDS:
        name = name.replace(known, "")
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)}


def empty_file_names(paths: list[str]) -> list[str]:
    return [
        f"{path}: {', '.join(found)} says nothing of a job; name the file after its noun."
        for path in paths
        if (found := sorted({word for part in _parts(path) for word in words_of(part)} & EMPTY_WORDS))
    ]


def _parts(path: str) -> list[str]:
    pure = PurePosixPath(path)
    return [*pure.parts[:-1], pure.name.split(".")[0]]


def empty_names(tree: dict[str, str]) -> list[str]:
    return [
        f"{path}:{line} {name}: {', '.join(found)} says nothing; name it after what it does or is."
        for path, text in tree.items()
        for line, name in _defined(ast.parse(text), functions_and_classes=True)
        if (found := sorted(words_of(name) & EMPTY_WORDS))
    ]


def foreign_words(tree: dict[str, str]) -> list[str]:
    return [
        f"{path}:{line} {name}: the house says {OTHER_WORDS[word]}; one word for one thing."
        for path, text in tree.items()
        for line, name in sorted(set(_defined(ast.parse(text))))
        for word in sorted(OTHER_WORDS)
        if words_of(name) & {word, word + "s"} and not name.startswith("__")
    ]


def bare_sessions(tree: dict[str, str]) -> list[str]:
    """`session` as a name of anything; db.session (and self.session where the database is made) is Flask's."""
    problems = []
    for path, text in tree.items():
        for node in ast.walk(ast.parse(text)):
            if not _says_session(node):
                continue
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in _owners(path):
                continue
            line = getattr(node, "lineno", 1)
            problems.append(
                f"{path}:{line} says bare `session`: write event_session, db.session or browser_session "
                "(`from flask import session as browser_session`)."
            )
    return problems


def _owners(path: str) -> tuple[str, ...]:
    return ("db", "self") if path == "eventapp/db.py" else ("db",)


def _says_session(node: ast.AST) -> bool:
    if isinstance(node, ast.alias):
        return (node.asname or node.name) == "session"
    return "session" in (
        getattr(node, "id", None) if isinstance(node, ast.Name) else None,
        node.attr if isinstance(node, ast.Attribute) else None,
        node.arg if isinstance(node, (ast.arg, ast.keyword)) else None,
        node.name if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) else None,
    )


def _defined(tree: ast.AST, *, functions_and_classes: bool = False) -> Iterator[tuple[int, str]]:
    """Every name the file gives to something: line, name."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.lineno, node.name
        elif functions_and_classes:
            continue
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def template_names(templates: dict[str, str]) -> list[str]:
    """Macros, blocks and variables of the templates under the same rules."""
    problems = []
    for path, text in templates.items():
        parsed = JINJA.parse(text)
        given = [node.name for node in parsed.find_all((nodes.Macro, nodes.Block))]
        stored = [node.name for node in parsed.find_all(nodes.Name) if node.ctx in ("store", "param")]
        for name in dict.fromkeys(given):
            if words_of(name) & EMPTY_WORDS:
                problems.append(f"{path}: {name} says nothing; name it after what it shows.")
        for name in dict.fromkeys(given + stored):
            for word in sorted(OTHER_WORDS):
                if words_of(name) & {word, word + "s"}:
                    problems.append(f"{path}: {name}: the house says {OTHER_WORDS[word]}.")
        if any(node.name == "session" for node in parsed.find_all(nodes.Name)):
            problems.append(
                f"{path} says bare `session`: write event_session, or let the page pass what it needs."
            )
    return problems
