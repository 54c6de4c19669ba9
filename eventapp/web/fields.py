"""Fields: what people type, cleaned once, with a sentence that says what to do."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.fields import EmailField, SelectChoice, TelField

from eventapp.errors import RuleBroken
from eventapp.formats import dates, mail_address, phone, text
from eventapp.models.event_session import EventSession
from eventapp.web.looks import current_language


class Needed:
    """The field must not be empty; `sentence()` says what to write."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any):
        self.sentence = sentence

    def __call__(self, form: Any, field: Field) -> None:
        if not (field.data.strip() if isinstance(field.data, str) else field.data):
            field.errors = [*field.errors]
            raise ValidationError(str(self.sentence))


class Line(StringField):
    """One line of text: NFC, no control characters, at most `limit` characters."""

    def __init__(self, label: Any = None, validators: Any = None, limit: int = 80, **more: Any):
        super().__init__(label, validators, **more)
        self.limit = limit

    def pre_validate(self, form: Any) -> None:
        try:
            self.data = text.clean_line(self.data or "", self.limit)
        except text.TooLong as problem:
            raise ValidationError(
                _("Please keep this to %(limit)s characters at most.", limit=problem.limit)
            ) from problem


class Paragraphs(TextAreaField):
    """Several lines of plain text."""

    def __init__(self, label: Any = None, validators: Any = None, limit: int = 4000, **more: Any):
        super().__init__(label, validators, **more)
        self.limit = limit

    def pre_validate(self, form: Any) -> None:
        try:
            self.data = text.clean_text(self.data or "", self.limit)
        except text.TooLong as problem:
            raise ValidationError(
                _("Please keep this to %(limit)s characters at most.", limit=problem.limit)
            ) from problem


class Phone(TelField):
    """A phone number; `e164` is what to keep, `data` stays as typed."""

    e164 = ""

    def pre_validate(self, form: Any) -> None:
        self.e164 = ""
        if not (self.data or "").strip():
            return
        try:
            self.e164 = phone.parse(self.data)
        except phone.PhoneProblem as problem:
            raise ValidationError(phone_sentence(problem)) from problem


class Mail(EmailField):
    """An e-mail address; `address` is what to keep, `data` stays as typed."""

    address = ""

    def pre_validate(self, form: Any) -> None:
        self.address = ""
        if not (self.data or "").strip():
            return
        try:
            self.address = mail_address.parse(self.data)
        except mail_address.MailProblem as problem:
            raise ValidationError(
                _("Please check the e-mail address, for example name@company.co.kr.")
            ) from problem


def phone_sentence(problem: phone.PhoneProblem) -> str:
    """What to do about a phone number that is none."""
    if problem.code == "too_short":
        return ngettext(
            "%(num)s digit is missing. Please look at the phone number again.",
            "%(num)s digits are missing. Please look at the phone number again.",
            problem.missing or 1,
        )
    if problem.code == "too_long":
        return _("There are too many digits. Please look at the phone number again.")
    return _("Please write a phone number, for example 010-1234-5678.")


def run_label(event_session: EventSession) -> str:
    """A run as a choice: 1차, 11월 9 – 10일, with no line ending inside the days."""
    days = dates.date_range(event_session.starts_on, event_session.ends_on, language=current_language())
    days = days.replace("–", "–\u2060")
    return _("Run %(number)s, %(days)s", number=event_session.number, days=days)


WAIT = "wait-"  # a choice of a full run says that one is ready to wait


def run_value(event_session: EventSession, free: int) -> str:
    """What a choice of a run sends."""
    return str(event_session.number) if free else f"{WAIT}{event_session.number}"


def run_choices(runs: list[tuple[EventSession, int]]) -> list[SelectChoice]:
    """The runs as choices, full ones to be waited for."""
    return [SelectChoice(run_value(run, free), run_label(run)) for run, free in runs]


def run_words(runs: list[tuple[EventSession, int]]) -> dict[str, dict[str, str]]:
    """facts: what stands beside each choice, the free places or that one waits; unders: below a full one."""
    full = [run_value(run, free) for run, free in runs if not free]
    return {
        "facts": {run_value(run, free): places_left(free) if free else _("Waitlist") for run, free in runs},
        "unders": dict.fromkeys(full, _("Full. When a place becomes free, a letter comes at once.")),
    }


def run_chosen(typed: str | None, runs: list[tuple[EventSession, int]]) -> tuple[EventSession | None, bool]:
    """(the run meant, whether to wait where it is full); None where it is none of those offered."""
    number = (typed or "").removeprefix(WAIT)
    found = next((run for run, _free in runs if str(run.number) == number), None)
    return found, (typed or "").startswith(WAIT)


def places_left(free: int) -> str:
    """The free places beside a choice."""
    return ngettext("%(num)s place left", "%(num)s places left", free) if free else _("All places are taken")


def blame(form: Any, refusal: RuleBroken) -> None:
    """Show a rule's refusal at the field it names, or above the form."""
    field = getattr(form, refusal.field or "", None)
    if field is not None:
        field.errors = [*field.errors, str(refusal)]
    else:
        form.form_errors.append(str(refusal))


def named(form: FlaskForm, mark: str) -> FlaskForm:
    """The same form stands on the page more than once: each has ids of its own."""
    for one in form:
        one.id = f"{one.name}-{mark}"
        one.label.field_id = one.id
    return form
