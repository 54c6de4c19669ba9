"""The ladder: how far each company has come, and who would be glad of a call today."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from eventapp.clock import now
from eventapp.formats import dates, hangul, phone
from eventapp.models.event import Event
from eventapp.models.invitation import Invitation
from eventapp.models.states import InvitationStatus, RegistrationStatus
from eventapp.reports import ladder_rows
from eventapp.reports.ladder_rows import Facts, Seat

SILENT = timedelta(days=7)
CALL_RESTS = timedelta(days=2)  # who was called is not called again the next day


class State(StrEnum):
    """Where a company stands."""

    DRAFT = "draft"
    SENT = "sent"
    UNOPENED = "unopened"
    UNREACHED = "unreached"
    WAITING = "waiting"
    THINKING = "thinking"
    NAMES = "names"
    NAMES_DUE = "names due"
    WAITLISTED = "waitlisted"
    CONFIRMING = "confirming"
    DONE = "done"
    DECLINED = "declined"
    REVOKED = "revoked"


class Group(StrEnum):
    """The parts of the list, in its order; none is better than another."""

    CALL = "call"
    DRAFT = "draft"
    ANSWER = "answer"
    NAMES = "names"
    CONFIRM = "confirm"
    DONE = "done"
    AWAY = "away"


STEPS = {
    State.SENT: 1, State.UNOPENED: 1, State.UNREACHED: 1, State.WAITING: 2, State.THINKING: 2, State.NAMES: 3,
    State.NAMES_DUE: 3, State.WAITLISTED: 4, State.CONFIRMING: 4, State.DONE: 5,
}  # fmt: skip
TROUBLE = (State.UNOPENED, State.UNREACHED, State.NAMES_DUE)
GROUPS = {
    State.DRAFT: Group.DRAFT, State.SENT: Group.ANSWER, State.UNOPENED: Group.ANSWER,
    State.UNREACHED: Group.ANSWER, State.WAITING: Group.ANSWER, State.THINKING: Group.ANSWER,
    State.NAMES: Group.NAMES, State.NAMES_DUE: Group.NAMES, State.WAITLISTED: Group.CONFIRM,
    State.CONFIRMING: Group.CONFIRM, State.DONE: Group.DONE, State.DECLINED: Group.AWAY,
    State.REVOKED: Group.AWAY,
}  # fmt: skip
DOTS = {
    RegistrationStatus.WAITLISTED: "waiting",
    RegistrationStatus.UNDECIDED: "half",
    RegistrationStatus.PENDING: "half",
}


@dataclass(frozen=True)
class News:
    """The last thing heard. kind: sent, sent again, opened, accepted, declined, named, confirmed, replaced, called."""

    kind: str
    at: datetime
    count: int = 1


@dataclass
class Line:
    """One company. step: 0 to 5 climbed; dots: one word of parts/dots for each seat."""

    invitation: Invitation
    seats: list[Seat]
    state: State
    step: int
    trouble: bool
    group: Group
    dots: list[str]
    runs: list[int]
    news: News | None
    silent_days: int
    due_on: date | None
    arrived: int
    refused_letters: int = 0

    @property
    def done(self) -> int:
        """Seats whose attendee has finished."""
        return sum(seat.complete for seat in self.seats)

    @property
    def waiting(self) -> int:
        """Seats on the waitlist."""
        return sum(seat.status == RegistrationStatus.WAITLISTED for seat in self.seats)

    def fits(self, query: str) -> bool:
        """Whether the company or one of its people is meant; 초성 and the last four digits count too."""
        digits = query.strip()
        people = [(self.invitation.coordinator.name, self.invitation.coordinator.phone)]
        people += [(seat.name, seat.phone) for seat in self.seats]
        if len(digits) == 4 and digits.isascii() and digits.isdigit():
            return any(phone.last_four(number) == digits for _name, number in people)
        texts = (self.invitation.company.name, *(name for name, _number in people))
        return any(hangul.matches(query, text) for text in texts)


@dataclass
class Ladder:
    """Every line of the list, its parts in order, and the numbers above it."""

    lines: list[Line] = field(default_factory=list)

    @property
    def seats(self) -> int:
        """Seats still with the companies."""
        return sum(line.invitation.seats for line in self.lines if line.group != Group.AWAY)

    @property
    def done(self) -> int:
        """People who have finished."""
        return sum(line.done for line in self.lines)

    def of(self, group: Group) -> list[Line]:
        """The lines of one part."""
        return [line for line in self.lines if line.group == group]

    def groups(self, shown: Collection[Line]) -> list[tuple[Group, list[Line]]]:
        """The parts that have something to show."""
        chosen = {id(line) for line in shown}
        parts = ((group, [line for line in self.of(group) if id(line) in chosen]) for group in Group)
        return [(group, lines) for group, lines in parts if lines]

    def silent(self) -> list[Line]:
        """Companies that were written to more than a week ago and did not answer."""
        return [
            line
            for line in self.lines
            if line.state in (State.UNOPENED, State.WAITING) and line.silent_days >= SILENT.days
        ]


def of(event: Event, *, company_ids: Collection[int] | None = None) -> Ladder:
    """The Event's ladder; company_ids: only these. A fixed number of queries, whatever its length."""
    facts = ladder_rows.read(event, company_ids)
    moment = now()
    lines = [_line(invitation, facts, moment=moment) for invitation in facts.invitations]
    lines.sort(key=lambda line: (list(Group).index(line.group), *_urgency(line)))
    return Ladder(lines)


