"""Any order of writing, copying, publishing, going back and signing up: nothing published is an error, and who reads
something else is told, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from cast import a_registration, an_event, an_invitation, at, attendee_of
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from proofs.places_tables import empty_tables
from sqlalchemy import select

from eventapp.db import db
from eventapp.errors import Missing, RuleBroken
from eventapp.models.agenda import AgendaItem, Publication, SignUp
from eventapp.models.event import Event
from eventapp.models.message import Message, Purpose
from eventapp.models.presenting import Speaker
from eventapp.models.programme import Kind, Published
from eventapp.models.registration import Registration
from eventapp.reports import audit
from eventapp.rules import (
    agenda_copies,
    agenda_items,
    journal,
    publications,
    seats,
    sign_ups,
    working_copies,
)
from eventapp.rules.agenda_items import Draft

pytestmark = [pytest.mark.both, pytest.mark.slow, pytest.mark.usefixtures("clock")]
SKY = Speaker(name_ko="김하늘")
DRAFTS = st.builds(
    lambda start, length, room, speaker, group, places: Draft(
        kind=Kind.TOUR,
        title_ko="순서",
        starts_at=at("2017-11-09 10:00") + timedelta(minutes=30 * start),
        ends_at=at("2017-11-09 10:00") + timedelta(minutes=30 * (start + length)),
        room_ko=room,
        speakers=speaker,
        group_number=group,
        places=places,
    ),
    st.integers(0, 5),
    st.integers(1, 3),
    st.sampled_from(["", "멀티홀", "로비"]),
    st.sampled_from(
        [(), (SKY,), (Speaker(name_ko="이바다", title_ko="이사"), replace(SKY, title_ko="팀장"))]
    ),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 2]),
)
WHICH = st.integers(0, 9)


def test_what_is_published_never_holds_an_error(app: Flask, request: pytest.FixtureRequest):
    examples, steps = (1000, 60) if request.config.getoption("--full") else (20, 30)
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
        self.people = [a_registration(an_invitation(event)).id for _ in range(3)]
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

    @rule(draft=DRAFTS)
    def add(self, draft: Draft) -> None:
        working_copies.add(self.event, [(seats.runs(self.event)[0], draft)])

    @rule(which=WHICH, draft=DRAFTS)
    def change(self, which: int, draft: Draft) -> None:
        if uid := self.some_uid(which):
            may(lambda: working_copies.change(self.event, uid, draft=draft))

    @rule(which=WHICH)
    def hide(self, which: int) -> None:
        if uid := self.some_uid(which):
            item = next(one for one in working_copies.of(self.event).items() if one.uid == uid)
            kept = Draft(**{name: getattr(item, name) for name in agenda_items.WRITTEN})
            may(
                lambda: working_copies.change(
                    self.event, uid, draft=replace(kept, internal=not kept.internal)
                )
            )

    @rule(which=WHICH)
    def remove(self, which: int) -> None:
        if uid := self.some_uid(which):
            working_copies.remove(self.event, uid)

    @rule(back=st.booleans())
    def walk(self, back: bool) -> None:
        step = working_copies.undo if back else working_copies.redo
        may(lambda: step(self.event, seen=working_copies.of(self.event).version))

    @rule(which=WHICH, back=st.booleans(), move=st.booleans(), follow=st.booleans())
    def take(self, which: int, back: bool, move: bool, follow: bool) -> None:
        """An item to the other run, or one of its back."""
        runs = seats.runs(self.event)
        to = runs[0] if back else runs[1]
        if uid := self.some_uid(which):
            may(lambda: agenda_copies.take(self.event, [uid], to=to, move=move, follow=follow))

    @rule(letters=st.booleans())
    def publish(self, letters: bool) -> None:
        before, written_to = self.read_by_each(), self.written_to()
        try:
            made = publications.publish(self.event, letters=letters)
        except RuleBroken:
            db.session.rollback()
            return
        after = self.read_by_each(made.told.get("ended", {}))
        touched = {who for who in before if before[who] != after[who]}
        assert made.told["people"] == len(touched)
        assert self.written_to() - written_to <= touched
        if letters and made.number > 1:
            assert touched <= self.written_to()
        elif not letters:
            assert self.written_to() == written_to

    @rule(number=st.integers(1, 9))
    def go_back(self, number: int) -> None:
        may(lambda: publications.go_back(self.event, number))

    @rule(who=st.integers(0, 2), which=WHICH, wait=st.booleans(), instead=st.booleans())
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
        rows = publications.rows(seats.runs(self.event)[0])
        shown = {(row.uid, row.starts_at, row.ends_at, row.places) for row in rows if not row.internal}
        seen = found.items(1) if found else []
        wanted = {(one.uid, one.starts_at, one.ends_at, one.places) for one in seen}
        assert shown == wanted

    @invariant()
    def nobody_is_in_two_places_and_no_item_too_full(self) -> None:
        held: dict[int, list[AgendaItem]] = {}
        rows = db.session.execute(
            select(SignUp.registration_id, AgendaItem)
            .join(AgendaItem, AgendaItem.id == SignUp.agenda_item_id)
            .where(SignUp.queued_at.is_(None), AgendaItem.removed_at.is_(None))
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
            groups = {item.starts_at: item for item in items if item.group_number is not None}
            groups |= {
                item.starts_at: item for item in items if item.group_number is not None and item.uid in chosen
            }
            alone = [item for item in items if item.group_number is None]
            mine = [item for item in items if item.group_number is not None and item.uid in chosen] + [
                item for item in groups.values() if item.uid not in chosen
            ]
            words = sorted(
                (one.starts_at, one.ends_at, one.room_ko, one.speakers_in("ko")) for one in alone + mine
            )
            attendee = attendee_of(db.session.get_one(Registration, number))
            read[attendee.id] = (words, {item.uid for item in items if item.uid in chosen})
        return read

    def some_uid(self, which: int) -> str:
        items = working_copies.of(self.event).items()
        return items[which % len(items)].uid if items else ""


def together(one: Published, other: Published) -> bool:
    """Two groups that set out at the same time."""
    groups = {one.group_number, other.group_number}
    return one.starts_at == other.starts_at and None not in groups and len(groups) == 2


def may(do: Callable[[], object]) -> None:
    """Whatever the rules refuse is not done."""
    try:
        do()
    except (RuleBroken, Missing):
        db.session.rollback()
