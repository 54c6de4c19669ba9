"""Bad input gets a sentence, never a 500, and nothing that was typed is executed: every rule, every field."""

from __future__ import annotations

import inspect
import json
import re
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus
from zlib import crc32

import pytest
from flask_wtf import FlaskForm
from proofs.addresses import FORM, addresses, rules
from proofs.test_access import PAGES, PHONES, page_of
from proofs.world import World, readable
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

pytestmark = [pytest.mark.slow]
MARK = "<script>alert(4711)</script>"
PAYLOADS = (
    "",
    " \u3000\u200b ",
    "가" * 20_000,
    "한지원",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇰🇷",
    "a\x01\x02\x1b[31m\x7f\x85b",
    "\u202egnp.exe\u2066\u200f",
    MARK,
    f"\"'><img src=x onerror=alert(4711)>{MARK}",
    "{{ 7 * 7 }}${7*7}%(name)s%s{0}{company}",
    "=1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "x\r\nBcc: evil@evil.example\r\n\r\n<b>body</b>",
    "x@evil.example\r\nBcc: all@evil.example",
    "' OR 1=1; DROP TABLE person; --",
    "a\ud800b",
    "a\x00b",
    "9" * 5_000,
    str(2**31),
    str(2**63),
    str(2**64 + 1),
    "-1",
    "1e309",
    "NaN",
    "٣²",
    "../../../etc/passwd",
    "//evil.example/",
    "9999-12-31",
    "0000-00-00",
    "99:99",
)
IN_ADDRESSES = (
    "0",
    "-1",
    "1.5",
    "a",
    "%00",
    "%ED%A0%80",
    "٣",
    str(2**31),
    str(2**63),
    "9" * 5_000,
    "..",
    "<b>",
    "A" * 27,
)
SHAPES: tuple[tuple[str, bytes], ...] = (
    ("", b"name=a"),
    ("text/plain", b"name=a"),
    ("application/json", b"{"),
    ("application/json", b'{"name": ["a", {"b": null}]}'),
    ("application/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ("multipart/form-data", b"--x\r\n"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00.csv"\r\n\r\na',
    ),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfen\x00a\x00"),
    ("application/x-www-form-urlencoded", b"%FF%FE=%80&&&=&name"),
    ("application/x-www-form-urlencoded", b"&".join(b"n%d=1" % number for number in range(5_000))),
    ("application/x-www-form-urlencoded", b"name=" + b"x" * (5 * 1024 * 1024)),
)
SHOWN = (
    "/", "/2017/agenda", "/2017/agenda.ics?run=1", "/2017/now", "/organizer/", "/organizer/registrations",
    "/organizer/registrations.xlsx", "/organizer/facts", "/organizer/agenda", "/organizer/messages",
    "/organizer/arrivals", "/organizer/imports",
)  # fmt: skip


