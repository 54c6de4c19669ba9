"""The lists for hotel, bus and kitchen as tables of words, and what changed in them as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.formats import dates
from eventapp.formats.spreadsheets import Cell
from eventapp.models.printout import Kind, Way
from eventapp.models.programme import Published
from eventapp.models.question import Question
from eventapp.models.registration import Diet, Room
from eventapp.models.wording import said
from eventapp.reports.run_lists import Change, Line, Told
from eventapp.web import looks
from eventapp.web.organizer import answer_words

ROOM_WORDS = {
    Room.ANY: "",
    Room.TWIN: _l("A room for two"),
    Room.SINGLE: _l("A room for one, where possible"),
}
DIET_WORDS = {
    Diet.ANY: "",
    Diet.VEGETARIAN: _l("Vegetarian"),
    Diet.VEGAN: _l("Vegan"),
    Diet.HALAL: _l("Halal"),
    Diet.NO_SEAFOOD: _l("No seafood"),
}
KIND_WORDS = {Kind.HOTEL: _l("Hotel list"), Kind.SHUTTLE: _l("Bus list"), Kind.MEALS: _l("Meal list")}
WAY_WORDS = {
    Way.PAPER: _l("on paper"),
    Way.FILE: _l("as CSV"),
    Way.CHANGES: _l("changes on paper"),
    Way.TELEPHONE: _l("by telephone"),
}
WHAT_WORDS = {"added": _l("New"), "gone": _l("Gone"), "changed": _l("Changed")}
LEGS = {"in": _l("From the airport"), "out": _l("To the airport")}
LABELS = {
    "company": _l("Company"),
    "from": _l("Comes on"),
    "to": _l("Leaves on"),
    "room": _l("Room"),
    "room_with": _l("Shares with"),
    "in": _l("Bus there"),
    "in_at": _l("Arrives"),
    "in_flight": _l("Flight there"),
    "out": _l("Bus back"),
    "out_at": _l("Leaves"),
    "out_flight": _l("Flight back"),
    "diet": _l("Meals"),
    "allergy": _l("Kitchen"),
    "missed": _l("Not at"),
}


@dataclass(frozen=True)
class Around:
    """What a list's words need besides its lines: the run's meals, and the own questions whose answers stand on it."""

    meals: Sequence[Published]
    asked: Sequence[Question]


@dataclass(frozen=True)
class Table:
    """One table of a list, for the page, the paper and the file alike.

    head: the column that names its rows; of_people: whether a row is a person.
    """

    heading: str
    columns: list[str]
    rows: list[list[Cell]]
    head: int = 0
    of_people: bool = True


def tables(kind: Kind, lines: Sequence[Line], *, around: Around) -> list[Table]:
    """The list; erased lines are left out."""
    told = [line.told for line in lines if line.told is not None]
    if kind == Kind.HOTEL:
        return [_nights(told), _beds(told, around.asked)]
    if kind == Kind.SHUTTLE:
        return [_leg(leg, told, around.asked) for leg in LEGS]
    return [_plates(told, around.meals), _at_table(told, around)]


def shown(cell: Cell) -> str:
    """A cell on the page: days and times as people read them."""
    if isinstance(cell, datetime):
        day = dates.short_day(dates.local(cell, _zone()).date(), looks.current_language())
        return f"{day} {dates.clock_time(cell, _zone())}"
    if isinstance(cell, date):
        return dates.short_day(cell, looks.current_language())
    return "" if cell is None else str(cell)


def who(line: Line | None) -> str:
    """오세린 대리; a dash where the person was erased."""
    if line is None or line.told is None:
        return "–"
    return f"{line.told['name']} {line.told['title']}".strip()


def change_words(change: Change, around: Around) -> tuple[str, str, str]:
    """Who, of which company, and what is different."""
    line = change.after or change.before
    company = line.told["company"] if line and line.told else ""
    if change.what != "changed":
        return who(line), company, _summary(line.told if line else None, around)
    before, after = (one.told if one and one.told else {} for one in (change.before, change.after))
    names = dict.fromkeys((who(change.before), who(change.after)))
    differs = [
        f"{LABELS[field]}: {_word(field, before, around.meals)} → {_word(field, after, around.meals)}"
        for field in LABELS
        if before.get(field) != after.get(field)
    ]
    for one in around.asked:
        said_before, said_now = (_answer(one, told) or _("nothing said") for told in (before, after))
        if said_before != said_now:
            differs.append(f"{_asked(one)}: {said_before} → {said_now}")
    return " → ".join(names), company, ", ".join(differs)


def _summary(told: Told | None, around: Around) -> str:
    """All that is said of somebody who came or went."""
    facts = told or {}
    fields = [
        field
        for field in LABELS
        if field != "company" and (facts.get(field) or (field == "diet" and field in facts))
    ]
    facts_said = [f"{LABELS[field]} {_word(field, facts, around.meals)}" for field in fields]
    own = [f"{_asked(one)} {_answer(one, facts)}" for one in around.asked if _answer(one, facts)]
    return ", ".join([*facts_said, *own])


def _asked(question: Question) -> str:
    return said(question, "text", language=looks.current_language())


def _answer(question: Question, told: Told) -> str:
    value = told.get("answers", {}).get(str(question.id))
    return answer_words.of(question, value) if value else ""


def _answers(told: Told, asked: Sequence[Question]) -> list[Cell]:
    return [_answer(one, told) for one in asked]


def _word(field: str, told: Told, meals: Sequence[Published]) -> str:
    value = told.get(field)
    words: dict[str, Callable[[Any], str]] = {
        "from": lambda day: shown(date.fromisoformat(day)),
        "to": lambda day: shown(date.fromisoformat(day)),
        "in_at": lambda moment: shown(datetime.fromisoformat(moment)),
        "out_at": lambda moment: shown(datetime.fromisoformat(moment)),
        "in": lambda _rides: _("takes it"),
        "out": lambda _rides: _("takes it"),
        "room": lambda room: str(ROOM_WORDS[Room(room)]),
        "diet": lambda diet: str(DIET_WORDS[Diet(diet)]),
        "missed": lambda uids: _missed(uids, meals),
    }
    if not value:
        empty = {"in": _("does not take it"), "out": _("does not take it"), "diet": _("Eats everything")}
        return empty.get(field, _("nothing said"))
    return words.get(field, str)(value)


def _missed(uids: Sequence[str], meals: Sequence[Published]) -> str:
    return ", ".join(_meal_word(meal) for meal in meals if meal.uid in uids) or "–"


def _meal_word(meal: Published) -> str:
    day = dates.local(meal.starts_at, _zone()).date()
    return f"{shown(day)} {said(meal, 'title', language=looks.current_language())}"


def _name(told: Told) -> str:
    return f"{told['name']} {told['title']}".strip()


def _nights(people: Sequence[Told]) -> Table:
    nights: Counter[date] = Counter()
    for told in people:
        day, last = date.fromisoformat(told["from"]), date.fromisoformat(told["to"])
        while day < last:
            nights[day] += 1
            day += timedelta(days=1)
    rows: list[list[Cell]] = [[night, count] for night, count in sorted(nights.items())]
    return Table(_("Nights"), [_("Night of"), _("People")], rows, of_people=False)


def _beds(people: Sequence[Told], asked: Sequence[Question]) -> Table:
    columns = [
        _("Name"),
        _("Company"),
        _("Comes on"),
        _("Leaves on"),
        _("Nights"),
        _("Room"),
        _("Shares with"),
        *map(_asked, asked),
    ]
    rows: list[list[Cell]] = []
    for told in people:
        first, last = date.fromisoformat(told["from"]), date.fromisoformat(told["to"])
        room = str(ROOM_WORDS[Room(told["room"])])
        nights = (last - first).days
        own = _answers(told, asked)
        rows.append([_name(told), told["company"], first, last, nights, room, told["room_with"], *own])
    return Table(_("Who sleeps there"), columns, rows)


def _leg(leg: str, people: Sequence[Told], asked: Sequence[Question]) -> Table:
    """By time; those whose time is not known come last."""
    riders = sorted(
        (told for told in people if told[leg]), key=lambda told: (not told[f"{leg}_at"], told[f"{leg}_at"])
    )
    rows: list[list[Cell]] = []
    for told in riders:
        moment = told[f"{leg}_at"]
        when: Cell = datetime.fromisoformat(moment) if moment else _("not known yet")
        rows.append([when, told[f"{leg}_flight"], _name(told), told["company"], *_answers(told, asked)])
    when_word = _("Arrives") if leg == "in" else _("Leaves")
    columns = [when_word, _("Flight"), _("Name"), _("Company"), *map(_asked, asked)]
    return Table(str(LEGS[leg]), columns, rows, head=2)


def _plates(people: Sequence[Told], meals: Sequence[Published]) -> Table:
    """How many of each diet sit down to each meal."""
    diets = [diet for diet in Diet if diet == Diet.ANY or any(told["diet"] == diet for told in people)]
    columns = [_("Meal"), _("People"), *(str(DIET_WORDS[diet]) or _("Eats everything") for diet in diets)]
    sittings = [
        (_meal_word(meal), [told for told in people if meal.uid not in told["missed"]]) for meal in meals
    ]
    rows: list[list[Cell]] = [
        [word, len(eating), *(sum(told["diet"] == diet for told in eating) for diet in diets)]
        for word, eating in sittings or [(_("Every meal"), list(people))]
    ]
    return Table(_("How many"), columns, rows, of_people=False)


def _at_table(people: Sequence[Told], around: Around) -> Table:
    """Those the kitchen has to know by name."""
    rows: list[list[Cell]] = [
        [
            _name(told),
            told["company"],
            str(DIET_WORDS[Diet(told["diet"])]),
            told["allergy"],
            _missed(told["missed"], around.meals) if told["missed"] else "",
            *_answers(told, around.asked),
        ]
        for told in people
        if told["diet"] or told["allergy"] or told["missed"] or told.get("answers")
    ]
    columns = [_("Name"), _("Company"), _("Meals"), _("Kitchen"), _("Not at"), *map(_asked, around.asked)]
    return Table(_("Who eats differently"), columns, rows)


def _zone() -> str:
    return str(g.event.time_zone)
