"""What seats, places and queues must look like, kept in plain lists beside the database: the machine's oracle."""

from __future__ import annotations

from dataclasses import dataclass, field


class Refused(Exception):
    """The rules have to refuse this."""


@dataclass
class Place:
    """One Registration in use: its place, and whether that waits for a yes."""

    company: int
    run: int | None = None
    pending: bool = False


@dataclass
class Queued:
    """A party in a queue."""

    company: int
    members: list[int]
    together: bool = False


@dataclass
class Places:
    """Two runs, some companies. promoted: whom a letter told of a place, each time. pool: seats given back.

    closed: runs whose day for names has passed; wants_approval: a new place waits for a yes.
    """

    capacity: dict[int, int]
    seats: dict[int, int]
    places: dict[int, Place] = field(default_factory=dict)
    queues: dict[int, list[Queued]] = field(default_factory=lambda: {1: [], 2: []})
    promoted: list[int] = field(default_factory=list)
    pool: int = 0
    closed: set[int] = field(default_factory=set)
    wants_approval: bool = False

    def free(self, run: int) -> int:
        return self.capacity[run] - sum(place.run == run for place in self.places.values())

    def offered(self, run: int) -> bool:
        return not self.queues[run] and self.free(run) > 0

    def waits(self, who: int) -> int | None:
        return next((run for run, queue in self.queues.items() for one in queue if who in one.members), None)

    def state(self, who: int) -> str:
        if self.places[who].run is not None:
            return "pending" if self.places[who].pending else "registered"
        return "undecided" if self.waits(who) is None else "waitlisted"

    def of(self, company: int) -> list[int]:
        return [who for who, place in self.places.items() if place.company == company]

    def register(self, who: int, company: int, *, run: int | None, or_wait: bool) -> None:
        if len(self.of(company)) >= self.seats[company]:
            raise Refused
        if run is not None and not self.offered(run) and not or_wait:
            raise Refused
        self.places[who] = Place(company)
        if run is not None:
            self._sit_or_wait(who, run)

    def choose(self, who: int, run: int) -> None:
        if self.places[who].run is not None or not self.offered(run):
            raise Refused
        self._sit_or_wait(who, run)
        self.promote()

    def move(self, who: int, run: int) -> None:
        if self.places[who].run is None:
            raise Refused
        if self.places[who].run != run:
            self._require_names(self.places[who].run, run)
            self.move_late(who, run)
        self.promote()

    def move_late(self, who: int, run: int) -> None:
        if self.places[who].run in (None, run) or not self.offered(run):
            raise Refused
        self._sit_or_wait(who, run)
        self.promote()

    def substitute(self, who: int) -> None:
        self._require_names(self.places[who].run or self.waits(who))
        self.places[who].pending |= self.wants_approval and self.places[who].run is not None

    def approve(self, who: int) -> None:
        if not self.places[who].pending:
            raise Refused
        self.places[who].pending = False

    def refuse(self, who: int) -> None:
        if not self.places[who].pending:
            raise Refused
        self.cancel(who)

    def want_approval(self, wanted: bool) -> None:
        switched_off, self.wants_approval = self.wants_approval and not wanted, wanted
        for place in self.places.values():
            place.pending &= not switched_off or place.run in self.closed

    def join(self, who: int, run: int) -> None:
        if self.places[who].run != run and self.waits(who) != run:
            if self.places[who].run is not None and self.offered(run):
                self._require_names(self.places[who].run, run)
            self._sit_or_wait(who, run)
        self.promote()

    def leave(self, who: int) -> None:
        self._dismiss(who)
        self.promote()

    def cancel(self, who: int) -> None:
        self._dismiss(who)
        del self.places[who]
        self.promote()

    def decline(self, company: int) -> None:
        for who in self.of(company):
            self._dismiss(who)
            del self.places[who]
        self.promote()

    def set_capacity(self, run: int, capacity: int) -> None:
        if capacity < self.capacity[run] - self.free(run):
            raise Refused
        self.capacity[run] = capacity
        self.promote()

    def set_seats(self, company: int, seats: int) -> None:
        if seats < len(self.of(company)):
            raise Refused
        self.seats[company] = seats

    def give_back(self, company: int, count: int) -> None:
        empty = self.seats[company] - len(self.of(company))
        if not 1 <= count <= min(empty, self.seats[company] - 1):
            raise Refused
        self.seats[company] -= count
        self.pool += count

    def take_from_pool(self, company: int, count: int) -> None:
        if count > self.pool:
            raise Refused
        self.pool -= count
        self.seats[company] += count

    def stay_together(self, company: int, run: int, *, together: bool) -> None:
        own = [one for one in self.queues[run] if one.company == company]
        if not own:
            raise Refused
        if together:
            for one in own[:-1]:
                self.queues[run].remove(one)
            own[-1].members = sorted(who for one in own for who in one.members)
            own = own[-1:]
        for one in own:
            one.together = together
        self.promote()

    def promote(self) -> None:
        """Give places in order until nobody at the head of a queue fits."""
        while any(self._give(run) for run in (1, 2)) or self._swap():
            pass

    def _give(self, run: int) -> bool:
        if not self.queues[run]:
            return False
        called = self._called(run)
        if self.free(run) < len(called):
            return False
        self._seat(called, run)
        return True

    def _swap(self) -> bool:
        """Those at the head of both queues hold what the other wants."""
        called = {run: self._called(run) for run in (1, 2)}
        for run, other in ((1, 2), (2, 1)):
            leaving = sum(self.places[who].run == run for who in called[other])
            if not called[run] or self.free(run) + leaving < len(called[run]):
                return False
        for run in (1, 2):
            self._seat(called[run], run)
        return True

    def _called(self, run: int) -> list[int]:
        if not self.queues[run]:
            return []
        first = self.queues[run][0]
        return first.members[:] if first.together else first.members[:1]

    def _seat(self, called: list[int], run: int) -> None:
        for who in called:
            self._dismiss(who)
            self._sit(who, run)
            self.promoted.append(who)

    def _require_names(self, *runs: int | None) -> None:
        if self.closed & set(runs):
            raise Refused

    def _sit(self, who: int, run: int) -> None:
        """A first place waits for a yes where that is wanted or names closed; another one leaves it as it was."""
        place = self.places[who]
        place.pending = self.wants_approval or run in self.closed if place.run is None else place.pending
        place.run = run

    def _sit_or_wait(self, who: int, run: int) -> None:
        offered = self.offered(run)
        self._dismiss(who)
        if offered:
            self._sit(who, run)
            return
        queue, company = self.queues[run], self.places[who].company
        if queue and queue[-1].company == company:
            queue[-1].members = sorted([*queue[-1].members, who])
        else:
            queue.append(Queued(company, [who]))

    def _dismiss(self, who: int) -> None:
        for queue in self.queues.values():
            for one in [one for one in queue if who in one.members]:
                one.members.remove(who)
                if not one.members:
                    queue.remove(one)
