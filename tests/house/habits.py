"""Smaller habits of the house: one clock, times named as times, escaping left on, a test for each file."""

from __future__ import annotations

import ast
import re

CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "datetime.datetime.now",
}
TIME_NAMES = re.compile(r"(.+_)?(at|until)")
DAY_NAMES = re.compile(r".+_(on|until)")
WINGS = "partner|door|organizer|public"


def other_clocks(tree: dict[str, str]) -> list[str]:
    return [
        f"{path}:{node.lineno} asks {ast.unparse(node.func)}: there is one clock, eventapp.clock.now()."
        for path, text in tree.items()
        if path.startswith("eventapp/") and path != "eventapp/clock.py"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS
    ]


def badly_named_times(tree: dict[str, str]) -> list[str]:
    """Columns that hold a moment end in _at, those that hold a day in _on; either may say until when."""
    problems = []
    for path, text in tree.items():
        if not path.startswith("eventapp/models/"):
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)):
                continue
            kind, name = ast.unparse(node.annotation), node.target.id
            if re.match(r"Mapped\[datetime\b", kind) and not TIME_NAMES.fullmatch(name):
                problems.append(f"{path}:{node.lineno} {name} holds a moment: let its name end in _at.")
            if re.match(r"Mapped\[date\b", kind) and not DAY_NAMES.fullmatch(name):
                problems.append(f"{path}:{node.lineno} {name} holds a day: let its name end in _on.")
    return problems


def old_queries(tree: dict[str, str]) -> list[str]:
    return [
        f"{path}:{node.lineno} says {ast.unparse(node)}: write select(...) and db.session.scalars(...)."
        for path, text in tree.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute)
        and node.attr == "query"
        and re.match(r"[A-Z]|db\.", ast.unparse(node))
    ]


def unescaped(templates: dict[str, str]) -> list[str]:
    """Templates that switch escaping off; what is markup by nature comes as Markup from where it is made."""
    return [
        f"{path}:{number} switches escaping off: let the function that makes the markup return Markup."
        for path, text in templates.items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"\|\s*safe\b|autoescape\s+false", line)
    ]


def untested(paths: list[str]) -> list[str]:
    """Rule files and page files without the test file that carries their name."""
    problems = []
    for path in paths:
        if path.endswith("__init__.py"):
            continue
        if found := re.fullmatch(r"eventapp/rules/(\w+)\.py", path):
            test = f"tests/rules/test_{found[1]}.py"
        elif found := re.fullmatch(rf"eventapp/web/({WINGS})/(\w+)\.py", path):
            test = f"tests/web/{found[1]}/test_{found[2]}.py"
        else:
            continue
        if test not in paths:
            problems.append(f"{path} has no {test}: write it, one test file for each rule and page.")
    return problems
