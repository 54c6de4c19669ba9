"""What is different between two states of the agenda."""

from dataclasses import replace

from cast import at
from rules.test_own_programmes import TOUR

from eventapp.rules import agenda_changes
from eventapp.rules.agenda_changes import What


def found(before, after) -> list[tuple[What, str]]:
    return [(one.what, one.item.uid) for one in agenda_changes.between(before, after)]


def test_each_item_gets_one_word():
    moved = replace(TOUR, uid="moved", starts_at=at("2017-11-10 09:00"), ends_at=at("2017-11-10 10:00"))
    renamed, gone, new, same = (replace(TOUR, uid=uid) for uid in ("renamed", "gone", "new", "same"))
    later = {"starts_at": at("2017-11-10 09:30"), "room_ko": "2층"}
    before = [moved, renamed, gone, same]
    after = [replace(moved, **later), replace(renamed, title_ko="투어"), new, same]
    assert found(before, after) == [
        (What.GONE, "gone"),
        (What.NEW, "new"),
        (What.CHANGED, "renamed"),
        (What.MOVED, "moved"),
    ]


def test_what_is_the_hosts_own_book_keeping_is_no_change():
    assert found([TOUR], [replace(TOUR, version=7)]) == []
