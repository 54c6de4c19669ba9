"""Who imports whom, read from the source without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Import:
    """One imported name: `from module import name`, or `import module` with an empty name."""

    path: str
    line: int
    module: str
    name: str
    level: int
    inside: str

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}"


def imports_of(path: str, text: str) -> list[Import]:
    """Every import of the file; `inside` names the function around it, or is empty."""
    return list(_walk(path, ast.parse(text), inside=""))


def _walk(path: str, node: ast.AST, *, inside: str) -> Iterator[Import]:
    if isinstance(node, FUNCTIONS):
        inside = getattr(node, "name", "a lambda")
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(path, node.lineno, alias.name, "", 0, inside)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield Import(path, node.lineno, node.module or "", alias.name, node.level, inside)
    for child in ast.iter_child_nodes(node):
        yield from _walk(path, child, inside=inside)


def module_of(path: str) -> str:
    """`eventapp/rules/seats.py` is eventapp.rules.seats; a package is named without its __init__."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def ours(tree: dict[str, str]) -> list[tuple[Import, str]]:
    """Each import of one of our own modules with that module's full name."""
    modules = {module_of(path) for path in tree}
    found = []
    for path, text in tree.items():
        for seen in imports_of(path, text):
            full = f"{seen.module}.{seen.name}" if seen.name else seen.module
            target = full if full in modules else seen.module
            if target == "eventapp" or target.startswith("eventapp."):
                found.append((seen, target))
    return found


def graph(tree: dict[str, str]) -> dict[str, set[str]]:
    """Module to the modules of ours it imports."""
    edges: dict[str, set[str]] = {module_of(path): set() for path in tree}
    for seen, target in ours(tree):
        if target in edges and target != module_of(seen.path):
            edges[module_of(seen.path)].add(target)
    return edges
