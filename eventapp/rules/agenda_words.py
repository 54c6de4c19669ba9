"""What changed in the agenda, in words that organizers, partners and letters share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from eventapp.formats import dates
from eventapp.models.event_session import EventSession
from eventapp.models.programme import Kind, Shown
from eventapp.models.wording import LANGUAGES, said
from eventapp.rules.agenda_changes import TIMES, Change, What

KINDS = {
    Kind.TOUR: _l("HQ tour"),
    Kind.SEMINAR: _l("Shared-growth seminar"),
    Kind.INFRASTRUCTURE: _l("Infrastructure"),
    Kind.AI: _l("AI"),
    Kind.MEAL: _l("Meal"),
    Kind.TRANSFER: _l("Arrival or transfer"),
    Kind.FREE: _l("Anything else"),
}
DAYS = {1: _l("First day"), 2: _l("Second day")}
WHAT = {
    What.NEW: _l("New"),
    What.GONE: _l("Taken out"),
    What.MOVED: _l("Moved"),
    What.CHANGED: _l("Changed"),
}


@dataclass(frozen=True)
class Line:
    """One thing that is different; was or now is empty where there is nothing to say.

    is_named: whether the words need the name before them, where they stand alone in a sentence.
    """

    name: str
    was: str
    now: str
    is_named: bool = False

    def __str__(self) -> str:
        return f"{self.was} → {self.now}" if self.was and self.now else self.was or self.now

    @property
    def alone(self) -> str:
        """As it stands in a sentence."""
        return f"{self.name}: {self}" if self.is_named else str(self)


@dataclass(frozen=True)
class Told:
    """One change, ready to be read. people: how many it concerns, None where that is not said."""

    what: str
    run: str
    title: str
    lines: list[Line]
    people: int | None


def told(
    changes: Sequence[Change],
    runs: Sequence[EventSession],
    *,
    language: str,
    people: Mapping[str, int] | None = None,
    ending: Mapping[str, Collection[int]] | None = None,
) -> list[Told]:
    """Each change of a run that is still there. ending: whose sign-ups would end, by uid."""
    by_number = {run.number: run for run in runs}
    return [
        Told(
            what=str(WHAT[change.what]),
            run=_("Run %(number)s", number=change.item.run),
            title=title(change, language),
            lines=[
                *lines(change, by_number[change.item.run], language=language),
                *_ending((ending or {}).get(change.item.uid, ())),
            ],
            people=people.get(change.item.uid, 0) if people is not None else None,
        )
        for change in changes
        if change.item.run in by_number
    ]


def _ending(registrations: Collection[int]) -> list[Line]:
    if not registrations:
        return []
    sentence = ngettext(
        "%(num)s person signed up for it; that ends once you publish, and the letter says so.",
        "%(num)s people signed up for it; that ends once you publish, and the letter says so.",
        len(registrations),
    )
    return [Line("", "", sentence)]


def lines(change: Change, run: EventSession, *, language: str) -> list[Line]:
    """From what to what; of a new or a lost item when and where it is or was."""
    before, after = change.before, change.after
    if before is None or after is None:
        whole = ", ".join(
            filter(None, (when(change.item, run), said(change.item, "room", language=language)))
        )
        return [Line("", whole, "") if after is None else Line("", "", whole)]
    found = []
    if any(change.differs(name) for name in TIMES):
        found.append(_times(before, after, run=run))
    for name, label in (("title", _("Title")), ("room", _("Room"))):
        if any(change.differs(f"{name}_{one}") for one in LANGUAGES):
            found.append(Line(label, *_pair(before, after, name=name, language=language)))
    if change.differs("speakers"):
        found.append(_speakers(before, after, language=language))
    if change.differs("materials"):
        was, now = (_materials(one, language) for one in (before, after))
        found.append(Line(_("Materials"), was, now, is_named=True))
    if any(change.differs(f"text_{one}") for one in LANGUAGES):
        found.append(Line(_("Description"), "", _("Written anew"), is_named=True))
    if change.differs("kind"):
        found.append(Line(_("Kind"), str(KINDS[Kind(before.kind)]), str(KINDS[Kind(after.kind)])))
    for name, label in (("group_number", _("Group")), ("places", _("Places"))):
        if change.differs(name):
            was, now = (_number(getattr(one, name)) for one in (before, after))
            found.append(Line(label, was, now, is_named=True))
    return found


def title(change: Change, language: str) -> str:
    """The item's title, with its group where the title does not say it."""
    return titled(change.item, language)


def titled(item: Shown, language: str) -> str:
    """제주 본사 투어, 1조."""
    words = said(item, "title", language=language)
    if item.group_number is None or str(item.group_number) in words:
        return words
    return _("%(title)s, group %(group)s", title=words, group=item.group_number)


def description(item: Shown, language: str) -> str:
    """What a calendar says of it: who speaks, and the text."""
    return "\n".join(filter(None, (item.speakers_in(language), said(item, "text", language=language))))


def when(item: Shown, run: EventSession) -> str:
    """첫날 10:00–11:30."""
    return f"{day_of(item, run)} {hours(item, run)}"


def hours(item: Shown, run: EventSession) -> str:
    """10:00–11:30."""
    return dates.time_range(item.starts_at, item.ends_at, zone=run.event.time_zone)


def day_of(item: Shown, run: EventSession) -> str:
    """첫날."""
    return day_name((dates.local(item.starts_at, run.event.time_zone).date() - run.starts_on).days + 1)


def day_name(number: int) -> str:
    """The name of a run's day."""
    return str(DAYS.get(number) or _("Day %(day)s", day=number))


def _times(before: Shown, after: Shown, *, run: EventSession) -> Line:
    """Without the day twice where it stays the same."""
    if day_of(before, run) == day_of(after, run):
        return Line(day_of(after, run), hours(before, run), hours(after, run))
    return Line("", when(before, run), when(after, run))


def _pair(before: Shown, after: Shown, *, name: str, language: str) -> tuple[str, str]:
    """In the reader's language; in the other one where only that is different."""
    was, now = (said(item, name, language=language) for item in (before, after))
    if was != now:
        return was or _("none"), now or _("none")
    other = f"{name}_{LANGUAGES[1 - LANGUAGES.index(language)]}"
    return getattr(before, other) or _("none"), getattr(after, other) or _("none")


def _speakers(before: Shown, after: Shown, *, language: str) -> Line:
    """In the reader's language; in the other one where only that is different."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    pairs = [(before.speakers_in(one), after.speakers_in(one)) for one in (language, other)]
    was, now = next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])
    return Line(_("Speaker"), was or _("none"), now or _("none"), is_named=True)


def _materials(item: Shown, language: str) -> str:
    return ", ".join(said(one, "title", language=language) for one in item.materials) or _("none")


def _number(number: int | None) -> str:
    return _("none") if number is None else str(number)
