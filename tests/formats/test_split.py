"""The split, beside every split there is: aims reached one after the other, wishes kept unless impossible."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventapp.formats import split, split_child
from eventapp.formats.split import Seeker, Task

RUNS = (11, 12)
COMPANIES = (1, 2, 3)
FIELD = {1: 1, 2: 1, 3: 2}


@st.composite
def tasks(draw) -> Task:
    """Up to five people of three companies in two fields, with some places held already."""
    seekers = []
    for key in range(draw(st.integers(1, 5))):
        company = draw(st.sampled_from(COMPANIES))
        runs = draw(st.sampled_from([RUNS, RUNS, RUNS, RUNS[:1], RUNS[1:]]))
        seekers.append(Seeker(key, company, FIELD[company], runs, draw(st.sampled_from([None, *runs]))))
    held = {(company, run): draw(st.integers(0, 2)) for company in COMPANIES for run in RUNS}
    by_field: Counter[tuple[int, int]] = Counter()
    total: Counter[int] = Counter()
    for (company, run), count in held.items():
        by_field[FIELD[company], run] += count
        total[run] += count
    wishes = {company: draw(st.sampled_from(["", "together", "apart"])) for company in COMPANIES}
    return Task(
        free={run: draw(st.integers(0, 4)) for run in RUNS},
        seekers=tuple(seekers),
        held_by_company=held,
        held_by_field=by_field,
        held=total,
        together=frozenset(one for one in COMPANIES if wishes[one] == "together"),
        apart=frozenset(one for one in COMPANIES if wishes[one] == "apart"),
    )


def solved(task: Task) -> dict[int, int | None]:
    """What the solver answers, asked in this process."""
    seekers = sorted(task.seekers, key=lambda one: one.key)
    chosen = split_child.best(split.as_numbers(task, list(RUNS), seekers=seekers))["chosen"]
    return {one.key: None if run is None else RUNS[run] for one, run in zip(seekers, chosen, strict=True)}


def aims(task: Task, chosen: dict[int, int | None]) -> tuple[int, ...]:
    """The five aims of one split, written down anew; less is better."""
    people = {one.key: one for one in task.seekers}
    placed = {key: run for key, run in chosen.items() if run is not None}
    broken = 0
    for company in {one.company for one in task.seekers}:
        there = Counter({run: count for (one, run), count in task.held_by_company.items() if one == company})
        everybody = sum(there.values()) + sum(one.company == company for one in task.seekers)
        there.update(run for key, run in placed.items() if people[key].company == company)
        runs = len(+there)
        if company in task.together:
            broken += runs
        if company in task.apart and everybody > 1:
            broken += max(there.values(), default=0) == everybody
    missed = sum(people[key].wish not in (None, run) for key, run in placed.items())
    total = Counter(task.held)
    total.update(placed.values())
    mixed = 0
    for field in {one.field for one in task.seekers}:
        here = [
            task.held_by_field.get((field, run), 0)
            + sum(people[key].field == field for key, where in placed.items() if where == run)
            for run in RUNS
        ]
        mixed += max(here) - min(here)
    return (-len(placed), broken, missed, abs(total[RUNS[0]] - total[RUNS[1]]), mixed)


def every_split(task: Task) -> list[dict[int, int | None]]:
    """All that keep to the free places and the runs each may choose."""
    found = []
    for runs in product(*[(None, *one.runs) for one in task.seekers]):
        here = Counter(run for run in runs if run is not None)
        if all(count <= task.free[run] for run, count in here.items()):
            found.append({one.key: run for one, run in zip(task.seekers, runs, strict=True)})
    return found


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(tasks())
def test_no_other_split_is_better(task):
    chosen = solved(task)
    assert chosen in every_split(task)
    assert aims(task, chosen) == min(aims(task, one) for one in every_split(task))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(tasks())
def test_the_same_question_has_the_same_answer_in_whatever_order_it_is_asked(task):
    turned = Task(**{**vars(task), "seekers": tuple(reversed(task.seekers))})
    assert solved(task) == solved(turned) == solved(task)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(tasks())
def test_every_reason_is_true(task):
    """Full means full; together and duty mean that the wished run had a place but would break the wish."""
    chosen = solved(task)
    left = Counter(task.free)
    left.subtract(run for run in chosen.values() if run is not None)
    for one in task.seekers:
        why = split.reason(task, chosen, of=one)
        run = chosen[one.key]
        assert (run is None) == (why == "no place")
        if why == "no place":
            assert all(left[run] == 0 for run in one.runs)
        if why == "wished":
            assert run == one.wish
        if why == "either":
            assert one.wish is None
        if why in ("together", "duty"):
            assert one.wish not in (None, run)
        if why == "full":
            assert one.wish != run
            assert {left[other] for other in one.runs if other != run} == {0}
        if why == "either":
            assert any(left[other] for other in one.runs if other != run)


def test_the_child_answers_as_a_program_of_its_own():
    people = tuple(Seeker(key, key // 2, key % 3, RUNS) for key in range(6))
    task = Task(
        dict.fromkeys(RUNS, 9), people, {}, {}, {RUNS[0]: 4}, together=frozenset({0}), apart=frozenset({1})
    )
    chosen = split.best(task)
    assert chosen == solved(task)
    assert Counter(chosen.values()) == {RUNS[0]: 1, RUNS[1]: 5}
    assert split.best(Task(dict.fromkeys(RUNS, 9), (), {}, {}, {})) == {}
