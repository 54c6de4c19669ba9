"""An item dragged over a timetable of 200 items: what each move of the pointer costs the browser's script.

How to read: milliseconds of script, of style and layout, and of all the main thread's work, from one move to the next,
the answer about clashes included, as Chromium counts them itself. The aim is less than 16 ms of script at p50; the
same drag over 20 items stands beside it.
"""

from __future__ import annotations

from datetime import timedelta

import ground
from browser import CHROMIUM, FLAGS
from cast import PASSWORD, an_event, an_organizer, at, run
from live import serve
from playwright.sync_api import CDPSession, Page, sync_playwright

from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.rules import publications, working_copies
from eventapp.rules.agenda_items import Draft

MOVES = 200
COUNTED = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration")


def main() -> None:
    for items in (20, 200):
        with ground.house() as (app, settings):
            with app.app_context():
                write(an_event(), items)
                an_organizer()
            with serve(settings, at=ground.MONDAY) as live, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
                page = browser.new_page(viewport={"width": 1280, "height": 1100})
                drag(page, live.url, items)
                browser.close()


def write(event: Event, items: int) -> None:
    """A quarter of them on each of the four days, one after the other from nine to nine."""
    each = items // 4
    length = timedelta(minutes=12 * 60 // each // 5 * 5)
    days = [(run(event, number), f"2017-11-{on:02}") for number, on in ((1, 9), (1, 10), (2, 16), (2, 17))]
    drafts = [
        (
            one,
            Draft(
                kind=Kind.SEMINAR,
                title_ko=f"순서 {number}",
                room_ko="멀티홀",
                starts_at=at(f"{on} 09:00") + number * length,
                ends_at=at(f"{on} 09:00") + (number + 1) * length,
            ),
        )
        for one, on in days
        for number in range(each)
    ]
    working_copies.add(event, drafts)
    publications.publish(event)


def drag(page: Page, url: str, items: int) -> None:
    """Down, up and over to the other run, a step of five minutes or a day with every move."""
    page.goto(f"{url}/sign-in?next=/organizer/agenda")
    page.fill("[name=email]", "organizer@host.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/organizer/agenda")
    page.wait_for_load_state("networkidle")
    browser_side = page.context.new_cdp_session(page)
    browser_side.send("Performance.enable")
    box = page.locator(".block[data-uid]").first.bounding_box()
    wide = page.locator(".timetable-day").first.bounding_box()["width"]
    assert box is not None
    x, y = box["x"] + 20, box["y"] + 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 10)
    found: list[dict[str, float]] = []
    before = metrics(browser_side)
    for number in range(MOVES):
        page.mouse.move(x + wide * (number // 50), y + 5 * (number % 50))
        after = metrics(browser_side)
        found.append({name: (after[name] - before[name]) * 1000 for name in COUNTED})
        before = after
    page.keyboard.press("Escape")
    page.mouse.up()
    script = [one["ScriptDuration"] for one in found]
    drawn = [one["RecalcStyleDuration"] + one["LayoutDuration"] for one in found]
    whole = [one["TaskDuration"] for one in found]
    print(f"{items} items, {MOVES} moves: script {of(script)}; style and layout {of(drawn)}; all {of(whole)}")


def metrics(browser_side: CDPSession) -> dict[str, float]:
    """Seconds since the page began."""
    return {one["name"]: one["value"] for one in browser_side.send("Performance.getMetrics")["metrics"]}


def of(values: list[float]) -> str:
    """p50 and p99 in milliseconds."""
    ordered = sorted(values)
    return f"p50 {ordered[len(ordered) // 2]:.1f} p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms"


if __name__ == "__main__":
    main()
