"""Templates under a strict policy: nothing inline, nothing foreign, every page in a layout."""

from __future__ import annotations

import pytest

from tests.house import markup
from tests.house.tree import nothing, read_tree


def test_nothing_is_inline():
    nothing(markup.inline_code(read_tree("templates/**/*.*")))


def test_no_page_asks_another_host():
    own = read_tree("templates/**/*.*", "static/**/*.css", "static/**/*.js", "static/**/*.svg")
    nothing(markup.foreign_addresses(own))


def test_every_page_has_a_layout():
    nothing(markup.homeless(read_tree("templates/**/*.html")))


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        '<p\n  style="color: {{ brand }}">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<script type="module">x</script>',
        '<button onclick="x()">',
        '<a href="javascript:void 0">',
        '<img src="x" onerror="{{ x }}"/>',
    ],
)
def test_inline_code_is_noticed(text):
    assert len(markup.inline_code({"templates/partner/letter.html": text})) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/partner/letter.html", '<script type="module" src="{{ asset(\'js/x.js\') }}"></script>'),
        ("templates/public/event.html", '<script type="application/ld+json">{{ data }}</script>'),
        ("templates/mail/invitation.html", '<style>p {}</style><p style="margin: 0">'),
        ("templates/partner/letter.html", '{# style="x" #}<p class="style">'),
    ],
)
def test_what_the_policy_lets_through_passes(path, text):
    assert markup.inline_code({path: text}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/a.html", '<img src="https://cdn.example.com/x.png">'),
        ("templates/a.html", '<script src="//cdn.example.com/x.js"></script>'),
        ("static/look/page.css", "@import url(https://fonts.example.com/x.css);"),
        ("static/js/scan.js", 'import x from "https://cdn.example.com/x.js";'),
        ("static/js/scan.js", "fetch(`//cdn.example.com/x`)"),
    ],
)
def test_a_foreign_address_is_noticed(path, text):
    assert len(markup.foreign_addresses({path: text})) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("static/look/icons.svg", '<svg xmlns="http://www.w3.org/2000/svg">'),
        ("templates/a.html", '"@context": "https://schema.org"'),
        ("static/look/page.css", "/* from https://example.com/x */"),
        ("static/js/scan.js", "const a = 1; // see.here"),
        ("templates/a.html", '<a href="{{ url_for("x") }}">'),
    ],
)
def test_our_own_addresses_pass(path, text):
    assert markup.foreign_addresses({path: text}) == []


def test_a_page_without_a_layout_is_noticed():
    pages = {
        "templates/layout/page.html": "",
        "templates/partner/letter.html": "<html>",
        "templates/partner/control.html": "{% extends 'partner/letter.html' %}",
        "templates/partner/naming.html": "{% extends 'layout/gone.html' %}",
        "templates/public/event.html": "{% extends 'layout/page.html' %}",
        "templates/public/agenda.html": "{% extends 'public/event.html' %}{% from 'public/day.html' import day %}",
        "templates/public/day.html": "",
        "templates/parts/dots.html": "",
        "templates/mail/invitation.html": "",
    }
    assert [problem.split(" ")[0] for problem in markup.homeless(pages)] == [
        "templates/partner/letter.html",
        "templates/partner/control.html",
        "templates/partner/naming.html",
    ]
