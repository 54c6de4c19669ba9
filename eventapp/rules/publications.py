"""Publications: the numbered, unchanging pictures of the agenda that partners see; nothing else reaches them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing, RuleBroken, Stale
from eventapp.models.agenda import AgendaItem, Publication
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.message import Purpose
from eventapp.models.programme import Published, Shown
from eventapp.models.registration import Attendee
from eventapp.models.states import MessageStatus
from eventapp.models.working_copy import WorkingItem
from eventapp.rules import (
    agenda_clashes,
    agenda_items,
    clash_words,
    item_places,
    journal,
    messages,
    moved_items,
    own_programmes,
    rosters,
    seats,
    working_copies,
)
from eventapp.rules.agenda_clashes import Clash

_SHOWN = {field.name for field in fields(Shown)}


class PublishingRefused(RuleBroken):
    """Something clashes that no partner may be told."""

    code = "agenda-clashes"
    sentence = _l("This cannot be published yet: %(why)s")


@dataclass(frozen=True)
class Reach:
    """Whom a publication touches; items: how many people each change concerns, by uid."""

    attendees: list[Attendee] = field(default_factory=list)
    items: dict[str, int] = field(default_factory=dict)


# -- what everybody reads -----------------------------------------------------------------------------


def latest(event: Event) -> Publication | None:
    """The publication that partners see."""
    return next(iter(newest(event, limit=1)), None)


def newest(event: Event, limit: int = 8) -> list[Publication]:
    """The last publications, newest first."""
    return list(
        db.session.scalars(
            select(Publication)
            .where(Publication.event_id == event.id)
            .order_by(Publication.number.desc())
            .limit(limit)
        )
    )


def numbered(event: Event, number: int) -> Publication:
    """One of them. Raises Missing."""
    found = db.session.scalar(
        select(Publication).where(Publication.event_id == event.id, Publication.number == number)
    )
    if found is None:
        raise Missing()
    return found


def items_for(event_session: EventSession) -> list[Published]:
    """What partners see of one run now."""
    publication = latest(event_session.event)
    return publication.items(event_session.number) if publication else []


def rows(event_session: EventSession) -> list[AgendaItem]:
    """The run's items to sign up for, and those for the hosts alone, as they were published last."""
    return list(
        db.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.event_session_id == event_session.id, AgendaItem.removed_at.is_(None))
            .order_by(AgendaItem.starts_at, AgendaItem.ends_at, AgendaItem.group_number, AgendaItem.id)
        )
    )


# -- what organizers do -------------------------------------------------------------------------------


def publish(event: Event, *, by: str = "", letters: bool = False, seen: int | None = None) -> Publication:
    """Publish the working copy. letters: one to each person whose own days it changes.

    seen: the version that the organizer read; somebody else's later edit is not published unread. Raises Stale,
    PublishingRefused.
    """
    with db.writing():
        copy = working_copies.hold(event)
        if seen is not None and copy.version != seen:
            raise Stale()
        return put_out(event, copy.items(), by=by, letters=letters)


def go_back(event: Event, number: int, *, by: str = "", letters: bool = False) -> Publication:
    """What an earlier publication showed, as a new one; what is for the hosts alone stays. Raises Missing,
    PublishingRefused.

    What stood in the working copy is one step behind it.
    """
    with db.writing():
        copy = working_copies.hold(event)
        earlier = numbered(event, number)
        items = [WorkingItem.read(entry | {"internal": False, "version": 0}) for entry in earlier.snapshot]
        known = {item.uid for item in items}
        items += [item for item in copy.items() if item.internal and item.uid not in known]
        working_copies.put(event, items, by=by)
        return put_out(event, items, by=by, letters=letters, back_to=number)


def seen_by_partners(items: Sequence[WorkingItem]) -> list[WorkingItem]:
    """What of the working copy a publication would show."""
    return [item for item in items if not item.internal]


def clashes(event: Event, items: Sequence[Shown]) -> list[Clash]:
    """What would clash if these were published, errors first."""
    return agenda_clashes.among(items, runs=seats.runs(event), taken=agenda_clashes.held(event))


def since(event: Event, number: int) -> list[Publication]:
    """Those that came after that number, in order."""
    return list(
        db.session.scalars(
            select(Publication)
            .where(Publication.event_id == event.id, Publication.number > number)
            .order_by(Publication.number)
        )
    )


def reach(
    event: Event,
    *,
    before: Sequence[Shown],
    after: Sequence[Shown],
    ending: Mapping[str, Collection[int]] | None = None,
) -> Reach:
    """Whom it touches that these items take the place of those. ending: whose sign-ups end with it."""
    counts: Counter[str] = Counter()
    attendees = []
    for reader in own_programmes.readers(event, ending):
        found = own_programmes.touched(reader, before=before, after=after)
        counts.update(found)
        if found:
            attendees.append(reader.attendee)
    return Reach(attendees, dict(counts))


