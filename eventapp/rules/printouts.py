"""Printouts: a list leaves the desk, and what stood on it is kept, so that later changes can be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.models.event_session import EventSession
from eventapp.models.printout import Kind, Printout, PrintoutLine, Way
from eventapp.models.staff import Staff
from eventapp.rules import journal

KEPT = 2  # the last, and the one before it: what a sheet of changes compares


def keep(
    run: EventSession,
    kind: Kind,
    *,
    way: Way,
    lines: Mapping[tuple[int, int], dict[str, Any]],
    by: Staff | None = None,
) -> Printout:
    """Remember what is handed out now; older ones keep their day and lose what stood on them.

    lines: by (registration, person). The journal says who took whose data.
    """
    with db.writing():
        db.lock(run)
        printout = Printout(
            event_session_id=run.id, kind=kind, way=way, printed_at=now(), staff_id=by.id if by else None
        )
        db.session.add(printout)
        db.session.flush()
        for (registration_id, person_id), told in lines.items():
            db.session.add(
                PrintoutLine(
                    printout_id=printout.id, registration_id=registration_id, person_id=person_id, told=told
                )
            )
        older = [one.id for one in of_run(run, kind)[KEPT:]]
        db.session.execute(delete(PrintoutLine).where(PrintoutLine.printout_id.in_(older)))
        journal.record(
            "list printed",
            printout,
            event_id=run.event_id,
            kind=kind,
            way=way,
            run=run.number,
            person_ids=sorted(person_id for _registration_id, person_id in lines),
        )
    return printout


def of_run(run: EventSession, kind: Kind) -> list[Printout]:
    """Every time this list left the desk, newest first."""
    return list(
        db.session.scalars(
            select(Printout)
            .where(Printout.event_session_id == run.id, Printout.kind == kind)
            .order_by(Printout.id.desc())
        )
    )


def before(printout: Printout) -> Printout | None:
    """The one that the same people got before."""
    return db.session.scalar(
        select(Printout)
        .where(
            Printout.event_session_id == printout.event_session_id,
            Printout.kind == printout.kind,
            Printout.id < printout.id,
        )
        .order_by(Printout.id.desc())
        .limit(1)
    )
