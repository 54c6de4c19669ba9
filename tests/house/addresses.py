"""The map of addresses as checkers see it: which wing, which gate, which shape."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

GATED = ("partner", "door", "organizer")
OPEN = ("public",)
# Open pages outside the public wing: they only redirect, ask who is there, or describe the interface.
OPEN_PAGES = {
    "/sign-in",
    "/sign-out",
    "/i/<token>",
    "/p/<token>",
    "/p/<token>/data",
    "/B/<code>",
    "/door/enrol/<token>",
    "/api/v1/openapi.json",
    "/door/manifest.webmanifest",  # asked for before there is a phone: the name of the app, no data
    "/door/worker.js",  # as the pass's below
    "/feed/<token>.ics",  # a calendar program has no cookie: the token is the permission, each time
    "/pass-worker.js",  # a script without data, at the root because a service worker rules below its own address
}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
CAPITAL_PARTS = {"B"}  # capitals alone keep the QR small
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}


def rules_of(app: Flask) -> Iterator[tuple[Rule, list[str]]]:
    """Every rule with its blueprints from the wing inwards: partner, partner.coordinator, ..."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        names = rule.endpoint.split(".")[:-1]
        yield rule, [".".join(names[: length + 1]) for length in range(len(names))]


def homeless(app: Flask) -> list[str]:
    return [
        f"{rule} ({rule.endpoint}) is in no wing: nest its page in one, or write it into OPEN_PAGES and say why."
        for rule, blueprints in rules_of(app)
        if not (blueprints and blueprints[0] in GATED + OPEN) and str(rule) not in OPEN_PAGES
    ]


def ungated(app: Flask) -> list[str]:
    """Rules of a gated wing that no gate, or more than one, stands before."""
    problems = []
    for rule, blueprints in rules_of(app):
        if not blueprints or blueprints[0] not in GATED or str(rule) in OPEN_PAGES:
            continue
        gates = [gate for name in blueprints for gate in app.before_request_funcs.get(name, [])]
        if len(gates) != 1:
            problems.append(
                f"{rule} ({rule.endpoint}) has {len(gates)} gates before it: a wing's __init__ sets one "
                "before_request and nests its pages under it."
            )
        elif gates[0].__module__ != "eventapp.web.gates":
            problems.append(f"{rule} is kept by {gates[0].__qualname__}: gates stand in web/gates.py.")
    return problems


def gated_open_pages(app: Flask) -> list[str]:
    """Entries of OPEN_PAGES that do not exist, so that the list stays short and true."""
    known = {str(rule) for rule in app.url_map.iter_rules()}
    return [
        f"{page} stands in OPEN_PAGES and is no address any more: take it out."
        for page in sorted(OPEN_PAGES - known)
    ]


def badly_shaped(app: Flask) -> list[str]:
    """Addresses are nouns in kebab-case without a slash too many; a change is a POST."""
    problems = []
    for rule, _ in rules_of(app):
        bare = re.sub(r"<[^>]+>", "x", str(rule)).strip("/")
        for part in bare.split("/") if bare else []:
            if not KEBAB.fullmatch(part) and part not in CAPITAL_PARTS:
                problems.append(f"{rule}: {part!r} is not kebab-case.")
        if rule.methods - METHODS:
            problems.append(f"{rule} takes {sorted(rule.methods - METHODS)}: a change is a POST to a noun.")
    return problems


def private_gates(tree: dict[str, str]) -> list[str]:
    """Page files of a wing that set a gate of their own, or reach out of their blueprint."""
    problems = []
    for path, text in tree.items():
        if not re.match(rf"eventapp/web/({'|'.join(GATED + OPEN)})/", path):
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Attribute):
                continue
            if node.attr == "before_request" and not path.endswith("/__init__.py"):
                problems.append(
                    f"{path}:{node.lineno} sets a gate of its own: the wing's __init__ sets the one gate."
                )
            if node.attr in ("before_app_request", "app_errorhandler", "after_app_request"):
                problems.append(
                    f"{path}:{node.lineno} acts on the whole app: that belongs in web/gates, faults or looks."
                )
    return problems


def crowded_pages(tree: dict[str, str]) -> list[str]:
    """One page, one file, one blueprint."""
    problems = []
    for path, text in tree.items():
        if not re.match(rf"eventapp/web/({'|'.join(GATED + OPEN)})/", path) or path.endswith("/__init__.py"):
            continue
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        made = sum(ast.unparse(call.func) in ("Blueprint", "flask.Blueprint") for call in calls)
        if made > 1:
            problems.append(f"{path} makes {made} blueprints: one page is one file with one blueprint.")
    return problems
