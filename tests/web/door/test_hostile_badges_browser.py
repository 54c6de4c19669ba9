"""Two hundred codes that are no badge: each is an unknown badge on the phone and at the server, and runs nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from scanner import rows, states

pytestmark = pytest.mark.browser
SHOW = """async (texts) => {
  const over = document.getElementById("verdict");
  const screens = [];
  for (const text of texts) {
    const shown = new Promise((done) => new MutationObserver((_, watch) => (watch.disconnect(), done())).observe(over, { childList: true }));
    location.hash = encodeURIComponent(text);
    await shown;
    screens.push([over.firstElementChild.className, over.querySelector("[data-put=code]").children.length, over.querySelector("[data-put=code]").textContent.length]);
  }
  return screens;
}"""
TRAP = """() => {
  for (const name of ["alert", "confirm", "prompt", "open"]) {
    window[name] = () => document.documentElement.setAttribute("data-ran", name);
  }
}"""
SEEDS = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg/onload={}>",
    "\"'><iframe srcdoc='<script>{}</script>'>",
    "javascript:{}",
    "JAVASCRIPT:{}//HTTPS://DAY.EXAMPLE/B/",
    "data:text/html,<script>{}</script>",
    "vbscript:{}",
    "{{{{constructor.constructor('{}')()}}}}",
    "${{{}}}",
    "' OR 1=1; DROP TABLE attendee; -- {}",
    "1; UPDATE badge SET code='{}'",
    "=cmd|' /C {}'!A0",
    "../../../etc/passwd\x00{}",
    "\x00\x01\x02\x1b[31m{}\x7f\x85",
    "\u202e{}\u2066\u200f",
    "👩‍👩‍👧‍👦🏳️‍🌈{}" + "🎫" * 60,
    "가" * 79 + "🎫{}",
    "{}" + "9" * 4000,
    "BEGIN:VCARD\nFN:{}\nTEL:+82101234\nEND:VCARD",
    "BEGIN:VEVENT\nSUMMARY:{}\nEND:VEVENT",
    "WIFI:T:WPA;S:hotel;P:{};;",
    "M1KIM/HANEUL {} ICNCJUKE 1234 313Y012A",
    "https://ticket.example/e/2017?x={}",
    "smsto:+82101234:{}",
    "tel:{}",
    "geo:33.3,126.5?q={}",
    "HTTPS://EVIL.EXAMPLE/B/{}",
    "https://host.example/p/1.AAAAAAAA{}",
    "https://host.example/i/1.AAAAAAAA{}",
    "/door/leave?{}",
    "%E0%A4%A%{}",
    '{{"id":"x","verdict":"admitted","name":"{}"}}',
)
DEEDS = (
    "alert(1)",
    "open('//evil.example')",
    "fetch('//evil.example')",
    "eval('alert(2)')",
    "document.title=9",
    "٣²",
)


def hostile(code: str) -> list[str]:
    """Two hundred texts, and a true badge's code with any of its characters wrong."""
    texts = [seed.format(deed) for seed in SEEDS for deed in DEEDS][: 200 - len(code)]
    wrong = [code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :] for at in range(len(code))]
    return [*texts, *(f"HTTPS://HOST.EXAMPLE/B/{one}" for one in wrong)]


def test_two_hundred_codes_that_are_no_badge_are_unknown_and_run_nothing(
    app: Flask, scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    dialogs: list[str] = []
    scanner.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    scanner.evaluate(TRAP)
    title, texts = scanner.title(), hostile(doorway.codes[0])
    screens = scanner.evaluate(SHOW, texts)
    assert (len(set(texts)), len(screens)) == (200, 200)
    assert [one for one in screens if one[0] != "verdict unknown" or one[1] or one[2] > 80] == []
    states(scanner, *["answered"] * 200)
    assert rows(app) == [("unknown", False)] * 200
    assert (dialogs, scanner.title(), scanner.context.seen) == ([], title, [])  # type: ignore[attr-defined]
    assert scanner.locator("html").get_attribute("data-ran") is None
    expect(scanner.locator("#count")).to_have_text("0 / 2")
