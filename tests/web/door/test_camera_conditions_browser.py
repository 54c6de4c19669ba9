"""What the scanner's camera reads where light, hand and lens are not what they should be."""

from __future__ import annotations

from types import SimpleNamespace

import badge_photos
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
COUNT = 20
LEAST = {"plain": 20, "bad light": 16, "tilted": 18, "blurred": 16, "far": 16, "inverted": 20}


def test_badges_are_read_in_bad_light_tilted_blurred_far_off_and_inverted(
    scanner: Page, doorway: SimpleNamespace
) -> None:
    expect(scanner.locator("#count")).to_have_text("0 / 2")
    found = badge_photos.rates(scanner, COUNT)

    too_few = {name: rate.read for name, rate in found.items() if rate.read < LEAST[name]}
    assert too_few == {}
