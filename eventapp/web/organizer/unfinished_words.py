"""What somebody has left to do, in words for the desk and as a text to paste to their coordinator."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventapp.formats import dates
from eventapp.models.states import MessageStatus
from eventapp.models.wording import said
from eventapp.reports import hosts
from eventapp.reports.unfinished import Row
from eventapp.rules.own_parts import Gap
from eventapp.web.organizer import ladder_words

GAP_WORDS: dict[Gap, Any] = {
    Gap.OPENING: _l("Badge not opened yet"),
    Gap.CONFIRMATION: _l("Confirmation and meals"),
    Gap.RUN: _l("Choice of the run"),
    Gap.CONSENTS: _l("Consents"),
    Gap.QUESTIONS: _l("Questions"),
    Gap.JOURNEY: _l("Journey"),
    Gap.CONTACT: _l("How to reach them"),
}


def gap_word(gap: Gap, row: Row) -> str:
    """As exactly as it is known."""
    if gap == Gap.QUESTIONS:
        return ngettext("%(num)s question", "%(num)s questions", row.questions_left)
    if gap == Gap.CONSENTS:
        return ngettext("%(num)s consent", "%(num)s consents", row.consents_left)
    if gap == Gap.CONTACT:
        person = row.person
        if not (person.email or person.phone):
            return _("E-mail and phone number")
        return _("Phone number") if person.email else _("E-mail address")
    return str(GAP_WORDS[gap])


def listed(gaps: list[Gap], row: Row) -> str:
    """Several in one line."""
    return ", ".join(gap_word(gap, row) for gap in gaps)


def letter_word(row: Row, language: str) -> str:
    """What became of the last letter, and when."""
    if not row.person.email:
        return _("No e-mail address")
    if row.letter is None:
        return _("No letter yet")
    if row.letter.status == MessageStatus.QUEUED:
        return _("A letter is on its way")
    moment = row.letter.done_at or row.letter.queued_at
    day = dates.short_day(dates.local(moment, row.invitation.event.time_zone).date(), language)
    if row.letter.status == MessageStatus.FAILED:
        return _("%(day)s, did not arrive", day=day)
    return _("Today already") if row.rests else day


def message_text(rows: list[Row], link: str) -> str:
    """One company's text, from the host contact to the coordinator in their language; the link on its own line."""
    invitation = rows[0].invitation
    language = invitation.coordinator.language
    with force_locale(language):
        opening = _(
            "%(name)s, this is %(contact)s of %(host)s.",
            name=ladder_words.addressed(invitation.coordinator, language),
            contact=hosts.of(invitation.company, invitation.event).name,
            host=said(invitation.event, "host", language=language),
        )
        asks = _(
            "A little is still open before the %(event)s:",
            event=said(invitation.event, "name", language=language),
        )
        ends = _("It takes two minutes with the link in their letter. You can see who is done here.")
        lines = [f"- {row.person.name_and_title}: {_asked(row)}" for row in rows]
    return "\n".join([f"{opening} {asks}", *lines, ends, link]).strip()


def _asked(row: Row) -> str:
    """Without reproach: whether a letter was opened is nobody's business but ours."""
    return listed([gap for gap in row.gaps if gap != Gap.OPENING], row)
