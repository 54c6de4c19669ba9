"""The letters that leave by themselves: names still wanted, answers still wanted, see you soon, thank you."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup

from eventapp.clock import today
from eventapp.formats import counts
from eventapp.letters import attendee as to_attendee
from eventapp.letters import invitation, words
from eventapp.letters.words import Edition, Letter, Withdrawn
from eventapp.models.consent import ConsentPurpose
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.letter_plan import Planned
from eventapp.models.person import Person
from eventapp.models.registration import Attendee
from eventapp.models.wording import said
from eventapp.rules import answers, consents, letter_plans, own_parts, seats


def names_wanted(row: Invitation, person: Person, url: str) -> Letter:
    """Seats that still wait for a name. Withdrawn once all have one, or none may be written any more."""
    invitation.require_coordinator(row, person)
    empty = row.seats - seats.used(row)
    if empty < 1:
        raise Withdrawn("Every seat has a name.")
    if answers.has_expired(row):
        raise Withdrawn("The time to name somebody is over.")
    names = {
        "event": words.event_name(row.event),
        "company": row.company.name,
        "seats": counts.seats(empty, words.language()),
    }
    return Letter(
        subject=words.line(_("{event}: {seats} of {company} still without a name"), **names),
        kicker=words.line(_("{event}, seats of {company}"), **names),
        greeting=words.to_whom(person),
        paragraphs=[
            invitation.until(row, names["seats"]),
            words.paragraph(
                _("A name and a phone number are enough. Seats that nobody will use help another company.")
            ),
            *words.organizers_words(_own_words(row, Planned.NAMES_WANTED), **names),
        ],
        rows=[*map(words.run_row, seats.choices(row)), words.place_row(row.event)],
        url=url,
        button=_("Write the names"),
        note=words.for_you_alone(person),
        closing=words.see_you(row.event),
    )


def part_wanted(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """What this person has not told us yet. Withdrawn once everything is said."""
    if not own_parts.left_for(attendee):
        raise Withdrawn("Everything is answered.")
    return to_attendee.with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: two minutes for your part, {days}"),
        kicker=_("{event}, your part"),
        paragraphs=[
            _("Your place in {run} is kept. So that meals, rooms and buses fit you, we still need your part.")
            if attendee.confirmed_at is None
            else _("Your place in {run} is kept. There is something left that only you can answer."),
        ],
        own_words=_own_words(attendee.registration.invitation, Planned.PART_WANTED),
    )


def soon(attendee: Attendee, edition: Edition, url: str) -> Letter:
    """We meet in a few days. Withdrawn once the days are over."""
    run = attendee.registration.event_session
    event = attendee.registration.invitation.event
    if run is not None and run.ends_on < today(event.time_zone):
        raise Withdrawn("The days are over.")
    return to_attendee.with_badge(
        attendee,
        edition,
        url=url,
        subject=_("{event}: we meet soon, {days}"),
        kicker=_("{event}, soon"),
        paragraphs=[
            _("We look forward to meeting you. Here is everything for your way once more."),
            _(
                "Please open your badge once before you leave; then its QR is there without a connection as well."
            ),
        ],
        rows=to_attendee.chosen(attendee),
        own_words=_own_words(attendee.registration.invitation, Planned.SOON),
    )


def thanks(attendee: Attendee, _edition: Edition, url: str) -> Letter:
    """Afterwards, to who was there."""
    invitation_row = attendee.registration.invitation
    event = invitation_row.event
    names = {"event": words.event_name(event), "company": invitation_row.company.name}
    return Letter(
        subject=words.line(_("{event}: thank you for coming"), **names),
        kicker=words.line(_("{event}, thank you"), **names),
        greeting=words.to_whom(attendee.person),
        paragraphs=[
            words.paragraph(_("Thank you for the time you gave us at {event}."), **names),
            *_stay_in_touch(event),
            *words.organizers_words(_own_words(invitation_row, Planned.THANKS), **names),
        ],
        url=url,
        button=_("Open my page"),
        note=words.for_you_alone(attendee.person),
        closing=_("We look forward to the next time."),
    )


def _stay_in_touch(event: Event) -> list[Markup]:
    """Where people were asked whether others may reach them."""
    asked = any(text.purpose == ConsentPurpose.PARTNERS_CONTACT for text in consents.in_force(event))
    sentence = _("On your page you find the other partners who were there and like to stay in touch.")
    return [words.paragraph(sentence)] if asked else []


def _own_words(row: Invitation, purpose: Planned) -> str:
    """What the organizer wrote into the plan of that letter."""
    return said(letter_plans.plan_of(row.event, purpose), "words", language=words.language())
