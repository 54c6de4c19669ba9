"""The queue as a file: saved on the phone without a network, and whole."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from browser import violations
from playwright.sync_api import Page, expect
from scanner import kept, type_code, verdict

pytestmark = pytest.mark.browser


def test_the_queue_is_saved_whole_without_a_network_and_stays(
    scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    doorway.live.stop()
    for code in doorway.codes:
        type_code(scanner, code)
        verdict(scanner, "admitted")
        scanner.keyboard.press("Escape")
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "already")
    scanner.keyboard.press("Escape")
    scanner.click("#way-phone")
    expect(scanner.locator("#phone-state")).to_have_text("전송 대기 3건, 따로 보관 0건")
    assert violations(scanner) == []
    file = saved(scanner, "#phone-save")
    assert (file["door_queue"], [item["code"] for item in file["items"]]) == (
        1,
        [*doorway.codes, doorway.codes[0]],
    )
    assert {item["phone"] for item in file["items"]} == {doorway.phone}
    assert [item["shown"] for item in file["items"]] == ["admitted", "admitted", "already in"]
    assert [state for _, state, _ in kept(scanner)] == ["waiting"] * 3


def test_a_phone_given_back_still_hands_its_scans_over(scanner: Page, doorway: SimpleNamespace) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    scanner.route("**/api/v1/check-ins", lambda route: route.abort())
    type_code(scanner, doorway.codes[0])
    verdict(scanner, "admitted")
    scanner.on("dialog", lambda dialog: dialog.accept())
    scanner.goto(f"{doorway.live.url}/door/")
    scanner.click("summary")
    scanner.click("details form button")
    expect(scanner.locator("#left")).to_be_visible()
    assert violations(scanner) == []
    assert [item["code"] for item in saved(scanner, "#left-save")["items"]] == [doorway.codes[0]]


def saved(page: Page, button: str) -> Any:
    """The file that a press on the button downloads."""
    with page.expect_download() as download:
        page.click(button)
    assert download.value.suggested_filename.startswith("door-queue-")
    return json.loads(download.value.path().read_text(encoding="utf-8"))
