"""The ladder in words: states, news, parts of the list, and a text to paste into a messenger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.clock import today
from eventapp.formats import counts, dates, hangul
from eventapp.models.states import MessageStatus
from eventapp.models.wording import said
from eventapp.reports import hosts
from eventapp.reports.ladder import Group, Line, News, State
from eventapp.web import looks

GROUP_WORDS: dict[Group, Any] = {
    Group.CALL: _l("Good to call today"),
    Group.DRAFT: _l("Not sent yet"),
    Group.ANSWER: _l("Waiting for an answer"),
    Group.NAMES: _l("Waiting for names"),
    Group.CONFIRM: _l("Waiting for their own part"),
    Group.DONE: _l("Everything done"),
    Group.AWAY: _l("Resting this time"),
}
STATE_WORDS: dict[State, Any] = {
    State.DRAFT: _l("Before sending"),
    State.SENT: _l("Sent"),
    State.UNOPENED: _l("Not opened"),
    State.UNREACHED: _l("Letter did not arrive"),
    State.WAITING: _l("Awaiting answer"),
    State.NAMES: _l("Awaiting names"),
    State.NAMES_DUE: _l("Awaiting names"),
    State.CONFIRMING: _l("Confirming"),
    State.DONE: _l("All finished"),
    State.DECLINED: _l("Seats given back"),
    State.REVOKED: _l("Invitation withdrawn"),
}


def state_word(line: Line, language: str) -> str:
    """The word beside the stairs."""
    if line.state == State.WAITLISTED:
        return _("Waitlist: %(people)s", people=counts.people(line.waiting, language))
    kept = line.invitation.kept_open_until
    if line.state == State.THINKING and kept is not None:
        return _("Thinking until %(day)s", day=kept.day)
    return str(STATE_WORDS[line.state])


def news_words(line: Line, language: str) -> str:
    """The last column: what was last heard, or what makes a call worth while."""
    if line.arrived:
        return _("%(people)s arrived", people=counts.people(line.arrived, language))
    if line.state == State.UNREACHED:
        return _("The address sent it back")
    if line.state == State.UNOPENED:
        return ngettext("no word for %(num)s day", "no word for %(num)s days", line.silent_days)
    if line.state == State.NAMES_DUE and line.due_on is not None:
        return due_words(line.due_on, today(line.invitation.event.time_zone))
    if line.state == State.WAITLISTED:
        return _("Waitlist of run %(runs)s", runs=", ".join(map(str, waited_runs(line))))
    kept = line.invitation.kept_open_until
    if line.state == State.THINKING and kept is not None:
        return _("%(day)s: seats kept until then", day=short(kept))
    if line.group == Group.DONE or line.news is None:
        return ""
    if line.state == State.WAITING and line.group == Group.CALL:
        opened = _heard(line.news, line, language)
        return ngettext("%(news)s, day %(num)s", "%(news)s, day %(num)s", line.silent_days, news=opened)
    return _heard(line.news, line, language)


def due_words(due_on: date, day: date) -> str:
    """Tomorrow, today, or the day that has passed."""
    if due_on == day + timedelta(days=1):
        return _("Names are due tomorrow")
    return _("Names are due today") if due_on == day else _("Names were due %(day)s", day=short(due_on))


def waited_runs(line: Line) -> list[int]:
    """The runs for which somebody of the company waits."""
    return sorted({seat.run for seat in line.seats if seat.status == "waitlisted" and seat.run})


def short(day: date) -> str:
    """10. 13 · 13 Oct"""
    return dates.numbers(day, looks.current_language())


def places(number: int, language: str) -> str:
    """다섯 곳 · five companies"""
    if language == "en":
        return ngettext("%(num)s company", "%(num)s companies", number)
    return hangul.native_count(number, "곳")


def _heard(news: News, line: Line, language: str) -> str:
    day = short(dates.local(news.at, line.invitation.event.time_zone).date())
    people = counts.people(news.count, language)
    words = {
        "sent": _("%(day)s sent", day=day),
        "sent again": _("%(day)s sent again", day=day),
        "opened": _("%(day)s opened", day=day),
        "accepted": _("%(day)s accepted", day=day),
        "declined": _(
            "%(day)s %(seats)s came back", day=day, seats=counts.seats(line.invitation.seats, language)
        ),
        "named": _("%(day)s %(people)s named", day=day, people=people),
        "confirmed": _("%(day)s %(people)s finished", day=day, people=people),
        "replaced": _("%(day)s a colleague instead", day=day),
        "called": _("%(day)s called", day=day),
    }
    return words[news.kind]


# -- a text to paste ------------------------------------------------------------------------------


def message_text(line: Line, link: str) -> str:
    """A few lines from the host contact to the coordinator, in their language; the link on its own line."""
    invitation = line.invitation
    language = invitation.coordinator.language
    with force_locale(language):
        opening = _(
            "%(name)s, this is %(contact)s of %(host)s.",
            name=addressed(invitation.coordinator, language),
            contact=hosts.of(invitation.company, invitation.event).name,
            host=said(invitation.event, "host", language=language),
        )
        return f"{opening} {_wish(line, language)}\n{link}".strip()


def addressed(person: Any, language: str) -> str:
    """문태오 부장님 · 한지원 님 · Taeo Moon"""
    if language == "en":
        return str(person.name)
    return f"{person.name_and_title}님" if person.title else f"{person.name} 님"


def _wish(line: Line, language: str) -> str:
    invitation = line.invitation
    event = said(invitation.event, "name", language=language)
    held = counts.seats(invitation.seats, language)
    kept = _(
        "We are keeping %(seats)s for %(company)s at the %(event)s.",
        seats=held,
        company=invitation.company.name,
        event=event,
    )
    if line.state in (State.DRAFT, State.DECLINED, State.REVOKED):
        asks = _("Please open the link whenever it suits you.")
        return f"{kept} {asks}"
    if line.state in (State.SENT, State.UNOPENED, State.UNREACHED):
        asks = _("The letter may have got lost, so here is the link again. Please open it when it suits you.")
        return f"{kept} {asks}"
    if line.state in (State.WAITING, State.THINKING):
        asks = _("Yes or no, either answer is fine; the link takes you there.")
        return f"{kept} {asks}"
    if line.state in (State.NAMES, State.NAMES_DUE):
        return _names_wish(line, language)
    if line.state == State.CONFIRMING:
        missing = counts.people(len(line.seats) - line.done, language)
        return _(
            "Only the own part of %(people)s is still open; it takes two minutes with the link in their letter. "
            "You can see who is done here.",
            people=missing,
        )
    return _("Here you can see your company's seats for the %(event)s at any time.", event=event)


def _names_wish(line: Line, language: str) -> str:
    empty = counts.seats(line.invitation.seats - len(line.seats), language)
    if line.due_on is None:
        return _("%(seats)s still without a name; they may follow whenever you know.", seats=empty)
    return _(
        "%(seats)s still without a name. If you can tell us by %(day)s, it helps us a lot.",
        seats=empty,
        day=dates.day(line.due_on, language),
    )


def letter_word(status: str) -> str:
    """What became of a letter."""
    words = {
        MessageStatus.QUEUED: _("about to leave"),
        MessageStatus.SENT: _("sent"),
        MessageStatus.FAILED: _("did not arrive"),
        MessageStatus.UNCERTAIN: _("perhaps arrived"),
    }
    return words.get(MessageStatus(status), _("not sent"))