def _urgency(line: Line) -> tuple[object, ...]:
    """Inside a part: trouble first, then the longest silence, then by name."""
    waits = line.silent_days if line.group == Group.CALL else 0
    return (not line.trouble, -waits, line.step, hangul.sort_key(line.invitation.company.name))


def _line(invitation: Invitation, facts: Facts, *, moment: datetime) -> Line:
    seats = facts.seats.get(invitation.id, [])
    today = dates.local(moment, invitation.event.time_zone).date()
    due_on = _due_on(invitation, seats, facts)
    unreached = facts.failed(invitation, seats)
    state = _state(invitation, seats, moment=moment, due_on=due_on, today=today, unreached=bool(unreached))
    last = invitation.opened_at or facts.last_sent_at(invitation) or invitation.sent_at or moment
    line = Line(
        invitation=invitation,
        seats=seats,
        state=state,
        step=max(STEPS.get(state, 0), _climbed(invitation, seats) if state == State.UNREACHED else 0),
        trouble=state in TROUBLE,
        group=GROUPS[state],
        dots=_dots(invitation, seats, state),
        runs=sorted({seat.run for seat in seats if seat.run}),
        news=_news(invitation, seats, facts),
        silent_days=(moment - last).days,
        due_on=due_on,
        arrived=facts.arrived.get(invitation.id, 0),
        refused_letters=unreached,
    )
    called_at = facts.called_at.get(invitation.id)
    rests = called_at is not None and moment - called_at < CALL_RESTS
    if _wants_a_call(line, today) and not rests:
        line.group = Group.CALL
    return line


def _state(
    invitation: Invitation,
    seats: list[Seat],
    *,
    moment: datetime,
    due_on: date | None,
    today: date,
    unreached: bool,
) -> State:
    plain = {
        InvitationStatus.DRAFT: State.DRAFT,
        InvitationStatus.DECLINED: State.DECLINED,
        InvitationStatus.REVOKED: State.REVOKED,
    }
    if invitation.status in plain:
        return plain[InvitationStatus(invitation.status)]
    if unreached:
        return State.UNREACHED
    if invitation.status == InvitationStatus.SENT:
        return _unanswered(invitation, moment=moment)
    if any(seat.status == RegistrationStatus.WAITLISTED for seat in seats):
        return State.WAITLISTED
    if len(seats) < invitation.seats:
        return State.NAMES_DUE if due_on and due_on <= today + timedelta(days=1) else State.NAMES
    return State.DONE if all(seat.complete for seat in seats) else State.CONFIRMING


def _unanswered(invitation: Invitation, *, moment: datetime) -> State:
    if invitation.kept_open_until is not None:
        return State.THINKING
    if invitation.opened_at is not None:
        return State.WAITING
    long_ago = invitation.sent_at is not None and moment - invitation.sent_at >= SILENT
    return State.UNOPENED if long_ago else State.SENT


def _wants_a_call(line: Line, today: date) -> bool:
    nobody_answers = line.state != State.DRAFT and line.invitation.coordinator.erased_at is not None
    if line.trouble or line.state == State.WAITLISTED or (nobody_answers and line.group != Group.AWAY):
        return True
    if line.state == State.THINKING:
        kept = line.invitation.kept_open_until
        return kept is not None and kept <= today
    return line.state == State.WAITING and line.silent_days >= SILENT.days


def _climbed(invitation: Invitation, seats: list[Seat]) -> int:
    if invitation.status != InvitationStatus.ACCEPTED:
        return 1
    return 3 if len(seats) < invitation.seats else 4


def _due_on(invitation: Invitation, seats: list[Seat], facts: Facts) -> date | None:
    """Until when names may follow: the invitation's own day, else the earliest of the runs it comes to."""
    if invitation.expires_on is not None:
        return invitation.expires_on
    chosen = {seat.run for seat in seats if seat.run}
    days = [day for number, day in facts.names_due.items() if day and (not chosen or number in chosen)]
    return min(days, default=None)


def _dots(invitation: Invitation, seats: list[Seat], state: State) -> list[str]:
    if GROUPS[state] == Group.AWAY:
        return []
    named = [DOTS.get(RegistrationStatus(seat.status), "half") for seat in seats]
    named = ["arrived" if seat.complete else dot for seat, dot in zip(seats, named, strict=True)]
    return named + ["empty"] * (invitation.seats - len(named))


def _news(invitation: Invitation, seats: list[Seat], facts: Facts) -> News | None:
    """The newest of everything heard from a company; what happened on one day is counted together."""
    heard = [
        *_once("sent", [invitation.sent_at]),
        *_once("sent again", facts.sent_again(invitation)),
        *_once("opened", [invitation.opened_at]),
        *_once("named", [seat.named_at for seat in seats if not seat.replaced]),
        *_once("replaced", [seat.named_at for seat in seats if seat.replaced]),
        *_once("confirmed", [seat.confirmed_at for seat in seats]),
        *_once("called", [facts.called_at.get(invitation.id)]),
    ]
    answer = {InvitationStatus.ACCEPTED: "accepted", InvitationStatus.DECLINED: "declined"}
    if invitation.status in answer:
        heard += _once(answer[InvitationStatus(invitation.status)], [invitation.answered_at])
    return max(heard, key=lambda news: (news.at, news.kind != "accepted"), default=None)


def _once(kind: str, moments: Iterable[datetime | None]) -> list[News]:
    """One piece of news for the last day on which it happened."""
    found = sorted(moment for moment in moments if moment is not None)
    if not found:
        return []
    return [News(kind, found[-1], sum(found[-1] - moment < timedelta(hours=18) for moment in found))]
