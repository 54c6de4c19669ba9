"""85 badges as PDF, one on an A6 sheet and four on an A4.

How to read: seconds from the list of people to the bytes of the file, and the file's size; the first sheet pays for
reading the fonts.
"""

from __future__ import annotations

import time

import ground
from cast import a_registration, an_event, an_invitation

from eventapp.config import ROOT
from eventapp.formats import badge_sheet
from eventapp.formats.badge_sheet import Brand
from eventapp.reports import badge_faces

BADGES = 85
FONTS = ROOT / "static" / "vendor" / "pretendard-1.3.9" / "ttf"


def main() -> None:
    with ground.house() as (app, _settings), app.app_context():
        event = an_event(capacity=(BADGES, 0))
        invitation = an_invitation(event, seats_kept=BADGES)
        for _ in range(BADGES):
            a_registration(invitation)
        for layout in ("a6", "a4", "a6"):
            began = time.monotonic()
            printable = badge_faces.of(event, link=lambda code: f"HTTPS://DAY.EXAMPLE/B/{code}")
            data = badge_sheet.sheet([one.face for one in printable], layout, fonts=FONTS, brand=Brand())
            took = time.monotonic() - began
            print(f"{len(printable)} badges, {layout}: {took:.2f} s, {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
