"""Names: no empty words, one word for one thing, no bare `session`."""

from __future__ import annotations

import pytest

from tests.house import names
from tests.house.tree import nothing, python_files, read_tree, tracked_files


def test_no_file_has_an_empty_name():
    ours = [path for path in tracked_files() if "vendor/" not in path]
    nothing(names.empty_file_names(ours))


@pytest.mark.parametrize(
    "checker",
    [names.empty_names, names.foreign_words, names.bare_sessions],
    ids=lambda checker: checker.__name__,
)
def test_python_names_are_ours(checker):
    nothing(checker(python_files()))


def test_template_names_are_ours():
    nothing(names.template_names(read_tree("templates/**/*.html", "templates/**/*.txt")))


@pytest.mark.parametrize(
    "path", ["eventapp/utils.py", "templates/base.html", "eventapp/web/core/x.py", "tests/mail_helpers.py"]
)
def test_an_empty_file_name_is_noticed(path):
    assert len(names.empty_file_names([path])) == 1


@pytest.mark.parametrize(
    ("checker", "text"),
    [
        (names.empty_names, "class SeatManager: ..."),
        (names.empty_names, "def handler(): ..."),
        (names.empty_names, "def date_util(): ..."),
        (names.foreign_words, "guest = 1"),
        (names.foreign_words, "def f(ticket_code): ..."),
        (names.foreign_words, "class A:\n    slots: int = 3"),
        (names.foreign_words, "self.participants = []"),
        (names.bare_sessions, "from flask import session"),
        (names.bare_sessions, "x = session"),
        (names.bare_sessions, "def f(session): ..."),
        (names.bare_sessions, "f(session=1)"),
        (names.bare_sessions, "row.session"),
        (names.bare_sessions, "def session(): ..."),
    ],
)
def test_a_broken_rule_is_noticed(checker, text):
    assert len(checker({"eventapp/rules/seats.py": text})) == 1


@pytest.mark.parametrize(
    ("checker", "text"),
    [
        (names.empty_names, "class Database: ...\ndef errorhandler(): ...\ndef base32(): ...\nBASE_URL = 1"),
        (names.empty_names, "def service_worker(): ..."),
        (names.foreign_words, "class A:\n    __slots__ = ()\n@dataclass(slots=True)\nclass B: ..."),
        (
            names.bare_sessions,
            "from flask import session as browser_session\ndb.session.get\nevent_session = 1",
        ),
    ],
)
def test_what_is_allowed_passes(checker, text):

    assert checker({"eventapp/rules/seats.py": text}) == []


@pytest.mark.parametrize(
    "text",
    ["{% macro core() %}{% endmacro %}", "{% for guest in them %}{% endfor %}", "{{ session.name }}"],
)
def test_a_broken_template_rule_is_noticed(text):
    assert len(names.template_names({"templates/x.html": text})) == 1
