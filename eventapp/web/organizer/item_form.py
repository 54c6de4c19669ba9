"""The form of one item of the agenda, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import NumberInput, TimeInput

from eventapp.formats import dates
from eventapp.models.event_session import EventSession
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import agenda_items, agenda_words
from eventapp.rules.agenda_items import Draft
from eventapp.web import fields, looks


class Hour(StringField):
    """An hour of the day; `time` is what to keep, `data` stays as typed."""

    widget = TimeInput()
    time: time | None = None

    def pre_validate(self, form: Any) -> None:
        found = re.fullmatch(r"([01]?\d|2[0-3]):?([0-5]\d)(?::00)?", (self.data or "").strip(), re.ASCII)
        if not found:
            raise ValidationError(_("Please write a time, for example 09:30."))
        self.time = time(int(found[1]), int(found[2]))


class Number(StringField):
    """A whole number or nothing; `number` is what to keep, `data` stays as typed."""

    widget = NumberInput(min=0)
    number: int | None = None

    def pre_validate(self, form: Any) -> None:
        typed = (self.data or "").strip()
        if typed and not re.fullmatch(r"\d{1,5}", typed, re.ASCII):
            raise ValidationError(_("Please write a number between 0 and 10,000."))
        self.number = int(typed) if typed else None


class SpeakerForm(Form):
    """A row: one speaker, in both languages; empty it is none."""

    name_ko = fields.Line(_l("Name in Korean"), limit=agenda_items.SPEAKER["name"])
    name_en = fields.Line(_l("Name in English"), limit=agenda_items.SPEAKER["name"])
    title_ko = fields.Line(_l("Job title in Korean"), limit=agenda_items.SPEAKER["title"])
    title_en = fields.Line(_l("Job title in English"), limit=agenda_items.SPEAKER["title"])
    affiliation_ko = fields.Line(_l("Affiliation in Korean"), limit=agenda_items.SPEAKER["affiliation"])
    affiliation_en = fields.Line(_l("Affiliation in English"), limit=agenda_items.SPEAKER["affiliation"])


class ItemForm(FlaskForm):
    """One item in both languages; `seen` is the version the organizer had before them."""

    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(kind.value, label) for kind, label in agenda_words.KINDS.items()]
    )
    title_ko = fields.Line(
        _l("Title in Korean"), [fields.Needed(_l("Please write the title in Korean."))], limit=160
    )
    title_en = fields.Line(_l("Title in English"), limit=160)
    day = RadioField(_l("Day"))
    starts_at = Hour(_l("From"))
    ends_at = Hour(_l("To"))
    room_ko = fields.Line(_l("Room in Korean"), limit=80)
    room_en = fields.Line(_l("Room in English"), limit=80)
    speakers = FieldList(FormField(SpeakerForm), max_entries=agenda_items.MOST_SPEAKERS)
    text_ko = fields.Paragraphs(_l("A few words in Korean"), limit=2000)
    text_en = fields.Paragraphs(_l("A few words in English"), limit=2000)
    group_number = Number(_l("Group"))
    places = Number(_l("Places"))
    internal = BooleanField(_l("Only for us: partners do not see it"))
    every_run = BooleanField(_l("The same in the other run"))
    seen = HiddenField()

    def of_run(self, run: EventSession) -> ItemForm:
        """With the days of that run to choose from."""
        self.day.choices = [SelectChoice(str(number), label) for number, label in days(run)]
        if self.day.data is None:
            self.day.data = "1"
        return self

    def one_more(self) -> ItemForm:
        """With one more row for a speaker, as long as they fit."""
        if len(self.speakers) < agenda_items.MOST_SPEAKERS:
            self.speakers.append_entry()
        return self

    def draft(self, run: EventSession, item: WorkingItem | None = None) -> Draft:
        """What was typed, its hours on the clocks of the Event's zone; midnight ends the day. Materials stay."""
        zone = ZoneInfo(run.event.time_zone)
        on = run.starts_on + timedelta(days=int(self.day.data) - 1)
        ends_on = on + timedelta(days=1) if self.ends_at.time == time(0) else on
        words = {
            f"{name}_{language}": self[f"{name}_{language}"].data
            for name in ("title", "text", "room")
            for language in ("ko", "en")
        }
        return Draft(
            kind=Kind(self.kind.data),
            starts_at=datetime.combine(on, self.starts_at.time or time(0), zone),
            ends_at=datetime.combine(ends_on, self.ends_at.time or time(0), zone),
            places=self.places.number,
            group_number=self.group_number.number,
            internal=bool(self.internal.data),
            materials=item.materials if item is not None else (),
            speakers=tuple(Speaker(**row.data) for row in self.speakers.entries),
            **words,
        )

    def seen_version(self) -> int | None:
        """The version of the working copy that was on the screen."""
        return int(self.seen.data) if re.fullmatch(r"\d{1,9}", self.seen.data or "", re.ASCII) else None


def empty(run: EventSession, version: int, *, drawn: Mapping[str, str]) -> ItemForm:
    """Nothing written yet but the day and hours that were drawn: day, and from and until in its minutes."""
    form = ItemForm(formdata=None, seen=version).of_run(run)
    numbers = [drawn.get(name, "") for name in ("day", "from", "until")]
    if numbers[0] in [choice.value for choice in form.day.choices]:
        form.day.data = numbers[0]
    if all(re.fullmatch(r"\d{1,4}", one, re.ASCII) for one in numbers):
        first, last = (int(one) for one in numbers[1:])
        if form.day.data == numbers[0] and first < last <= 24 * 60:
            form.starts_at.data, form.ends_at.data = (
                f"{one // 60 % 24:02d}:{one % 60:02d}" for one in (first, last)
            )
    return form


def filled(item: WorkingItem, run: EventSession, version: int) -> ItemForm:
    """As the item stands in the working copy."""
    first, last = (dates.local(moment, run.event.time_zone) for moment in (item.starts_at, item.ends_at))
    kept = {name: getattr(item, name) for name in agenda_items.WRITTEN}
    kept["speakers"] = [asdict(speaker) for speaker in item.speakers]
    hours = {"starts_at": f"{first:%H:%M}", "ends_at": f"{last:%H:%M}"}
    day = str((first.date() - run.starts_on).days + 1)
    form = ItemForm(formdata=None, data=kept | hours | {"day": day, "seen": version})
    return form.of_run(run)


def in_words(item: WorkingItem, run: EventSession) -> str:
    """An item as a choice: 1차 첫날 10:00–11:30 제주 본사 투어."""
    title = agenda_words.titled(item, looks.current_language())
    words = [_("Run %(number)s", number=run.number), agenda_words.when(item, run), title]
    return " ".join(words)


def days(run: EventSession, *, short: bool = False) -> list[tuple[int, str]]:
    """The days of a run with their names."""
    language = looks.current_language()
    found = []
    for number in range(1, (run.ends_on - run.starts_on).days + 2):
        on = run.starts_on + timedelta(days=number - 1)
        shown = dates.short_day(on, language) if short else dates.day(on, language)
        found.append((number, f"{agenda_words.day_name(number)} {shown}"))
    return found
