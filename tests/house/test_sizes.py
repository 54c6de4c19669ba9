"""Files of 300 lines, functions of 40, a docstring each, typed signatures below the faces."""

from __future__ import annotations

import pytest

from tests.house import sizes
from tests.house.tree import nothing, python_files, read_tree

# Not stylesheets: splitting one costs every page a request.
WRITTEN = ("templates/**/*.html", "templates/**/*.txt", "static/**/*.js")


def test_files_are_short():
    nothing(sizes.long_files({**python_files(), **read_tree(*WRITTEN)}))


@pytest.mark.parametrize(
    "checker",
    [sizes.long_functions, sizes.silent_files, sizes.untyped_signatures, sizes.long_argument_lists],
    ids=lambda checker: checker.__name__,
)
def test_python_files_keep_to_the_house(checker):
    nothing(checker(python_files()))


@pytest.mark.parametrize(
    ("checker", "text"),
    [
        (sizes.long_files, "\n" * 301),
        (sizes.long_functions, "def f():\n" + "    x = 1\n" * 40),
        (sizes.long_functions, "class A:\n    async def f(self):\n" + "        x = 1\n" * 40),
        (sizes.silent_files, "x = 1"),
        (sizes.silent_files, '""" """'),
        (sizes.untyped_signatures, "def f(a) -> int: ..."),
        (sizes.untyped_signatures, "def f(a: int): ..."),
        (sizes.untyped_signatures, "def f(*, a) -> int: ..."),
        (sizes.untyped_signatures, "class A:\n    def f(self, **rest) -> int: ..."),
        (sizes.long_argument_lists, "def f(a, b, c): ..."),
        (sizes.long_argument_lists, "class A:\n    def f(self, a, b, c): ..."),
    ],
)
def test_a_broken_rule_is_noticed(checker, text):
    problems = checker({"eventapp/rules/seats.py": text})
    assert len(problems) == 1
    assert problems[0].startswith("eventapp/rules/seats.py")


@pytest.mark.parametrize(
    ("checker", "text"),
    [
        (sizes.long_files, "\n" * 300),
        (sizes.long_functions, "def f():\n" + "    x = 1\n" * 39),
        (sizes.untyped_signatures, "def f(a: int, *, b: int = 1) -> None: ..."),
        (sizes.long_argument_lists, "class A:\n    def f(self, a, b, *, c): ..."),
        (sizes.long_argument_lists, "class A:\n    def __exit__(self, a, b, c): ..."),
    ],
)
def test_what_is_allowed_passes(checker, text):
    assert checker({"eventapp/rules/seats.py": text}) == []
