"""Clashes of the agenda in words: what is wrong, with what, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.formats import dates
from eventapp.models.event_session import EventSession
from eventapp.models.programme import Shown
from eventapp.models.wording import said
from eventapp.rules import agenda_clashes, agenda_words
from eventapp.rules.agenda_clashes import Clash, Why


@dataclass(frozen=True)
class Said:
    """A clash, ready to be read: the item's title, where it stands, what is wrong."""

    title: str
    where: str
    sentence: str
    is_error: bool
    uids: tuple[str, ...]


def say(clashes: Sequence[Clash], runs: Sequence[EventSession], *, language: str) -> list[Said]:
    """Each in one or two sentences."""
    by_number = {run.number: run for run in runs}
    found = []
    for clash in clashes:
        run = by_number.get(clash.run)
        title = agenda_words.titled(clash.item, language) if clash.item is not None else ""
        where = [_("Run %(number)s", number=clash.run)]
        if run is not None:
            where.append(_when(clash, run))
        sentence = _sentence(clash, run, language=language)
        found.append(
            Said(title, " ".join(filter(None, where)), sentence, clash.is_error, tuple(sorted(clash.uids)))
        )
    return found


def _when(clash: Clash, run: EventSession) -> str:
    if clash.item is not None:
        return agenda_words.when(clash.item, run)
    return agenda_words.day_name((clash.on - run.starts_on).days + 1) if clash.on else ""


def _sentence(clash: Clash, run: EventSession | None, *, language: str) -> str:
    alone = {
        Why.DAYS: _("This lies outside the days of the run."),
        Why.LUNCH: _("There is no lunch on this day."),
        Why.DINNER: _("There is no dinner on this evening."),
    }
    if clash.why in alone:
        return alone[clash.why]
    if clash.why == Why.PLACES:
        return ngettext(
            "%(num)s person has a place already, more than there would be.",
            "%(num)s people have a place already, more than there would be.",
            clash.number,
        )
    assert clash.item is not None
    assert clash.other is not None
    return _of_two(clash, clash.item, other=clash.other, run=run, language=language)


def _of_two(clash: Clash, item: Shown, *, other: Shown, run: EventSession | None, language: str) -> str:
    facts = {
        "other": agenda_words.titled(other, language),
        "minutes": clash.number,
        "time": dates.clock_time(other.ends_at, run.event.time_zone) if run is not None else "",
    }
    if clash.why == Why.ROOM:
        room = said(item, "room", language=language)
        return _(
            "%(room)s is taken for %(minutes)s minutes by “%(other)s”. From %(time)s on it is free.",
            room=room,
            **facts,
        )
    if clash.why == Why.SPEAKER:
        names = [said(one, "name", language=language) for one in agenda_clashes.in_both(item, other)]
        speaker = ", ".join(names)
        return _("%(speaker)s is in “%(other)s” for %(minutes)s minutes of it.", speaker=speaker, **facts)
    if clash.why == Why.WALK:
        return _("There are %(minutes)s minutes to come here from “%(other)s”.", **facts)
    return ngettext(
        "%(num)s person has a place in this and in “%(other)s” at the same time.",
        "%(num)s people have a place in this and in “%(other)s” at the same time.",
        clash.number,
        other=facts["other"],
    )
