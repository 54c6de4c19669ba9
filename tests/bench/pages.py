"""The weight of the public page and of a company's control page, as a phone's browser fetches them.

How to read: every answer of one cold visit, its body packed with gzip as a proxy or our own packed static files
would; fonts are listed apart. The aim is at most 40 kB and 8 requests a page, without the fonts.
"""

from __future__ import annotations

import gzip

import ground
from browser import CHROMIUM, FLAGS, PHONE
from cast import a_colleague, a_company, a_registration, an_event, an_invitation, an_item, run
from live import serve
from playwright.sync_api import BrowserContext, Response, sync_playwright
from walk import invitation_link

from eventapp.rules import publications


def main() -> None:
    with ground.house() as (app, settings):
        with app.app_context():
            event = an_event()
            for number in (1, 2):
                an_item(run(event, number))
            publications.publish(event)
            invitation = an_invitation(event, a_company(), seats_kept=3)
            for _ in range(2):
                a_registration(invitation, a_colleague())
            link, control = invitation_link(app, invitation), f"/invitation/{invitation.id}"
        with serve(settings, at=ground.MONDAY) as live, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            for name, path, before in (("public page", "/", ""), ("control page", control, link)):
                context = browser.new_context(viewport=PHONE)
                if before:
                    context.request.get(live.url + before, max_redirects=0)
                weigh(name, context, live.url + path)
            browser.close()


def weigh(name: str, context: BrowserContext, url: str) -> None:
    """Print what one cold visit costs."""
    answers: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(url, wait_until="networkidle")
    sizes = {
        answer.url: (answer.request.resource_type, len(gzip.compress(answer.body(), 6))) for answer in answers
    }
    fonts = [size for kind, size in sizes.values() if kind == "font"]
    rest = [size for kind, size in sizes.values() if kind != "font"]
    print(
        f"{name}: {sum(rest) / 1000:.1f} kB in {len(rest)} requests; fonts {sum(fonts) / 1000:.0f} kB in {len(fonts)}"
    )
    for address, (kind, size) in sizes.items():
        print(f"    {size:7} {kind:10} {address.partition('//')[2].partition('/')[2][:80]}")
    context.close()


if __name__ == "__main__":
    main()
