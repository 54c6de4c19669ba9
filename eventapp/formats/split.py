"""Splitting people over runs: the task, the best answer, and why each person is where they are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("split_child.py")
SECONDS = 60


@dataclass(frozen=True)
class Seeker:
    """Somebody without a run. runs: those they may choose; wish: one of them, or None where any is fine."""

    key: int
    company: int
    field: int
    runs: tuple[int, ...]
    wish: int | None = None


@dataclass(frozen=True)
class Task:
    """Who seeks a run, what is free in each, and who holds a place already, by (company or field, run).

    together: companies whose people want one run; apart: those of whom one stays at home.
    """

    free: Mapping[int, int]
    seekers: tuple[Seeker, ...]
    held_by_company: Mapping[tuple[int, int], int]
    held_by_field: Mapping[tuple[int, int], int]
    held: Mapping[int, int]
    together: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


class NoAnswer(Exception):
    """The solver did not finish in its time."""


def best(task: Task) -> dict[int, int | None]:
    """The run of each seeker, None where no place is left; the same answer for the same task."""
    runs = sorted(task.free)
    seekers = sorted(task.seekers, key=lambda one: one.key)
    if not seekers:
        return {}
    asked = json.dumps(as_numbers(task, runs, seekers=seekers))
    try:
        answer = subprocess.run(
            [sys.executable, "-I", str(CHILD)], input=asked, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as problem:
        raise NoAnswer() from problem
    if answer.returncode:
        raise NoAnswer(answer.stderr[-200:])
    chosen = json.loads(answer.stdout.splitlines()[-1])["chosen"]
    return {one.key: None if run is None else runs[run] for one, run in zip(seekers, chosen, strict=True)}


def as_numbers(task: Task, runs: list[int], *, seekers: list[Seeker]) -> dict[str, Any]:
    """The task as the solver takes it: runs counted from 0."""
    place = {run: number for number, run in enumerate(runs)}
    companies = sorted({one.company for one in seekers} & (task.together | task.apart))
    fields = sorted({one.field for one in seekers})
    return {
        "free": [task.free[run] for run in runs],
        "held": [task.held.get(run, 0) for run in runs],
        "people": [
            {
                "company": str(one.company),
                "field": str(one.field),
                "runs": [place[run] for run in one.runs],
                "wish": None if one.wish is None else place[one.wish],
            }
            for one in seekers
        ],
        "companies": {
            str(company): {
                "held": [task.held_by_company.get((company, run), 0) for run in runs],
                "together": company in task.together,
                "apart": company in task.apart,
            }
            for company in companies
        },
        "fields": {str(field): [task.held_by_field.get((field, run), 0) for run in runs] for field in fields},
    }


def reason(task: Task, chosen: Mapping[int, int | None], *, of: Seeker) -> str:
    """Why somebody is where they are, as a word of models.plan.Why.

    A wish that is missed is missed because its run is full or because it would break the company's wish: where
    neither is so, moving this one person would be better, and the answer was not the best.
    """
    run = chosen[of.key]
    if run is None:
        return "no place"
    if of.company in task.together and len(_runs_of(task, chosen, company=of.company)) > 1:
        return "apart"
    if of.company in task.apart and _all_at_once(task, chosen, company=of.company):
        return "at once"
    if of.wish == run:
        return "wished"
    if len(of.runs) == 1:
        return "only"
    if of.wish is None:
        return "either" if any(_left(task, chosen, run=one) for one in of.runs if one != run) else "full"
    moved = {**chosen, of.key: of.wish}
    if of.company in task.together and len(_runs_of(task, moved, company=of.company)) > 1:
        return "together"
    if of.company in task.apart and _all_at_once(task, moved, company=of.company):
        return "duty"
    return "full"


def _left(task: Task, chosen: Mapping[int, int | None], *, run: int) -> int:
    """Places of a run that the split leaves free."""
    return task.free[run] - sum(one == run for one in chosen.values())


def _runs_of(task: Task, chosen: Mapping[int, int | None], *, company: int) -> Counter[int]:
    """How many of a company are in each run."""
    found = Counter({run: count for (one, run), count in task.held_by_company.items() if one == company})
    found.update(
        run for one in task.seekers if one.company == company and (run := chosen[one.key]) is not None
    )
    return +found


def _all_at_once(task: Task, chosen: Mapping[int, int | None], *, company: int) -> bool:
    there = _runs_of(task, chosen, company=company)
    everybody = sum(one.company == company for one in task.seekers) + sum(
        count for (one, _run), count in task.held_by_company.items() if one == company
    )
    return everybody > 1 and len(there) == 1 and sum(there.values()) == everybody
