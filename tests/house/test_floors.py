"""Imports go down: the floor plan, checked."""

from __future__ import annotations

import pytest

from tests.house import floors
from tests.house.tree import app_files, nothing


@pytest.mark.parametrize("checker", floors.ALL, ids=lambda checker: checker.__name__)
def test_the_house_stands(checker):
    nothing(checker(app_files()))


@pytest.mark.parametrize(
    ("checker", "path", "text"),
    [
        (floors.off_the_plan, "eventapp/things.py", ""),
        (floors.imports_going_up, "eventapp/models/seat.py", "from eventapp.rules import seats"),
        (floors.imports_going_up, "eventapp/rules/seats.py", "from eventapp.letters import write"),
        (floors.imports_going_up, "eventapp/letters.py", "import eventapp.web.gates"),
        (floors.imports_going_up, "eventapp/formats/qr.py", "from eventapp.db import db"),
        (floors.imports_going_up, "eventapp/clock.py", "from eventapp.db import db"),
        (floors.imports_going_up, "eventapp/reports.py", "from eventapp.letters import write"),
        (floors.imports_of_the_roof, "eventapp/web/cli.py", "from eventapp import create_app"),
        (floors.imports_of_the_roof, "eventapp/web/cli.py", "import eventapp"),
        (floors.imports_of_the_roof, "eventapp/rules/seats.py", "from . import journal"),
        (floors.imports_inside_functions, "eventapp/rules/seats.py", "def f():\n    import json"),
        (
            floors.imports_inside_functions,
            "eventapp/db.py",
            "class A:\n    def f(self):\n        from x import y",
        ),
        (floors.imports_inside_functions, "app.py", "def f():\n    importlib.import_module('eventapp')"),
        (floors.names_out_of_rules, "eventapp/rules/companies.py", "from eventapp.rules.seats import take"),
        (floors.rules_out_of_order, "eventapp/rules/journal.py", "from eventapp.rules import seats"),
        (floors.rules_out_of_order, "eventapp/rules/events.py", "from eventapp.rules import agenda"),
        (floors.crossing_wings, "eventapp/web/door/scan.py", "from eventapp.web.organizer import ladder"),
        (floors.crossing_wings, "eventapp/web/gates.py", "from eventapp.web.organizer import ladder"),
        (floors.pages_reaching_too_far, "eventapp/web/door/scan.py", "from eventapp.web.cli import staff"),
        (floors.pages_reaching_too_far, "eventapp/web/door/scan.py", "from eventapp.web.door import phones"),
        (
            floors.children_named_by_parents,
            "eventapp/models/company.py",
            "from eventapp.models.person import P",
        ),
        (floors.writes_outside_rules, "eventapp/web/door/scan.py", "db.session.add(row)"),
        (floors.writes_outside_rules, "eventapp/demo.py", "db.session.commit()"),
        (floors.writes_outside_rules, "eventapp/postman.py", "from sqlalchemy import update"),
        (floors.writes_outside_rules, "eventapp/postman.py", "import sqlalchemy as sa\nsa.delete(Message)"),
        (
            floors.writes_outside_rules,
            "eventapp/postman.py",
            "db.session.execute(text('DELETE FROM person'))",
        ),
        (floors.writes_outside_rules, "eventapp/web/cli.py", "with db.writing():\n    pass"),
    ],
)
def test_a_broken_rule_is_noticed(checker, path, text):
    surroundings = dict.fromkeys(
        [
            "app.py",
            "eventapp/__init__.py",
            "eventapp/db.py",
            "eventapp/letters.py",
            "eventapp/rules/__init__.py",
            "eventapp/rules/agenda.py",
            "eventapp/rules/seats.py",
            "eventapp/rules/journal.py",
            "eventapp/web/gates.py",
            "eventapp/web/cli.py",
            "eventapp/web/organizer/ladder.py",
        ],
        "",
    )
    surroundings["eventapp/web/door/phones.py"] = "page = Blueprint('phones', __name__)"
    surroundings["eventapp/models/person.py"] = (
        "class P(db.Model):\n    __tablename__ = 'person'\n    company = mapped_column(ForeignKey('company.id'))"
    )
    problems = checker({**surroundings, path: text})
    assert len(problems) == 1
    assert problems[0].startswith(path)


def test_a_circle_is_noticed():
    tree = {
        "eventapp/rules/seats.py": "from eventapp.rules import badges",
        "eventapp/rules/badges.py": "import eventapp.rules.seats",
    }
    assert floors.circles(tree) == [
        "eventapp.rules.badges -> eventapp.rules.seats -> eventapp.rules.badges is a circle: let the lower one "
        "take as an argument what it imports from above."
    ]


def test_a_parent_that_names_its_child_in_a_string_is_noticed():
    tree = {
        "eventapp/models/company.py": "class Company(db.Model):\n    __tablename__ = 'company'\n    people: Mapped[list['Person']] = relationship()",
        "eventapp/models/person.py": "class Person(db.Model):\n    __tablename__ = 'person'\n    c = mapped_column(ForeignKey('company.id'))",
    }
    assert len(floors.children_named_by_parents(tree)) == 1


@pytest.mark.parametrize(
    ("checker", "path", "text"),
    [
        (floors.imports_going_up, "eventapp/web/door/scan.py", "from eventapp.rules import seats"),
        (floors.imports_going_up, "eventapp/postman.py", "from eventapp.letters import write"),
        (floors.imports_going_up, "eventapp/demo/play.py", "from eventapp.demo import story"),
        (floors.imports_going_up, "eventapp/formats/badge_sheet.py", "from eventapp.formats import qr"),
        (floors.imports_of_the_roof, "app.py", "from eventapp import create_app"),
        (floors.rules_out_of_order, "eventapp/rules/agenda.py", "from eventapp.rules import journal, seats"),
        (floors.crossing_wings, "eventapp/web/door/__init__.py", "from eventapp.web.door import phones"),
        (
            floors.pages_reaching_too_far,
            "eventapp/web/door/__init__.py",
            "from eventapp.web.door import phones",
        ),
        (floors.pages_reaching_too_far, "eventapp/web/door/scan.py", "from eventapp.web import gates"),
        (
            floors.pages_reaching_too_far,
            "eventapp/web/door/scan.py",
            "from eventapp.web.door import verdicts",
        ),
        (floors.writes_outside_rules, "eventapp/demo/play.py", "with db.writing():\n    pass"),
        (floors.writes_outside_rules, "eventapp/rules/seats.py", "db.session.add(row)"),
        (floors.writes_outside_rules, "eventapp/reports.py", "answers.add(one)\nseen.update(more)"),
    ],
)
def test_what_is_allowed_passes(checker, path, text):
    tree = {
        "eventapp/letters.py": "",
        "eventapp/rules/journal.py": "",
        "eventapp/rules/seats.py": "",
        "eventapp/web/gates.py": "",
        "eventapp/web/door/phones.py": "",
        "eventapp/web/door/verdicts.py": "",
    }
    assert checker({**tree, path: text}) == []
