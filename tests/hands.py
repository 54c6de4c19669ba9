"""Two ways to walk a page, each counting its steps: a finger on glass, and a keyboard alone."""

from __future__ import annotations

from datetime import datetime

from browser import violations
from playwright.sync_api import Page

MOST_TABS = 150
# What can be tapped and is to be seen, each by one name: a group of radios is one stop, a label is its field.
NAMES = """
window.nameOf = one => one.type === "radio" ? "radio " + one.name
  : one.tagName.toLowerCase() + " " + (one.name || one.getAttribute("href") || one.textContent.trim())
    + " " + (one.form ? one.form.getAttribute("action") || "" : "");
window.tappable = () => {
  const ways = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0;
  const found = [...document.querySelectorAll(ways)].filter(one => seen(one) && !one.disabled);
  const loose = [...document.querySelectorAll("body *")].filter(one => seen(one)
    && getComputedStyle(one).cursor === "pointer" && !one.closest(ways + ", label"));
  return [...new Set([...found.map(nameOf), ...loose.map(one => "only by mouse: " + one.outerHTML.slice(0, 80))])];
};
window.stop = () => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const box = (one.closest(".choice, .check-row") || one).getBoundingClientRect();
  const drawn = [one, one.parentElement, one.closest(".choice")].some(it => it
    && getComputedStyle(it).outlineStyle !== "none" && parseFloat(getComputedStyle(it).outlineWidth) >= 2);
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {name: nameOf(one), seen: drawn && inView};
};
"""


class Hand:
    """A tap is one on glass or its key press; a field is one that is typed into."""

    def __init__(self, page: Page):
        self.page = page
        self.taps = self.fields = self.keys = 0

    def count(self) -> tuple[int, int]:
        """(taps, text fields) since the last count."""
        counted = (self.taps, self.fields)
        self.taps = self.fields = 0
        return counted

    def look(self) -> None:
        """Whether this page, as it stands, can be used by this hand."""
        raise NotImplementedError

    def press(self, selector: str) -> None:
        """A button or a link."""
        raise NotImplementedError

    def choose(self, name: str, value: str) -> None:
        """One of several."""
        raise NotImplementedError

    def write(self, selector: str, text: str) -> None:
        """Type into a field."""
        self._reach(selector)
        self.page.keyboard.type(text)
        self.taps += 1
        self.fields += 1

    def date(self, name: str, moment: datetime) -> None:
        """Into a field of day and time, which is no text field."""
        raise NotImplementedError

    def _reach(self, selector: str) -> None:
        raise NotImplementedError


class Finger(Hand):
    """Taps, and letters where a tap put the cursor."""

    def look(self) -> None:
        """Sound for axe, and no wider than the glass."""
        assert violations(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") == self.page.viewport_size["width"]

    def press(self, selector: str) -> None:
        self._reach(selector)
        self.taps += 1

    def choose(self, name: str, value: str) -> None:
        self.press(f"label:has([name='{name}'][value='{value}'])")

    def date(self, name: str, moment: datetime) -> None:
        """A phone shows its own wheel for it, which no page sees: one tap for all of that."""
        self.page.locator(f"[name='{name}']").fill(f"{moment:%Y-%m-%dT%H:%M}")
        self.taps += 1

    def _reach(self, selector: str) -> None:
        self.page.locator(selector).tap()


class Keys(Hand):
    """Tab, Shift+Tab, arrows, Space, Enter and letters; every stop is to be seen."""

    def look(self) -> None:
        """All that can be tapped is a stop, forwards and backwards, and no stop holds the focus."""
        self.page.evaluate(NAMES)
        forwards, backwards = self._round("Tab"), self._round("Shift+Tab")
        assert set(self.page.evaluate("tappable()")) <= forwards == backwards
        self.page.reload()

    def press(self, selector: str) -> None:
        self._reach(selector)
        self.page.keyboard.press("Enter")
        self.taps += 1

    def choose(self, name: str, value: str) -> None:
        self._reach(f"[name='{name}']")
        for _ in range(self.page.locator(f"[name='{name}']").count()):
            if self.page.evaluate("value => document.activeElement.value === value", value):
                break
            self.page.keyboard.press("ArrowDown")
            self.keys += 1
        self.page.keyboard.press("Space")
        assert self.page.locator(f"[name='{name}'][value='{value}']").is_checked()
        self.taps += 1

    def date(self, name: str, moment: datetime) -> None:
        """Part by part, as an American Chromium shows them."""
        self._reach(f"[name='{name}']")
        self.page.keyboard.type(f"{moment:%m%d%Y}")
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(f"{moment:%I%M%p}")
        assert self.page.input_value(f"[name='{name}']") == f"{moment:%Y-%m-%dT%H:%M}"
        self.taps += 1

    def _reach(self, selector: str) -> None:
        for _ in range(MOST_TABS):
            if self.page.evaluate("wish => document.activeElement.matches(wish)", selector):
                return
            self.page.keyboard.press("Tab")
            self.keys += 1
        raise AssertionError(f"{selector} was not reached with {MOST_TABS} tabs")

    def _round(self, key: str) -> set[str]:
        """The stops until the first comes again; a date field is several stops of one name."""
        names: list[str] = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press(key)
            stop = self.page.evaluate("stop()")
            if stop is None:
                continue
            assert stop["seen"], f"the focus is not to be seen on {stop['name']}"
            if stop["name"] in names[:-1]:
                return set(names)
            if stop["name"] not in names:
                names.append(stop["name"])
        raise AssertionError(f"no way out of {names[-1]}")
