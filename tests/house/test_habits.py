"""One clock, times named as times, escaping on, a test for each rule and page, and ruff content."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house import habits
from tests.house.tree import ROOT, app_files, nothing, read_tree, tracked_files


@pytest.mark.parametrize(
    "checker",
    [habits.other_clocks, habits.badly_named_times, habits.old_queries],
    ids=lambda checker: checker.__name__,
)
def test_python_files_keep_the_habits(checker):
    nothing(checker(app_files()))


def test_templates_leave_escaping_on():
    nothing(habits.unescaped(read_tree("templates/**/*.*")))


def test_every_rule_and_page_has_its_test_file():
    nothing(habits.untested(tracked_files()))


@pytest.mark.parametrize(
    "command", [["check", "--output-format", "concise"], ["format", "--check", "--output-format", "concise"]]
)
def test_ruff_is_content(command):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--no-cache", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, f"run `ruff {command[0]}` and mend:\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    ("checker", "path", "text"),
    [
        (habits.other_clocks, "eventapp/rules/seats.py", "x = datetime.now(UTC)"),
        (habits.other_clocks, "eventapp/web/door/scan.py", "x = date.today()"),
        (habits.badly_named_times, "eventapp/models/seat.py", "class A:\n    sent: Mapped[datetime | None]"),
        (habits.badly_named_times, "eventapp/models/seat.py", "class A:\n    first_day: Mapped[date] = x()"),
        (habits.old_queries, "eventapp/rules/seats.py", "Company.query.all()"),
        (habits.old_queries, "eventapp/rules/seats.py", "db.session.query(Company)"),
        (habits.unescaped, "templates/x.html", "{{ name | safe }}"),
        (habits.unescaped, "templates/x.html", "{% autoescape false %}"),
    ],
)
def test_a_broken_habit_is_noticed(checker, path, text):
    assert len(checker({path: text})) == 1


@pytest.mark.parametrize(
    ("checker", "path", "text"),
    [
        (habits.other_clocks, "eventapp/clock.py", "x = datetime.now(UTC)"),
        (habits.other_clocks, "eventapp/postman.py", "x = time.monotonic()"),
        (
            habits.badly_named_times,
            "eventapp/models/seat.py",
            "class A:\n    sent_at: Mapped[datetime]\n    at: Mapped[datetime]",
        ),
        (
            habits.badly_named_times,
            "eventapp/models/seat.py",
            "class A:\n    open_until: Mapped[date]\n    day_on: Mapped[date]",
        ),
        (habits.old_queries, "eventapp/web/door/scan.py", "request.query_string\nparts.query"),
        (habits.unescaped, "templates/x.html", "{{ safe }}"),
    ],
)
def test_what_is_allowed_passes(checker, path, text):
    assert checker({path: text}) == []


@pytest.mark.parametrize("path", ["eventapp/rules/seats.py", "eventapp/web/door/scan.py"])
def test_an_untested_file_is_noticed(path):
    assert len(habits.untested(["app.py", "eventapp/rules/__init__.py", path])) == 1


def test_a_tested_file_passes():
    assert habits.untested(["eventapp/web/door/scan.py", "tests/web/door/test_scan.py"]) == []
