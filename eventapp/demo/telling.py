"""Telling the story: each company's doings as steps at their moments, to be played in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.db import db
from eventapp.demo import asking, consenting
from eventapp.demo.people import Colleagues, themselves
from eventapp.demo.story import COMPANIES, DIETS, WISHES, Seat, Story
from eventapp.demo.words import MORE_PLACES
from eventapp.models.agenda import AgendaItem
from eventapp.models.company import Company
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.printout import Kind, Way
from eventapp.models.registration import Diet, Registration, Room
from eventapp.models.states import MessageStatus, RegistrationStatus
from eventapp.reports import run_lists
from eventapp.rules import (
    answers,
    attendees,
    invitations,
    item_places,
    journal,
    messages,
    printouts,
    publications,
    registrations,
    seat_offers,
    seats,
    sign_ups,
    staff,
    travel,
    waitlists,
)
from eventapp.rules.people import Colleague

SEOUL = ZoneInfo("Asia/Seoul")
RETURNED = "550 5.1.1 The address does not exist."
Step = tuple[datetime, Callable[[], object]]


@dataclass
class Telling:
    """One play of the story on one Event."""

    event: Event
    steps: list[Step] = field(default_factory=list)
    colleagues: Colleagues = field(default_factory=Colleagues)
    seated: int = 0

    def prepare(self) -> list[Step]:
        """Every step of every company, earliest first."""
        for place, (name, story) in enumerate(COMPANIES.items()):
            self._company(place, story, invitation=self._invitation(name))
        run = seats.runs(self.event)[1]
        self._at(18, 10, 0, do=partial(seats.set_capacity, run, MORE_PLACES))
        for day, name, reason in WISHES:
            wished = partial(seat_offers.wish, self._invitation(name), 1, reason=reason)
            self._at(day, 15, 20, do=wished)
        self._at(10, 9, 0, do=partial(consenting.mend, self.event))
        self._at(14, 11, 0, do=partial(offer_first, self.event))
        self._at(11, 18, 0, do=partial(hand_out, self.event))
        self._at(17, 9, 30, do=partial(seat_offers.lapse_offers))
        return sorted(self.steps, key=lambda step: step[0])

    def _invitation(self, name: str) -> Invitation:
        return db.session.scalars(
            select(Invitation)
            .join(Company, Invitation.company_id == Company.id)
            .where(Company.name == name, Invitation.event_id == self.event.id)
        ).one()

    def _company(self, place: int, story: Story, *, invitation: Invitation) -> None:
        minute = place * 7 % 60
        send = send_to_nowhere if story.bounced else invitations.send
        self._at(4, 9, minute, do=partial(send, invitation))
        if story.opened:
            self._at(story.opened, 11, minute, do=partial(invitations.mark_opened, invitation))
        if story.sent_again:
            self._at(story.sent_again, 10, minute, do=partial(invitations.send, invitation))
        if story.keeps_open:
            keep = partial(invitations.keep_open, invitation, date(2017, 10, 20))
            self._at(11, 16, minute, do=keep)
        if story.declines is not None:
            decline = partial(invitations.decline, invitation, reason=story.declines)
            self._at(story.answered or 10, 14, minute, do=decline)
            return
        self._answer(story, minute, invitation=invitation)

    def _answer(self, story: Story, minute: int, *, invitation: Invitation) -> None:
        if story.answered is None:
            self._at(18, 9, minute, do=partial(write_to_new_address, invitation))
        day = story.answered or 19
        self._at(day, 13, minute, do=partial(answers.accept, invitation))
        self._at(day, 13, minute, do=partial(consenting.answer_coordinator, invitation))
        if story.one_stays_on_duty:
            self._at(day, 13, minute, do=partial(answers.wish_one_on_duty, invitation, True))
        for order, seat in enumerate(story.seats):
            self._seat(
                seat, october(day, 13, minute) + timedelta(minutes=3 * order + 2), invitation=invitation
            )
        if story.together:
            stay = partial(waitlists.stay_together, invitation, seats.runs(self.event)[1], together=True)
            self._at(day, 14, minute, do=stay)
        if story.substitutes:
            who = self.colleagues.next(invitation)[1]
            self._at(12, 17, minute, do=partial(replace_last, invitation, who))
        for order, seat in enumerate(story.later):
            self._seat(
                seat, october(20, 13, minute) + timedelta(minutes=3 * order + 2), invitation=invitation
            )
        self._at(24, 18, minute, do=partial(finish_all, invitation))

    def _seat(self, seat: Seat, moment: datetime, *, invitation: Invitation) -> None:
        if seat.coordinator:
            number, who = -1, themselves(invitation)
        else:
            number, who = self.colleagues.next(invitation)
        made: list[Registration] = []
        self.steps.append((moment, lambda: made.append(take_seat(invitation, seat, who=who))))
        if seat.done:
            diet = Diet(DIETS.get(number, ""))
            self.steps.append((moment + timedelta(hours=4), lambda: finish(made[0], diet)))

    def _at(self, day: int, hour: int, minute: int, *, do: Callable[[], object]) -> None:
        self.steps.append((october(day, hour, minute), do))


def october(day: int, hour: int, minute: int) -> datetime:
    """A moment of October 2017 in Seoul."""
    return datetime(2017, 10, day, hour, minute, tzinfo=SEOUL)


def take_seat(invitation: Invitation, seat: Seat, *, who: Colleague) -> Registration:
    """A colleague on a seat, and in the smaller tour group of the run."""
    run = seats.runs(invitation.event)[seat.run - 1] if seat.run else None
    journal.acting_as(f"coordinator {invitation.id}")  # colleagues read who named them
    registration = registrations.register(invitation, who, event_session=run, or_wait=True)
    journal.acting_as("demo")
    if registration.status == RegistrationStatus.REGISTERED:
        join_tour(registration)
    return registration


def offer_first(event: Event) -> None:
    """One of the seats that came back goes to the company that stands first."""
    seat_offers.offer(seat_offers.wishes(event)[0], 1, expires_on=date(2017, 10, 16))


def hand_out(event: Event) -> None:
    """The first lists go to the hotel, the bus company and the kitchen."""
    for run, kind in product(seats.runs(event), Kind):
        lines = run_lists.of(run, kind)
        told = {(line.registration_id, line.person_id): line.told or {} for line in lines}
        printouts.keep(run, kind, way=Way.PAPER, lines=told, by=staff.by_email("seojin@host.example"))


def join_tour(registration: Registration) -> None:
    """Walk with the group that has fewer people."""
    groups = [
        item
        for item in publications.rows(registration.event_session)
        if item.group_number is not None and item.places is not None
    ]
    if groups:
        smaller: AgendaItem = min(groups, key=lambda item: (item_places.taken(item), item.group_number))
        sign_ups.sign_up(registration, smaller)


def finish(registration: Registration, diet: Diet) -> None:
    """The colleague's own part."""
    attendee = attendees.living(registration)
    if attendee is not None and registration.event_session_id is not None:
        attendees.mark_opened(attendee)
        attendees.confirm(attendee, diet=diet)
        if attendee.id % 3:  # every third one will know later
            travel.save(attendee, journey(registration))
        asking.answer(attendee)
        consenting.answer(attendee.person, attendee.registration.invitation.event)


