"""The letters to a coordinator: the invitation, their link once more, and what was written down so far."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup

from eventapp.clock import today
from eventapp.formats import counts, dates
from eventapp.letters import words
from eventapp.letters.words import Letter, Withdrawn
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.registration import Attendee, Registration
from eventapp.models.states import InvitationStatus, RegistrationStatus
from eventapp.models.wording import said
from eventapp.rules import (
    attendees,
    consents,
    question_answers,
    registrations,
    seat_offers,
    seats,
)


def invitation(row: Invitation, person: Person, url: str) -> Letter:
    """Please come; and where they said yes already, only the link again."""
    if row.status == InvitationStatus.ACCEPTED:
        return link_again(row, person, url)
    require_coordinator(row, person)
    event, company = row.event, row.company.name
    names = {
        "event": words.event_name(event),
        "company": company,
        "seats": counts.seats(row.seats, words.language()),
    }
    greeting = said(event, "greeting", language=words.language()) or _(
        "It was good to have {company} at our side this year."
    )
    return Letter(
        subject=words.line(_("{event}: we have kept {seats} for {company}"), **names),
        kicker=words.line(_("{event}, an invitation"), **names),
        greeting=words.to_whom(person),
        paragraphs=[
            *words.organizers_words(greeting, **names),
            *words.organizers_words(said(event, "letter", language=words.language()), **names),
            _seats_kept(row, names),
        ],
        rows=[*map(words.run_row, seats.choices(row)), words.place_row(event)],
        url=url,
        button=_("Open the invitation"),
        note=words.for_you_alone(person, _("Opening it decides nothing yet.")),
        closing=words.see_you(event),
    )


def link_again(row: Invitation, person: Person, url: str) -> Letter:
    """Here is your link again."""
    require_coordinator(row, person)
    event = row.event
    names = {"event": words.event_name(event), "company": row.company.name}
    return Letter(
        subject=words.line(_("{event}: the link of {company}"), **names),
        kicker=words.line(_("{event}, your link"), **names),
        greeting=words.to_whom(person),
        paragraphs=[
            words.paragraph(_("Here is the link to the page of {company} again."), **names),
            words.paragraph(
                _("You can name colleagues, choose days and change what you wrote, all in one place.")
            ),
        ],
        rows=[*map(words.run_row, seats.choices(row)), words.place_row(event)],
        url=url,
        button=_("Open our page"),
        note=words.for_you_alone(person, _("If you did not ask for it, you need do nothing.")),
        closing=words.see_you(event),
    )


def confirmation(row: Invitation, person: Person, url: str) -> Letter:
    """Who has which run, and what is still open."""
    require_coordinator(row, person)
    event, live = row.event, registrations.live(row)
    names = {
        "event": words.event_name(event),
        "company": row.company.name,
        "people": counts.people(len(live), words.language()),
    }
    subject = (
        _("{event}: {people} from {company}") if live else _("{event}: your answer is with us, {company}")
    )
    return Letter(
        subject=words.line(subject, **names),
        kicker=words.line(_("{event}, what we have written down"), **names),
        greeting=words.to_whom(person),
        paragraphs=[
            words.paragraph(_("Thank you for your answer. This is what we have written down so far."))
        ],
        rows=[
            *(map(_who_and_when, live) if live else map(words.run_row, seats.choices(row))),
            words.place_row(event),
        ],
        after=_still_open(row, live),
        url=url,
        button=_("Open our page"),
        note=words.for_you_alone(person),
        closing=words.see_you(event),
    )


def seat_offer(row: Invitation, person: Person, url: str) -> Letter:
    """Seats that others gave back, for a company that wished for more; until when. Withdrawn once it has ended."""
    require_coordinator(row, person)
    offer = seat_offers.open_offer(row)
    if offer is None:
        raise Withdrawn("The offer of seats has ended.")
    event = row.event
    names = {
        "event": words.event_name(event),
        "company": row.company.name,
        "seats": counts.seats(offer.seats, words.language()),
        "day": dates.day(offer.expires_on, words.language()),
    }
    return Letter(
        subject=words.line(_("{event}: more seats for {company}"), **names),
        kicker=words.line(_("{event}, your wish"), **names),
        greeting=words.to_whom(person),
        paragraphs=[
            words.paragraph(
                _("You wished for more room. Another company could not come, so we offer you {seats}."),
                **names,
            ),
            words.paragraph(
                _("Please tell us on your page by {day}. Without a word from you, it goes on to others."),
                **names,
            ),
        ],
        rows=[*map(words.run_row, seats.choices(row)), words.place_row(event)],
        url=url,
        button=_("Open our page"),
        note=words.for_you_alone(person),
        closing=words.see_you(event),
    )


def require_coordinator(row: Invitation, person: Person) -> None:
    """The link belongs to who answers for the company now, and to nobody who did before."""
    if row.coordinator_id != person.id:
        raise Withdrawn("A colleague answers for the company now.")
    if row.status in (InvitationStatus.DECLINED, InvitationStatus.REVOKED):
        raise Withdrawn("The invitation is not open any more.")


def _seats_kept(row: Invitation, names: dict[str, str]) -> Markup:
    event, choices = row.event, seats.choices(row)
    filled = {
        **names,
        "seats": words.bold(names["seats"]),
        "runs": counts.runs(len(choices), words.language()),
    }
    parts = []
    if choices and not said(event, "letter", language=words.language()):
        filled["month"] = dates.month(choices[0].starts_on, words.language())
        filled["place"] = words.place(event)
        parts.append(_("For {event} in {month}, at {place}, we have kept {seats} for {company}."))
    else:
        parts.append(_("We have kept {seats} for {company}."))
    if len(choices) > 1:
        parts.append(_("Of the {runs}, please choose whichever suits you."))
    parts.append(_("The names may follow later."))
    return Markup(" ").join(words.paragraph(part, **filled) for part in parts)


def _who_and_when(registration: Registration) -> tuple[str, str]:
    attendee = attendees.require(registration)
    run = registration.event_session
    if run is None:
        return attendee.person.name_and_title, _("will choose the days in person")
    if registration.status == RegistrationStatus.WAITLISTED:
        state = _("waiting for a place")
    elif registration.status == RegistrationStatus.PENDING:
        state = _("waiting for our yes")
    else:
        state = _own_part(attendee)
    days = dates.date_range(run.starts_on, run.ends_on, language=words.language())
    return attendee.person.name_and_title, f"{words.run_name(run)}, {days}, {state}"


def _own_part(attendee: Attendee) -> str:
    if attendee.confirmed_at is None:
        return _("not confirmed in person yet")
    if question_answers.left_for(attendee):
        return _("some questions left to answer")
    unagreed = consents.left_for(attendee.person, attendee.registration.invitation.event)
    return _("a consent left to give") if unagreed else _("all set")


def _still_open(row: Invitation, live: list[Registration]) -> list[Markup]:
    said_so = []
    if (empty := row.seats - len(live)) > 0:
        said_so.append(until(row, counts.seats(empty, words.language())))
    silent = [
        attendee.person.name_and_title
        for registration in live
        if not (attendee := attendees.require(registration)).person.email
    ]
    if silent:
        said_so.append(
            words.paragraph(
                _("We have no e-mail address of {people}. Please copy the link on your page and hand it on."),
                people=", ".join(words.line(_("{person}, in full"), person=name) for name in silent),
            )
        )
    return said_so


def until(row: Invitation, empty: str) -> Markup:
    """How many seats wait for a name, and how long there is time."""
    due = [run.names_due_on for run in seats.choices(row) if run.names_due_on]
    on = row.expires_on or min(due, default=None)
    if on is None or on < today(row.event.time_zone):
        return words.paragraph(_("{seats} still wait for a name."), seats=empty)
    return words.paragraph(
        _("{seats} still wait for a name. There is time until {day}."),
        seats=empty,
        day=dates.day(on, words.language()),
    )
