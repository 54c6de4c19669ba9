"""Any order of writing, copying, splitting, publishing, being late, going back and signing up: nothing published is an error, and who reads
something else is told, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from cast import OH, a_colleague, a_registration, an_event, an_invitation, at, attendee_of, run
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from proofs.agenda_model import BEGINNING, DRAFTS, may, read_in, together, written
from proofs.places_tables import empty_tables
from sqlalchemy import select

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.models.agenda import AgendaItem, Publication, SignUp
from eventapp.models.event import Event
from eventapp.models.message import Message, Purpose
from eventapp.models.registration import Registration
from eventapp.reports import audit
from eventapp.rules import (
    agenda_copies,
    agenda_groups,
    agenda_items,
    delays,
    journal,
    materials,
    publications,
    seats,
    sign_ups,
    working_copies,
)
from eventapp.rules.agenda_items import Draft

pytestmark = [pytest.mark.both, pytest.mark.slow, pytest.mark.usefixtures("clock")]
WHICH = st.integers(0, 9)
# Drawn by weight in one rule: several rules would be left out of most examples, and what is left does little.
DEEDS = {
    "add": {"draft": DRAFTS},
    "change": {"which": WHICH, "draft": DRAFTS},
    "hide": {"which": WHICH},
    "remove": {"which": WHICH},
    "walk": {"back": st.booleans()},
    "take": {"which": WHICH, "back": st.booleans(), "move": st.booleans(), "follow": st.booleans()},
    "hand_out": {"which": WHICH, "number": st.integers(1, 2)},
    "split": {"which": WHICH},
    "be_late": {"half_hours": st.integers(0, 6)},
    "publish": {"letters": st.booleans()},
    "go_back": {"number": st.integers(1, 9), "letters": st.booleans()},
    "sign_up": {"who": st.integers(0, 2), "which": WHICH, "wait": st.booleans(), "instead": st.booleans()},
}
OFTEN = [*DEEDS, *("publish", "sign_up", "remove") * 2]


def test_what_is_published_never_holds_an_error(app: Flask, request: pytest.FixtureRequest):
    examples, steps = (1000, 60) if request.config.getoption("--full") else (5, 50)
    run_state_machine_as_test(
        lambda: Desk(app),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if request.config.getoption("--full") else [])],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class Desk(RuleBasedStateMachine):
    """One run that is written, and three people who choose among what is published."""

    def __init__(self, app: Flask):
        super().__init__()
        self.context = app.app_context()
        self.context.push()
        empty_tables()
        event = an_event()
        self.event_id = event.id
        people = [OH, a_colleague(), a_colleague(language="en")]
        self.people = [a_registration(an_invitation(event), one).id for one in people]
        self.was_late = False
        first = working_copies.add(event, [(run(event, 1), one) for one in BEGINNING])
        agenda_copies.take(event, [one.uid for one in first], to=run(event, 2), follow=True)
        publications.publish(event)
        self.pictures: dict[int, list[dict]] = {}

    def teardown(self) -> None:
        journal.seal()
        broken = audit.broken()
        db.session.remove()
        self.context.pop()
        assert broken == []

    @property
    def event(self) -> Event:
        return db.session.get_one(Event, self.event_id)

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        deed = data.draw(st.sampled_from(OFTEN))
        getattr(self, deed)(**{name: data.draw(one) for name, one in DEEDS[deed].items()})

    def add(self, draft: Draft) -> None:
        working_copies.add(self.event, [(seats.runs(self.event)[0], draft)])

    def change(self, which: int, draft: Draft) -> None:
        if uid := self.some_uid(which):
            may(lambda: working_copies.change(self.event, uid, draft=draft))

    def hide(self, which: int) -> None:
        if uid := self.some_uid(which):
            item = next(one for one in working_copies.of(self.event).items() if one.uid == uid)
            kept = Draft(**{name: getattr(item, name) for name in agenda_items.WRITTEN})
            may(
                lambda: working_copies.change(
                    self.event, uid, draft=replace(kept, internal=not kept.internal)
                )
            )

    def remove(self, which: int) -> None:
        if uid := self.some_uid(which):
            working_copies.remove(self.event, uid)

    def walk(self, back: bool) -> None:
        step = working_copies.undo if back else working_copies.redo
        may(lambda: step(self.event, seen=working_copies.of(self.event).version))

    def take(self, which: int, back: bool, move: bool, follow: bool) -> None:
        """An item to the other run, or one of its back."""
        runs = seats.runs(self.event)
        to = runs[0] if back else runs[1]
        if uid := self.some_uid(which):
            may(lambda: agenda_copies.take(self.event, [uid], to=to, move=move, follow=follow))

    def hand_out(self, which: int, number: int) -> None:
        """An address beside an item, or it is taken away again."""
        if uid := self.some_uid(which):
            url = f"https://host.example/{number}"
            [item] = [one for one in working_copies.of(self.event).items() if one.uid == uid]
            if url in [one.url for one in item.materials]:
                materials.remove(self.event, uid, what=url)
            else:
                may(lambda: materials.add(self.event, uid, titles=(f"자료 {number}", ""), url=url))

    def split(self, which: int) -> None:
        if uid := self.some_uid(which):
            may(lambda: agenda_groups.split(self.event, uid, groups=2))

    def be_late(self, half_hours: int) -> None:
        """What was alike in the working copy and to partners is alike afterwards: no publication takes it back."""
        seen = publications.latest(self.event)
        if seen is None:
            return
        alike = self.times_as_published()
        with standing_at(at("2017-11-09 10:15") + timedelta(minutes=30 * half_hours)):
            made = self.told_rightly(
                lambda: delays.slide(seats.runs(self.event)[0], seen=seen.number), letters=True
            )
        if made is not None:
            self.was_late = True
            assert alike <= self.times_as_published()

    def publish(self, letters: bool) -> None:
        self.told_rightly(lambda: publications.publish(self.event, letters=letters), letters=letters)

    def go_back(self, number: int, letters: bool) -> None:
        self.told_rightly(lambda: publications.go_back(self.event, number, letters=letters), letters=letters)

    def told_rightly(self, put_out: Callable[[], Publication], *, letters: bool) -> Publication | None:
        """Whoever reads something else is told, nobody else; None where it was refused."""
        before, written_to = self.read_by_each(), self.written_to()
        try:
            made = put_out()
        except (RuleBroken, Missing):
            db.session.rollback()
            return None
        after = self.read_by_each(made.told.get("ended", {}))
        touched = {who for who in before if before[who] != after[who]}
        assert made.told["people"] == len(touched)
        assert self.written_to() - written_to <= touched
        if letters and made.number > 1:
            assert touched <= self.written_to()
        elif not letters:
            assert self.written_to() == written_to
        return made

    def sign_up(self, who: int, which: int, wait: bool, instead: bool) -> None:
        rows = publications.rows(seats.runs(self.event)[0])
        if rows:
            person = db.session.get_one(Registration, self.people[who])
            item = rows[which % len(rows)]
            may(lambda: sign_ups.sign_up(person, item, or_wait=wait, instead=instead))

    @invariant()
    def nothing_published_is_in_the_way_of_anything_else(self) -> None:
        db.session.rollback()
        found = publications.latest(self.event)
        for one, other in combinations(found.items() if found else [], 2):
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                assert together(one, other) or not one.room_ko or one.room_ko != other.room_ko
                assert not all("김하늘" in item.speakers_in("ko") for item in (one, other))

    @invariant()
    def the_rows_are_what_is_published(self) -> None:
        found = publications.latest(self.event)
        for one in seats.runs(self.event):
            rows = [row for row in publications.rows(one) if not row.internal]
            assert {row.uid: written(row) for row in rows} == {
                item.uid: written(item) for item in (found.items(one.number) if found else [])
            }

    @invariant()
    def what_follows_is_like_what_it_follows(self) -> None:
        items = {item.uid: item for item in working_copies.of(self.event).items()}
        for item in items.values():
            if item.follows:
                leader = items[item.follows]
                assert (leader.run, leader.follows) == (1, "")
                assert written(item)[2:] == written(leader)[2:]
                assert self.was_late or item.starts_at - leader.starts_at == timedelta(days=7)

    @invariant()
    def nobody_is_in_two_places_and_no_item_too_full(self) -> None:
        held: dict[int, list[AgendaItem]] = {}
        rows = db.session.execute(
            select(SignUp.registration_id, AgendaItem)
            .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
            .where(
                SignUp.queued_at.is_(None), AgendaItem.removed_at.is_(None), AgendaItem.internal.is_(False)
            )
        )
        counts: dict[int, int] = {}
        for who, item in rows:
            held.setdefault(who, []).append(item)
            counts[item.id] = counts.get(item.id, 0) + 1
            assert item.places is None or counts[item.id] <= item.places
        for items in held.values():
            for one, other in combinations(items, 2):
                assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at

    @invariant()
    def what_was_published_stays_as_it_was(self) -> None:
        for one in db.session.scalars(select(Publication)):
            assert self.pictures.setdefault(one.number, one.snapshot) == one.snapshot

    def written_to(self) -> set[int]:
        found = select(Message.subject_id).where(Message.purpose == Purpose.AGENDA_CHANGED)
        return set(db.session.scalars(found))

    def read_by_each(self, ended: dict[str, list[int]] | None = None) -> dict[int, tuple]:
        """What each person reads of run 1, and which of what they chose is there: of groups the chosen one or any."""
        db.session.rollback()
        latest = publications.latest(self.event)
        read = {}
        for number in self.people:
            chosen = {uid for uid, ids in (ended or {}).items() if number in ids} | set(
                db.session.scalars(
                    select(AgendaItem.uid)
                    .join(SignUp, SignUp.agenda_item_id == AgendaItem.id)
                    .where(SignUp.registration_id == number, SignUp.queued_at.is_(None))
                )
            )
            items = latest.items(1) if latest else []
            groups = {item.starts_at: item for item in reversed(items) if item.group_number is not None}
            groups |= {
                item.starts_at: item for item in items if item.group_number is not None and item.uid in chosen
            }
            alone = [item for item in items if item.group_number is None]
            mine = [item for item in items if item.group_number is not None and item.uid in chosen] + [
                item for item in groups.values() if item.uid not in chosen
            ]
            attendee = attendee_of(db.session.get_one(Registration, number))
            words = sorted(read_in(attendee.person.language, one) for one in alone + mine)
            read[attendee.id] = (words, {item.uid for item in items if item.uid in chosen})
        return read

    def times_as_published(self) -> set[str]:
        """The uids of what stands at the same hours in the working copy and to partners."""
        latest = publications.latest(self.event)
        seen = {item.uid: written(item)[:2] for item in (latest.items() if latest else [])}
        copy = working_copies.of(self.event).items()
        return {item.uid for item in copy if seen.get(item.uid) == written(item)[:2]}

    def some_uid(self, which: int) -> str:
        items = working_copies.of(self.event).items()
        return items[which % len(items)].uid if items else ""
