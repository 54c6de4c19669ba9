"""Draw static/look/og.png and apple-touch-icon.png from the look itself, with the system's chromium.

Run after the look changed: python tests/look/draw.py
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from wsgiref.simple_server import make_server

from gallery import ROOT, Quiet, application
from playwright.sync_api import sync_playwright

LOOK = ROOT / "static" / "look"
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]


def main() -> None:
    """Both pictures."""
    with make_server("127.0.0.1", 0, application(Path(__file__).parent), handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1200, "height": 600}, color_scheme="light")
            page.goto(f"{here}/og", wait_until="networkidle")
            page.screenshot(path=LOOK / "og.png")
            page.set_viewport_size({"width": 180, "height": 180})
            page.goto(f"{here}/static/look/favicon.svg")
            page.screenshot(path=LOOK / "apple-touch-icon.png")
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
