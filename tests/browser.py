"""A real Chromium for tests, watched: no console line, no foreign request, no axe violation."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

TESTS = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
LOOKS = (  # scheme and language; colours do not depend on words, so two pairs show both of each
    ("light", "ko"),
    ("dark", "en"),
    pytest.param("light", "en", marks=pytest.mark.full),
    pytest.param("dark", "ko", marks=pytest.mark.full),
)


def start(playwright: Playwright, *more: str) -> Browser:
    """Chromium with the flags a closed machine needs, and `more`."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: chromium was not found, so this journey was not tested")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@functools.cache
def shared(playwright: Playwright) -> Browser:
    """One browser for all tests that need no camera; it ends with its playwright."""
    return start(playwright)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Browser:
    return shared(playwright)


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """open_browser(viewport=PHONE, color_scheme='dark') gives a fresh, watched context."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> BrowserContext:
        context = chromium.new_context(**{"viewport": PHONE, **options})
        watch(context)
        contexts.append(context)
        return context

    yield opened
    seen = [line for context in contexts for line in context.seen]  # type: ignore[attr-defined]
    for context in contexts:
        context.close()
    assert seen == []


def watch(context: BrowserContext) -> None:
    """Note every console line, page error and request to a foreign host in `context.seen`."""
    seen: list[str] = []
    context.seen = seen  # type: ignore[attr-defined]
    context.on("console", lambda line: seen.append(f"console {line.type}: {line.text}"))
    context.on("weberror", lambda error: seen.append(f"error: {error.error}"))
    context.on("request", lambda request: _note_foreign(request.url, seen))


def _note_foreign(url: str, seen: list[str]) -> None:
    host = urlsplit(url).hostname
    if urlsplit(url).scheme in ("http", "https") and host not in ("127.0.0.1", "localhost"):
        seen.append(f"foreign request: {url}")


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands: 'rule: the element'."""
    if not page.evaluate("() => 'axe' in window"):
        (script,) = (TESTS / "vendor").glob("axe-core-*/axe.min.js")
        page.evaluate(script.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}))"
        ".violations.map(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160)))"
    )
    return [line for rule in found for line in rule]
