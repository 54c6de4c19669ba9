"""What the agenda's state machine writes, and what it expects to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cast import at
from hypothesis import strategies as st

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.models.agenda import AgendaItem
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind, Published
from eventapp.models.wording import said
from eventapp.rules import agenda_items
from eventapp.rules.agenda_items import Draft

SKY = Speaker(name_ko="김하늘")
DRAFTS = st.builds(
    lambda start, length, room, speaker, group, places, words: Draft(
        kind=Kind.TOUR,
        title_ko=words[0],
        title_en=words[1],
        text_ko=words[2],
        starts_at=at("2017-11-09 10:00") + timedelta(minutes=30 * start),
        ends_at=at("2017-11-09 10:00") + timedelta(minutes=30 * (start + length)),
        room_ko=room,
        speakers=speaker,
        group_number=group,
        places=places,
    ),
    st.integers(0, 9),
    st.integers(1, 3),
    st.sampled_from(["", "", "멀티홀", "로비"]),
    st.sampled_from(
        [(), (), (SKY,), (Speaker(name_ko="이바다", title_ko="이사"), replace(SKY, title_ko="팀장"))]
    ),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([("순서", "", ""), ("순서", "Walk", "글"), ("산책", "Walk", "")]),
)

_TOUR = Draft(
    kind=Kind.TOUR, title_ko="순서", starts_at=at("2017-11-09 10:00"), ends_at=at("2017-11-09 11:00")
)
BEGINNING = (
    replace(_TOUR, group_number=1, places=2),
    replace(_TOUR, group_number=2, places=2),
    replace(_TOUR, starts_at=at("2017-11-09 15:00"), ends_at=at("2017-11-09 16:00"), places=1),
)


def written(item: AgendaItem | Published) -> tuple[object, ...]:
    """All that partners see of it, its times first."""
    rest = [name for name in agenda_items.SHOWN if not name.endswith("_at")]
    return tuple(getattr(item, name) for name in ("starts_at", "ends_at", *rest))


def read_in(language: str, item: Published) -> tuple[object, ...]:
    """All that is read of it in a language."""
    words = [said(item, name, language=language) for name in ("title", "text", "room")]
    handed_out = [(said(one, "title", language=language), one.url) for one in item.materials]
    return item.starts_at, item.ends_at, *words, item.speakers_in(language), handed_out


def together(one: Published, other: Published) -> bool:
    """Two groups that set out at the same time."""
    groups = {one.group_number, other.group_number}
    return one.starts_at == other.starts_at and None not in groups and len(groups) == 2


def may(do: Callable[[], object]) -> None:
    """Whatever the rules refuse is not done."""
    try:
        do()
    except (RuleBroken, Missing):
        db.session.rollback()
