"""Changes of the agenda in words of both languages."""

from dataclasses import replace

import pytest
from cast import an_event, at, run
from flask_babel import force_locale
from rules.test_own_programmes import TOUR

from eventapp.rules import agenda_words
from eventapp.rules.agenda_changes import Change

pytestmark = pytest.mark.usefixtures("in_app", "clock")
LATER = replace(TOUR, starts_at=at("2017-11-09 10:30"), ends_at=at("2017-11-09 12:00"))
NEXT_DAY = replace(TOUR, starts_at=at("2017-11-10 10:30"), ends_at=at("2017-11-10 12:00"))


@pytest.mark.parametrize(
    ("before", "after", "korean", "english"),
    [
        (TOUR, LATER, ["첫날 10:00–11:30 → 10:30–12:00"], ["First day 10:00–11:30 → 10:30–12:00"]),
        (TOUR, NEXT_DAY, ["첫날 10:00–11:30 → 이튿날 10:30–12:00"], None),
        (None, TOUR, ["첫날 10:00–11:30, 로비"], ["First day 10:00–11:30, 로비"]),
        (TOUR, None, ["첫날 10:00–11:30, 로비"], None),
        (TOUR, replace(TOUR, room_ko=""), ["방 로비 → 없음"], ["Room 로비 → none"]),
        (TOUR, replace(TOUR, room_en="Lobby"), ["방 없음 → Lobby"], ["Room 로비 → Lobby"]),
        (TOUR, replace(TOUR, places=None, group_number=2), ["조 1 → 2", "자리 수 20 → 없음"], None),
        (TOUR, replace(TOUR, kind="meal"), None, ["Kind HQ tour → Meal"]),
        (TOUR, replace(TOUR, text_ko="자세히"), None, ["Description Written anew"]),
    ],
)
def test_from_what_to_what(before, after, korean, english):
    first = run(an_event(), 1)
    for language, expected in (("ko", korean), ("en", english)):
        with force_locale(language):
            said = [
                f"{one.name} {one}".strip()
                for one in agenda_words.lines(Change(before, after), first, language=language)
            ]
        assert expected is None or said == expected


def test_a_run_that_is_not_there_any_more_says_nothing():
    lost = Change(replace(TOUR, run=9), None)
    with force_locale("ko"):
        assert agenda_words.told([lost], [run(an_event(), 1)], language="ko") == []
        [told] = agenda_words.told(
            [Change(TOUR, None)], [run(an_event(year=2019), 1)], language="ko", people={"one": 3}
        )
    assert (told.what, told.run, told.title, told.people) == ("빠짐", "1차", "본사 투어 1조", 3)