@pytest.fixture(params=["world", "postgres_world"], ids=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> World:
    """The world on either database: they refuse different things."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Callable[..., bool]:
    """tried(name, number, of=32): whether this trial is made; all with --full, else one of so many, always the same.

    The databases try different ones.
    """
    full = request.config.getoption("--full")
    side = int("postgres" in request.node.name)
    return lambda name, number, of: full or (crc32(name.encode()) + number + side * of // 2) % of == 0


def test_every_field_with_every_payload(either, tried):
    problems = []
    for rule in rules(either):
        for method in ("GET", "POST"):
            if method in rule.methods:
                problems += problems_of(either, rule, method, tried)
    assert problems == [], "\n" + "\n".join(problems)


def test_every_address_with_every_nonsense(either):
    problems = []
    for rule in rules(either):
        for nonsense in IN_ADDRESSES if rule.arguments else ():
            address = re.sub(
                r"<[^>]*>", lambda _found, nonsense=nonsense: quote(nonsense, safe="%"), str(rule)
            )
            for method in sorted(rule.methods - {"OPTIONS"}):
                answer = client_of(either, rule).open(address, method=method)
                problems += [f"{method} {address}: {line}" for line in wrong(answer)]
            either.memory.restore()
    assert problems == [], "\n" + "\n".join(problems)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # werkzeug's, of a broken upload
def test_every_body_of_every_wrong_shape(world, tried):
    problems = []
    for rule in rules(world):
        if "POST" not in rule.methods:
            continue
        address = next(addresses(world, rule))[0]
        for number, (content_type, body) in enumerate(SHAPES):
            if not tried(str(rule), number, of=4):
                continue
            headers = world.people[role_at(rule)].headers
            answer = client_of(world, rule).post(
                address, data=body, content_type=content_type, headers=headers
            )
            problems += [f"{rule} {content_type} {body[:30]!r}: {line}" for line in wrong(answer)]
            world.memory.restore()
    assert problems == [], "\n" + "\n".join(problems)


def test_every_item_of_a_phone_with_every_payload(either):
    """Bad items are answered one by one; the good one among them is kept."""
    who, problems = either.people["door phone"], []
    odd: tuple[Any, ...] = (*PAYLOADS, None, True, 0, -1, 1.5, 2**70, [], {}, [[[]]], {"a": {"b": []}})
    for name in (
        "id",
        "kind",
        "checkpoint",
        "code",
        "attendee",
        "scanned_at",
        "gate",
        "name",
        "company",
        "check_in",
    ):
        good = a_scan(either)
        items = [a_scan(either) | {name: payload} for payload in odd] + [good, *odd]
        for kind in ("scan", "walk-in", "move", "undo"):
            body = json.dumps(
                {
                    "items": [
                        {**one, "kind": kind} if isinstance(one, dict) and name != "kind" else one
                        for one in items
                    ]
                }
            )
            answer = who.client(either.app).post(
                "/api/v1/check-ins", data=body, content_type="application/json", headers=who.headers
            )
            problems += [f"{name} of {kind}: {line}" for line in wrong(answer)]
            if answer.status_code == 200 and len(answer.get_json()["answers"]) != len(items):
                problems.append(f"{name} of {kind}: not every item was answered")
        either.memory.restore()
    assert problems == [], "\n" + "\n".join(problems)


def a_scan(world: World) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "kind": "scan",
        "checkpoint": world.objects["checkpoint"]["A"],
        "code": world.objects["code"]["A"],
        "check_in": str(uuid.uuid4()),
        "name": "걸어온이",
    }


def problems_of(world: World, rule: Rule, method: str, tried: Callable[..., bool]) -> Iterator[str]:
    """Each field in turn holds the payload, the others something that fits."""
    address = next(addresses(world, rule))[0]
    for name in fields_of(world, rule):
        for number, payload in enumerate(PAYLOADS):
            if not tried(f"{rule} {method} {name}", number, of=32):
                continue
            body = encoded({**FORM, name: payload} if method == "POST" else {name: payload})
            answer = asked(world, rule, method, address, body)
            where = f"{method} {rule} {name}={payload[:30]!r}"
            yield from (f"{where}: {line}" for line in wrong(answer))
            if MARK in payload and world.memory.written():
                yield from (f"{where}, then {line}" for line in shown(world))
            world.memory.restore()


def asked(world: World, rule: Rule, method: str, address: str, body: bytes) -> TestResponse:
    """One request with these bytes, by somebody who may."""
    client, headers = client_of(world, rule), world.people[role_at(rule)].headers
    if method == "GET":
        return client.get(address, query_string=body.decode(), headers=headers)
    form = "application/x-www-form-urlencoded"
    return client.post(address, data=body, content_type=form, headers=headers)


def encoded(form: dict[str, str]) -> bytes:
    """A form as bytes, lone surrogates too."""
    return "&".join(
        f"{name}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in form.items()
    ).encode()


def role_at(rule: Rule) -> str:
    """Who may do the most there."""
    rights = PAGES.get(rule.endpoint, PAGES[page_of(rule)])
    if rights is None:
        return "nobody"
    return "door phone" if rights is PHONES else next(role for role in rights if role != "viewer")


def client_of(world: World, rule: Rule) -> Any:
    return world.people[role_at(rule)].client(world.app)


def fields_of(world: World, rule: Rule) -> list[str]:
    """What the view's forms ask for and what its file reads by name; what the layouts read everywhere."""
    view = world.app.view_functions[rule.endpoint]
    source = inspect.getsource(sys.modules[view.__module__])
    named = set(re.findall(r'(?:form|args|values)\.get\(\s*"(\w+)"|number_sent\(\s*"(\w+)"', source))
    found = {name for pair in named for name in pair if name}
    own = inspect.getsource(view)
    forms = [form for form in forms_in(view.__module__) if form.__name__ in own] or forms_in(view.__module__)
    for form in forms if "POST" in rule.methods else []:
        found |= {name for name in dir(form) if hasattr(getattr(form, name), "_formfield")}
    if "questions" in rule.endpoint:
        found |= {f"answer_{number}" for number in world.objects["question"].values()}
    return sorted(found | {"language", "next", "q", "row-2"})


def forms_in(module: str) -> list[type[FlaskForm]]:
    values = vars(sys.modules[module]).values()
    return [
        one for one in values if isinstance(one, type) and issubclass(one, FlaskForm) and one is not FlaskForm
    ]


def wrong(answer: TestResponse) -> Iterator[str]:
    """A crash, or something typed that would run."""
    if answer.status_code >= 500:
        yield f"crashes with {answer.status_code}"
    if MARK in readable(answer) and answer.mimetype == "text/html":
        yield "the script stands in the page"
    if any("evil.example" in value for name, value in answer.headers if name != "Location"):
        yield f"a header says {dict(answer.headers)}"
    if re.match(r"(https?:)?//evil|/\\", answer.headers.get("Location", "")):
        yield f"leads away to {answer.headers['Location']}"


def shown(world: World) -> Iterator[str]:
    """Every page on which something kept may stand."""
    pages = {"organizer": SHOWN, "coordinator A": [], "attendee A": []}
    pages["organizer"] = (*SHOWN, f"/organizer/invitations/{world.objects['invitation']['A']}")
    pages["coordinator A"] = [f"/invitation/{world.objects['invitation']['A']}"]
    pages["attendee A"] = [f"/pass/{world.objects['attendee']['A']}"]
    for role, links in pages.items():
        client = world.people[role].client(world.app)
        for link in links:
            yield from (f"{link}: {line}" for line in wrong(client.get(link)))
