"""The floor plan as checkers: each takes a tree of sources and answers with sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.imports import Import, graph, imports_of, module_of, ours

GROUND = ("db", "errors", "clock", "config", "formats")
FLOORS = {
    **dict.fromkeys(GROUND, 1),
    "models": 2,
    "rules": 3,
    **dict.fromkeys(("letters", "postman", "reports", "demo", "migrations"), 4),
    "web": 5,
}
# On one floor, who may lean on whom; the files of one folder have rules of their own below.
NEIGHBOURS = {
    ("db", "errors"),
    ("config", "errors"),
    ("postman", "letters"),
    ("demo", "postman"),
    ("demo", "reports"),
}
# A rule may use the rules named before it; one that is not named here is used by no other rule.
RULES_ORDER = (
    "journal", "quiet_hours", "messages", "confirmations", "badges", "rosters", "item_places", "parties", "cutoffs", "seats",
    "agenda_items", "agenda_follows", "own_programmes", "working_copies", "agenda_groups", "agenda_copies", "moved_items", "agenda_changes", "agenda_words",
    "agenda_clashes", "clash_words", "publications",
    "splits", "people", "answers", "pools", "seat_offers", "travel", "questions", "question_answers",
    "consent_words", "consents", "own_parts", "attendees", "registrations", "approvals", "change_requests", "own_data", "keeping",
    "invitations", "companies", "import_rows", "import_plan", "expected",
    "verdicts", "door_places", "checkins",
)  # fmt: skip
WINGS = ("partner", "door", "organizer", "public")
WEB_GROUND = ("gates", "fields", "faults", "looks", "account")
WRITES = {"add", "add_all", "delete", "merge", "commit", "flush", "bulk_save_objects", "bulk_insert_mappings"}
WRITING_SQL = re.compile(r"\s*(insert|update|delete|replace|drop|alter|create|truncate)\b", re.IGNORECASE)


def floor_of(module: str) -> int | None:
    """The floor a module stands on; None where the plan has no place for it."""
    parts = module.split(".")
    if parts == ["app"]:
        return 7
    if parts == ["eventapp"]:
        return 6
    return FLOORS.get(parts[1])


def off_the_plan(tree: dict[str, str]) -> list[str]:
    return [
        f"{path} has no floor: move it into models/, rules/, formats/ or web/, or write it into FLOORS and HOUSE."
        for path in tree
        if floor_of(module_of(path)) is None
    ]


def imports_going_up(tree: dict[str, str]) -> list[str]:
    problems = []
    for seen, target in ours(tree):
        here, there = module_of(seen.path), target
        mine, theirs = floor_of(here), floor_of(there)
        if mine is None or theirs is None or theirs < mine:
            continue
        part, other = here.split(".")[1:2], there.split(".")[1:2]
        if part == other or (part and other and (part[0], other[0]) in NEIGHBOURS):
            continue
        problems.append(
            f"{seen.where} imports {there} (floor {theirs}) from floor {mine}: imports go down; "
            "move the code down, or pass what is needed as an argument."
        )
    return problems


def imports_of_the_roof(tree: dict[str, str]) -> list[str]:
    return [
        f"{seen.where} imports from the package's roof or relatively: name the file, `from eventapp.rules import x`."
        for seen, target in ours(tree) + list(_relative(tree))
        if seen.path != "app.py" and (target == "eventapp" or seen.level)
    ]


def _relative(tree: dict[str, str]) -> Iterator[tuple[Import, str]]:
    named = {seen for seen, _ in ours(tree)}
    for path, text in tree.items():
        for seen in imports_of(path, text):
            if seen.level and seen not in named:
                yield seen, ""


def imports_inside_functions(tree: dict[str, str]) -> list[str]:
    problems = []
    for path, text in tree.items():
        for seen in imports_of(path, text):
            if seen.inside:
                problems.append(
                    f"{seen.where} imports inside {seen.inside}(): move it to the top; if that makes a circle, the "
                    "code is on the wrong floor."
                )
        problems += [
            f"{path}:{call.lineno} imports by a call: write an import at the top."
            for call in ast.walk(ast.parse(text))
            if isinstance(call, ast.Call)
            and ast.unparse(call.func) in ("importlib.import_module", "__import__")
        ]
    return problems


def circles(tree: dict[str, str]) -> list[str]:
    """Each circle once, from the module that sorts first."""
    edges, found = graph(tree), set()
    for start in sorted(edges):
        _follow(edges, [start], found)
    return [
        f"{' -> '.join(circle)} is a circle: let the lower one take as an argument what it imports from above."
        for circle in sorted(found)
    ]


def _follow(edges: dict[str, set[str]], trail: list[str], found: set[tuple[str, ...]]) -> None:
    for target in sorted(edges[trail[-1]]):
        if target == trail[0]:
            found.add((*trail, target))
        elif target > trail[0] and target not in trail and len(trail) < 12:
            _follow(edges, [*trail, target], found)


def names_out_of_rules(tree: dict[str, str]) -> list[str]:
    return [
        f"{seen.where} takes {seen.name} out of {target}: import the module, so that the call reads "
        f"{target.rpartition('.')[2]}.{seen.name}(...)."
        for seen, target in ours(tree)
        if target.startswith("eventapp.rules.") and seen.module == target and seen.name[:1].islower()
    ]


def rules_out_of_order(tree: dict[str, str]) -> list[str]:
    problems = []
    for seen, target in ours(tree):
        here = module_of(seen.path)
        if not (here.startswith("eventapp.rules.") and target.startswith("eventapp.rules.")):
            continue
        mine, theirs = _rank(here), _rank(target)
        if theirs is None or (mine is not None and theirs >= mine):
            problems.append(
                f"{seen.where} uses {target}: rules use each other one way ({', '.join(RULES_ORDER)}, then the rest); "
                "move the shared part into one that stands earlier."
            )
    return problems


def _rank(module: str) -> int | None:
    name = module.split(".")[2]
    return RULES_ORDER.index(name) if name in RULES_ORDER else None


def crossing_wings(tree: dict[str, str]) -> list[str]:
    return [
        f"{seen.where} imports {target}: wings never import each other; move what both need into a rule, "
        "a report or web/."
        for seen, target in ours(tree)
        if seen.path.startswith("eventapp/web/")
        and _wing(target)
        and _wing(module_of(seen.path)) != _wing(target)
    ]


def pages_reaching_too_far(tree: dict[str, str]) -> list[str]:
    """A page leans on web/'s ground and on plain files of its wing, never on another page.

    Plain is a file without a blueprint. Only a package's __init__ gathers the pages under it.
    """
    plain = {module_of(path) for path, text in tree.items() if "Blueprint(" not in text}
    problems = []
    for seen, target in ours(tree):
        here = module_of(seen.path)
        if not _wing(here) or not target.startswith("eventapp.web.") or target.split(".")[2] in WEB_GROUND:
            continue
        gathers = seen.path.endswith("/__init__.py") and target.startswith(here + ".")
        shares = _wing(here) == _wing(target) and target in plain
        if not gathers and not shares and _wing(target) in ("", _wing(here)):
            problems.append(
                f"{seen.where} imports {target}: a page imports from web/ only {', '.join(WEB_GROUND)} and plain "
                "files of its wing; move what two pages share down into a rule or a report."
            )
    return problems


def _wing(module: str) -> str:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["eventapp", "web"] and len(parts) > 2 and parts[2] in WINGS else ""


def children_named_by_parents(tree: dict[str, str]) -> list[str]:
    """A model file may name the model classes its own foreign keys point to, and no others."""
    models = {path: text for path, text in tree.items() if path.startswith("eventapp/models/")}
    tables = {path: _tables(text) for path, text in models.items()}
    home = {name: path for path, names in tables.items() for name in names.values()}
    problems = []
    for path, text in models.items():
        keys = set(re.findall(r"ForeignKey(?:Constraint)?\(.*?[\"'](\w+)\.\w+[\"']", text, re.DOTALL))
        parents = {other for other, names in tables.items() if keys & set(names)}
        named = {path_of(seen.module) for seen in imports_of(path, text)}
        named |= {home[name] for name in _strings(text) if name in home}
        problems += [
            f"{path} names a model of {other} without a foreign key to it: a parent never names a child; "
            "write the question from the child's side."
            for other in sorted(named - {path} - parents)
            if tables.get(other)
        ]
    return problems


def path_of(module: str) -> str:
    return module.replace(".", "/") + ".py"


def _tables(text: str) -> dict[str, str]:
    """Table name to class name of every table the file makes."""
    tables = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "__tablename__":
                    tables[ast.literal_eval(line.value)] = node.name
    return tables


def _strings(text: str) -> set[str]:
    constants = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    return {constant for constant in constants if isinstance(constant, str)}


def writes_outside_rules(tree: dict[str, str]) -> list[str]:
    """Writing through db.session, sqlalchemy's insert, update, delete, or SQL in a string."""
    allowed = ("eventapp/rules/", "eventapp/db.py", "eventapp/migrations/")
    return [
        f"{path}:{line} writes ({what}): only rules/ writes; call a rule, or write one."
        for path, text in tree.items()
        if not path.startswith(allowed)
        for line, what in sorted(set(_writes(text)))
        if not (what == "db.writing" and path.startswith("eventapp/demo/"))  # many rules, one transaction
    ]


def _writes(text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            for alias in node.names:
                if alias.name in ("insert", "update", "delete"):
                    yield node.lineno, alias.name
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        owner, _, verb = called.rpartition(".")
        if (owner.endswith(("db.session", "db.session()")) and verb in WRITES) or called == "db.writing":
            yield node.lineno, called
        if owner in ("sa", "sqlalchemy") and verb in ("insert", "update", "delete"):
            yield node.lineno, called
        if verb == "text" and node.args and WRITING_SQL.match(str(getattr(node.args[0], "value", ""))):
            yield node.lineno, "SQL in text()"


ALL = (
    off_the_plan,
    imports_going_up,
    imports_of_the_roof,
    imports_inside_functions,
    circles,
    names_out_of_rules,
    rules_out_of_order,
    crossing_wings,
    pages_reaching_too_far,
    children_named_by_parents,
    writes_outside_rules,
)