def journey(registration: Registration) -> travel.Plans:
    """One of the flights of the two days, with the bus."""
    run, early = registration.event_session, registration.id % 2
    return travel.Plans(
        arrives_at=datetime.combine(run.starts_on, time(8 - early, 25), SEOUL),
        flight_in=f"KE12{registration.id % 40 + 10}",
        shuttle_in=True,
        departs_at=datetime.combine(run.ends_on, time(15 + early, 40), SEOUL),
        flight_out=f"KE12{registration.id % 40 + 11}",
        shuttle_out=True,
        room=Room.TWIN if early else Room.ANY,
        on_call=registration.id % 7 == 0,
    )


def finish_all(invitation: Invitation) -> None:
    """By the end of October everybody chose a run and finished their part."""
    for registration in registrations.live(invitation):
        if registration.event_session_id is None:
            room = max(seats.runs(invitation.event), key=seats.free)
            registrations.choose_run(registration, room)
            join_tour(registration)
        attendee = attendees.require(registration)
        if attendee.confirmed_at is None:
            finish(registration, Diet(attendee.diet))


def replace_last(invitation: Invitation, who: Colleague) -> None:
    """The colleague on the last seat cannot come; another takes it."""
    registrations.substitute(registrations.live(invitation)[-1], who)


def send_to_nowhere(invitation: Invitation) -> None:
    """The far end says that this address does not exist."""
    invitations.send(invitation)
    attempt = messages.lease_next()
    if attempt is not None:
        messages.finish(attempt, outcome=MessageStatus.FAILED, detail=RETURNED)


def write_to_new_address(invitation: Invitation) -> None:
    """A call helped: the right address, and the letter once more."""
    message = latest_letter(invitation)
    if message.status == MessageStatus.FAILED:
        messages.send_again(message, email=f"new.{invitation.coordinator.email}")


def latest_letter(invitation: Invitation) -> Message:
    """The newest invitation letter."""
    return db.session.scalars(
        select(Message)
        .where(Message.purpose == "invitation", Message.subject_id == invitation.id)
        .order_by(Message.id.desc())
    ).first()  # type: ignore[return-value]
