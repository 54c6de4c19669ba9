"""Sizes, docstrings and signatures as checkers over a tree of sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
TYPED = ("eventapp/models/", "eventapp/rules/", "eventapp/formats/")


def long_files(tree: dict[str, str]) -> list[str]:
    return [
        f"{path} has {len(text.splitlines())} lines: split it by job; {LONGEST_FILE} are the most."
        for path, text in tree.items()
        if len(text.splitlines()) > LONGEST_FILE
    ]


def long_functions(tree: dict[str, str]) -> list[str]:
    return [
        f"{path}:{node.lineno} {node.name}() has {_length(node)} lines: let it call smaller ones; "
        f"{LONGEST_FUNCTION} are the most."
        for path, node in functions(tree)
        if _length(node) > LONGEST_FUNCTION
    ]


def _length(node: ast.FunctionDef) -> int:
    return node.end_lineno - node.lineno + 1


def silent_files(tree: dict[str, str]) -> list[str]:
    return [
        f"{path} says nothing of its job: begin it with one docstring line."
        for path, text in tree.items()
        if not (ast.get_docstring(ast.parse(text)) or "").strip()
    ]


def untyped_signatures(tree: dict[str, str]) -> list[str]:
    return [
        f"{path}:{node.lineno} {node.name}() leaves {', '.join(bare)} without a type: every signature in models/, "
        "rules/ and formats/ is fully typed."
        for path, node in functions(tree)
        if path.startswith(TYPED) and (bare := list(_bare(node)))
    ]


def _bare(node: ast.FunctionDef) -> Iterator[str]:
    given = node.args
    for argument in [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]:
        if argument and argument.annotation is None and argument.arg not in ("self", "cls"):
            yield argument.arg
    if node.returns is None and node.name != "__init__":
        yield "what it returns"


def long_argument_lists(tree: dict[str, str]) -> list[str]:
    """More than two arguments by position; Python's own double-underscore methods are left in peace."""
    return [
        f"{path}:{node.lineno} {node.name}() takes {len(names)} arguments by position: put `, *,` after the second, "
        "so that calls read as sentences."
        for path, node in functions(tree)
        if path.startswith(TYPED) and len(names := _positional(node)) > 2 and not node.name.startswith("__")
    ]


def _positional(node: ast.FunctionDef) -> list[str]:
    names = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def functions(tree: dict[str, str]) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, text in tree.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield path, node