# -- inside -------------------------------------------------------------------------------------------


def put_out(
    event: Event, items: list[WorkingItem], *, by: str, letters: bool, back_to: int | None = None
) -> Publication:
    """These items as the next number, whatever stands in the working copy. Raises PublishingRefused.

    The Event is locked already; the runs and the items follow here.
    """
    runs = db.lock_all(seats.runs(event))
    before = latest(event)
    shown = seen_by_partners(items)
    _refuse_errors(clashes(event, shown), runs)
    ending = moved_items.ending(event, items)
    back = moved_items.coming_back(before, shown)
    waited = moved_items.end(items)
    _settle(runs, items)
    restored = moved_items.restore(back)
    reached = reach(event, before=before.items() if before else [], after=shown, ending=ending)
    publication = _picture(event, shown, before=before)
    publication.published_by, publication.back_to = by[:80], back_to
    for attendee in reached.attendees:
        rosters.mark(runs, attendee)
    sent = _write_to(reached.attendees, event, before=before) if letters and before else 0
    publication.told = {"people": len(reached.attendees), "letters": sent, "items": reached.items} | restored
    if ending:
        publication.told["ended"] = {uid: sorted(ids) for uid, ids in ending.items()}
        publication.told["waited"] = waited
    db.session.add(publication)
    db.session.flush()
    item_places.call_in(runs)
    journal.record("agenda published", publication, number=publication.number, letters=sent)
    return publication


def _refuse_errors(found: list[Clash], runs: list[EventSession]) -> None:
    """With the first of them in words, in the language of whoever will read it. Raises PublishingRefused."""
    errors = [clash for clash in found if clash.is_error]
    if errors:
        raise PublishingRefused(why=LazyString(lambda: _first(errors, runs)))


def _first(errors: list[Clash], runs: list[EventSession]) -> str:
    [one] = clash_words.say(errors[:1], runs, language=str(get_locale() or "ko")[:2])
    return f"{one.where}, {one.title}. {one.sentence}"


def _settle(runs: list[EventSession], items: list[WorkingItem]) -> None:
    """Sign-ups stand on rows: these follow what is published. A removed one stays, with its sign-ups."""
    by_number = {run.number: run for run in runs}
    found = db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.event_session_id.in_([run.id for run in runs]))
        .order_by(AgendaItem.id)
    )
    kept = {row.uid: row for row in found}
    for item in items:
        wanted = {name: getattr(item, name) for name in agenda_items.WRITTEN}
        row = kept.pop(item.uid, None)
        if row is None:
            db.session.add(AgendaItem(uid=item.uid, event_session_id=by_number[item.run].id, **wanted))
        elif row.removed_at is not None or any(getattr(row, name) != wanted[name] for name in wanted):
            db.lock(row)
            row.removed_at = None
            for name, value in wanted.items():
                setattr(row, name, value)
    for row in kept.values():
        if row.removed_at is None:
            db.lock(row)
            row.removed_at = now()
    db.session.flush()


def _picture(event: Event, items: Sequence[WorkingItem], *, before: Publication | None) -> Publication:
    """The next number; an item's sequence is the number of the publication before the one that changed it.

    So it rises with every change and never falls, even for an item that was away for a while.
    """
    number = before.number + 1 if before else 1
    known = {entry["uid"]: entry for entry in before.snapshot} if before else {}
    snapshot = [_entry(item, known.pop(item.uid, None), sequence=number - 1) for item in items]
    again = {entry["uid"] for entry in snapshot}
    gone = [entry for entry in before.gone if entry["uid"] not in again] if before else []
    gone += [_anew(entry, number - 1) for entry in known.values()]
    return Publication(event_id=event.id, number=number, published_at=now(), snapshot=snapshot, gone=gone)


def _entry(item: WorkingItem, before: dict[str, Any] | None, *, sequence: int) -> dict[str, Any]:
    entry = {name: value for name, value in item.entry().items() if name in _SHOWN}
    was = Published.read(before).entry() if before is not None else {}
    if before is not None and all(was.get(name) == value for name, value in entry.items()):
        return before
    return _anew(entry, sequence)


def _anew(entry: dict[str, Any], sequence: int) -> dict[str, Any]:
    return replace(
        Published.read(entry | {"sequence": 0, "changed_at": now().isoformat()}), sequence=sequence
    ).entry()


def _write_to(attendees: list[Attendee], event: Event, *, before: Publication) -> int:
    """One letter each. It says what is different from `before` on when it leaves, so one that waits is enough."""
    sent = 0
    for attendee in attendees:
        last = messages.last_for(Purpose.AGENDA_CHANGED, attendee.id)
        waits = last is not None and last.status == MessageStatus.QUEUED
        occasion = last.occasion if last and waits else str(before.number)
        queued = messages.queue(
            Purpose.AGENDA_CHANGED, attendee.person, event=event, subject_id=attendee.id, occasion=occasion
        )
        sent += queued is not None
    return sent
