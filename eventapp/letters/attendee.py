"""The letters to an attendee: the pass, another run, a place given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from eventapp.formats import calendar, codes, counts, dates
from eventapp.letters import words
from eventapp.letters.words import Attachment, Edition, Letter, Withdrawn
from eventapp.models.event_session import EventSession
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import RegistrationStatus
from eventapp.models.wording import said
from eventapp.rules import badges, item_places, publications, seats


def pass_letter(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """When, where, the link and the code; or first of all the choice of a run, or that a yes is still to come."""
    if _waits_for_yes(attendee):
        return with_badge(
            attendee,
            edition,
            url=url,
            subject=_("{event}: we are keeping a place for you, {run}, {days}"),
            kicker=_("{event}, your place"),
            paragraphs=[
                _named_by(attendee),
                _("We are keeping a place in {run} for you and will write as soon as it is confirmed."),
                _("Please tell us meanwhile that it is you, and what you do not eat. It takes two minutes."),
            ],
        )
    return with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: your badge, {run}, {days}"),
        kicker=_("{event}, your badge"),
        paragraphs=[
            _named_by(attendee),
            _(
                "Your place in {run} is kept. Please open your badge, tell us that it is you, and what you do not eat. "
                "It takes two minutes."
            ),
            _(
                "On the first morning you only show the QR of your badge. "
                "Once opened, it stays visible without a connection."
            ),
        ],
    )


def moved(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """Your days have changed, your badge has not."""
    return with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: your days are now {days}, {run}"),
        kicker=_("{event}, new days"),
        paragraphs=[
            _("We have moved your place to {run}. Your badge stays the same."),
            _("Open the calendar file with this letter, and your calendar moves along."),
        ],
    )


def promoted(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """The wait is over: a place in the run that was full."""
    return with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: a place for you, {run}, {days}"),
        kicker=_("{event}, your place"),
        paragraphs=[
            _(
                "A place in {run} has become free, and we are keeping it for you. "
                "We will write as soon as it is confirmed. Thank you for waiting."
            )
            if _waits_for_yes(attendee)
            else _("A place in {run} has become free, and it is yours. Thank you for waiting."),
            _("Open the calendar file with this letter, and your calendar moves along."),
        ],
    )


def placed(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """The run that was left to the host."""
    return with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: your days are {days}, {run}"),
        kicker=_("{event}, your days"),
        paragraphs=[
            _("The run was left to us, and we have chosen {run}. Your place is kept."),
            _("If these days do not suit you, please call your contact; we will look for a way together."),
            _(
                "Please open your badge, tell us that it is you, and what you do not eat. It takes two minutes."
            ),
        ],
    )


def item_place(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """The wait for an item of the programme is over; what is chosen now."""
    return with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: a place for you in the programme"),
        kicker=_("{event}, your programme"),
        paragraphs=[
            _(
                "A place that you waited for has become free, and it is yours. This is what you have chosen now."
            ),
        ],
        rows=chosen(attendee),
    )


def with_badge(
    attendee: Attendee,
    edition: Edition,
    *,
    url: str,
    subject: str,
    kicker: str,
    paragraphs: list[str],
    rows: Sequence[tuple[str, str]] = (),
    own_words: str = "",
) -> Letter:
    """A letter to somebody with a place; who has none yet chooses a run or reads that they wait."""
    registration = _require_place(attendee)
    if registration.event_session is None:
        return _choose_run(attendee, url)
    run = registration.event_session
    if registration.status == RegistrationStatus.WAITLISTED:
        return _waits(attendee, run, url=url)
    names = _names(attendee, run)
    return Letter(
        subject=words.line(subject, **names),
        kicker=words.line(kicker, **names),
        greeting=words.to_whom(attendee.person),
        paragraphs=[
            *(words.paragraph(one, **names) for one in paragraphs),
            *words.organizers_words(own_words, **names),
        ],
        rows=[*rows, *_when_and_where(attendee, run)],
        url=url,
        button=_("See my place") if _waits_for_yes(attendee) else _("Open my badge"),
        note=words.for_you_alone(attendee.person),
        closing=words.see_you(run.event),
        attachment=calendar_of(attendee, edition, run),
    )


def _waits(attendee: Attendee, run: EventSession, *, url: str) -> Letter:
    """Named for a run that is full: no badge and no calendar yet."""
    names = _names(attendee, run)
    return Letter(
        subject=words.line(_("{event}: waiting for a place, {run}, {days}"), **names),
        kicker=words.line(_("{event}, your place"), **names),
        greeting=words.to_whom(attendee.person),
        paragraphs=[
            words.paragraph(_named_by(attendee), **names),
            words.paragraph(
                _(
                    "{run} is full, so you are waiting for a place. As soon as there is one, we will write to you."
                ),
                **names,
            ),
        ],
        rows=[words.run_row(run), words.place_row(run.event, run)],
        url=url,
        button=_("See where I stand"),
        note=words.for_you_alone(attendee.person),
        closing=words.see_you(run.event),
    )


def _require_place(attendee: Attendee) -> Registration:
    if attendee.ended_at is not None or attendee.registration.status == RegistrationStatus.CANCELLED:
        raise Withdrawn("The place was given up or passed to a colleague.")
    return attendee.registration


def _waits_for_yes(attendee: Attendee) -> bool:
    return attendee.registration.status == RegistrationStatus.PENDING


def _names(attendee: Attendee, run: EventSession) -> dict[str, str]:
    return {
        "event": words.event_name(run.event),
        "run": words.run_name(run),
        "days": dates.date_range(run.starts_on, run.ends_on, language=words.language()),
        "coordinator": attendee.registration.invitation.coordinator.name_and_title,
    }


def _named_by(attendee: Attendee) -> str:
    if attendee.person_id == attendee.registration.invitation.coordinator_id:
        return _("Thank you for coming to {event} yourself.")
    return _("{coordinator} has named you as one who comes to {event}.")


def _choose_run(attendee: Attendee, url: str) -> Letter:
    invitation = attendee.registration.invitation
    event, choices = invitation.event, seats.choices(invitation)
    names = {
        "event": words.event_name(event),
        "coordinator": invitation.coordinator.name_and_title,
        "runs": counts.runs(len(choices), words.language()),
    }
    return Letter(
        subject=words.line(_("{event}: please choose your days"), **names),
        kicker=words.line(_("{event}, your days"), **names),
        greeting=words.to_whom(attendee.person),
        paragraphs=[
            words.paragraph(_named_by(attendee), **names),
            words.paragraph(
                _("Which of the {runs} suits you? Choose, and your place is kept at once."), **names
            ),
        ],
        rows=[*map(words.run_row, choices), words.place_row(event)],
        url=url,
        button=_("Choose my days"),
        note=words.for_you_alone(attendee.person),
        closing=words.see_you(event),
    )


def _when_and_where(attendee: Attendee, run: EventSession) -> list[tuple[str, str]]:
    badge = None if _waits_for_yes(attendee) else badges.valid(attendee)
    rows = [words.run_row(run), words.place_row(run.event, run)]
    if badge is not None:
        rows.append((_("Code"), words.NO_BREAK.join(codes.parts(badge.code))))
    return rows


def chosen(attendee: Attendee) -> list[tuple[str, str]]:
    """What they hold a place for in the programme: when, and what."""
    zone, language = attendee.registration.invitation.event.time_zone, words.language()
    held = [one.agenda_item for one in item_places.of(attendee.registration) if one.queued_at is None]
    return [
        (
            f"{dates.short_day(dates.local(item.starts_at, zone).date(), language)} "
            f"{dates.clock_time(item.starts_at, zone)}".replace(" ", words.NO_BREAK),
            said(item, "title", language=language),
        )
        for item in held
    ]


def calendar_of(attendee: Attendee, edition: Edition, run: EventSession, *, gone: bool = False) -> Attachment:
    """One entry for both days; a later letter replaces what an earlier one put into a calendar."""
    event = run.event
    starts, ends = _begin_and_end(run)
    entry = calendar.Entry(
        uid=f"place-{attendee.registration_id}-{event.slug}@{event.sender_email.rpartition('@')[2]}",
        start=starts,
        end=ends,
        changed_at=edition.at,
        sequence=edition.number,
        summary=f"{words.event_name(event)} {words.run_name(run)}",
        location=words.place(event, run),
        cancelled=gone,
    )
    content = calendar.feed(words.event_name(event), [entry], zone=event.time_zone)
    return Attachment(f"partners-day-{event.slug}-{run.number}.ics", content)


def _begin_and_end(run: EventSession) -> tuple[datetime | date, datetime | date]:
    """From the first item of the published agenda to the last; whole days while there is none."""
    items = publications.items_for(run)
    if not items:
        return run.starts_on, run.ends_on
    return min(item.starts_at for item in items), max(item.ends_at for item in items)
