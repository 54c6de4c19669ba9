"""Every address is behind one gate or knowingly open, and those others rely on are there."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from eventapp.web import gates
from tests.house import addresses
from tests.house.tree import app_files, nothing

PROMISED = [
    ("GET", "/"),
    ("GET", "/2017/agenda"),
    ("GET", "/2017/agenda.ics"),
    ("GET", "/2017/now"),
    ("GET", "/feed/abc.ics"),
    ("GET", "/healthz"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("GET", "/B/0123456789A"),
    ("GET", "/i/abc"),
    ("GET", "/invitation/7"),
    ("GET", "/p/abc"),
    ("GET", "/pass/9"),
    ("GET", "/door/"),
    ("POST", "/api/v1/check-ins"),
    ("GET", "/api/v1/checkpoints/3/roster"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/organizer/"),
]


@pytest.mark.parametrize(
    "checker",
    [addresses.homeless, addresses.ungated, addresses.gated_open_pages, addresses.badly_shaped],
    ids=lambda checker: checker.__name__,
)
def test_the_map_is_sound(whole_app, checker):
    nothing(checker(whole_app))


@pytest.mark.parametrize(
    "checker", [addresses.private_gates, addresses.crowded_pages], ids=lambda checker: checker.__name__
)
def test_page_files_are_plain_pages(checker):
    nothing(checker(app_files()))


@pytest.mark.parametrize(("method", "path"), PROMISED)
def test_an_address_others_rely_on_is_there(whole_app, method, path):
    assert answers(whole_app, method, path) == "promised", "the table of addresses promises it: build it"


def answers(app: Flask, method: str, path: str) -> str:
    try:
        app.url_map.bind("localhost").match(path, method=method)
    except RequestRedirect:
        return "promised"
    except HTTPException as fault:
        return f"{method} {path} answers {fault.code}"
    return "promised"


def house(*rules: tuple[str, str]) -> Flask:
    """A tiny app: partner with a gate on its nested coordinator, organizer without one; pages by wing."""
    app, wings = Flask("tiny", static_folder=None), {}
    for name in ("partner", "organizer", "public", "elsewhere"):
        wings[name] = Blueprint(name, name)
    wings["coordinator"] = Blueprint("coordinator", "coordinator")
    wings["coordinator"].before_request(gates.coordinator_gate)
    for wing, rule in rules:
        page = Blueprint(f"page{len(wings)}", "page")
        page.add_url_rule(rule, view_func=lambda: "", endpoint="show", methods=["GET"])
        wings[wing].register_blueprint(page)
        wings[page.name] = page
    wings["partner"].register_blueprint(wings["coordinator"])
    for name in ("partner", "organizer", "public", "elsewhere"):
        app.register_blueprint(wings[name])
    return app


def test_a_page_outside_of_every_wing_is_noticed():
    app = house(("elsewhere", "/x"), ("public", "/y"), ("coordinator", "/z"))
    assert [problem.split(" ")[0] for problem in addresses.homeless(app)] == ["/x"]


def test_a_page_of_a_wing_without_its_gate_is_noticed():
    app = house(
        ("organizer", "/a"),
        ("partner", "/b"),
        ("coordinator", "/c"),
        ("public", "/d"),
        ("partner", "/i/<token>"),
    )
    assert [problem.split(" ")[0] for problem in addresses.ungated(app)] == ["/a", "/b"]


def test_a_second_gate_is_noticed():
    app = house(("coordinator", "/c"))
    app.before_request_funcs["partner"] = [gates.organizer_gate]
    assert "has 2 gates" in addresses.ungated(app)[0]


def test_a_gate_from_elsewhere_is_noticed():
    app = house(("organizer", "/a"))
    app.before_request_funcs["organizer"] = [lambda: None]
    assert "gates stand in web/gates.py" in addresses.ungated(app)[0]


def test_an_open_page_that_is_gone_is_noticed():
    assert len(addresses.gated_open_pages(house(("public", "/sign-in")))) == len(addresses.OPEN_PAGES) - 1


@pytest.mark.parametrize("rule", ["/Letters", "/letters_sent", "/x/sendLetter", "/a//b"])
def test_a_badly_shaped_address_is_noticed(rule):
    assert len(addresses.badly_shaped(house(("public", rule)))) == 1


def test_well_shaped_addresses_pass():
    assert (
        addresses.badly_shaped(
            house(("public", "/<event>/agenda.ics"), ("public", "/B/<code>"), ("public", "/"))
        )
        == []
    )


@pytest.mark.parametrize(
    ("checker", "text"),
    [
        (addresses.private_gates, "page = Blueprint('x', __name__)\n@page.before_request\ndef f(): ..."),
        (addresses.private_gates, "page.before_app_request(f)"),
        (addresses.crowded_pages, "a = Blueprint('a', __name__)\nb = Blueprint('b', __name__)"),
    ],
)
def test_a_page_with_rights_of_its_own_is_noticed(checker, text):
    assert len(checker({"eventapp/web/door/scan.py": text})) == 1
