"""A program of its own: who may go where as JSON on stdin, the best split as JSON on stdout.

The solver and what it needs fill some 60 MB and would stay in every process of the app; here they are gone when
the answer is written, and a search that takes too long ends alone. Imports nothing of ours.

Five aims, one after the other, each at its best before the next is looked at: everybody who can has a place; a
company's wish to come together, or never all at once, is broken least; a person's wish is missed least; the runs
are even; each field is spread over them.
"""

import json
import sys
from typing import Any

import highspy

_SECONDS = 20
Goes = list[dict[int, Any]]  # for each person, run to the variable that says whether they go there


def main() -> int:
    """Exit 0 with {"chosen": [run or null, ...], "aims": [five numbers]}; any other exit means: no answer."""
    answer = json.dumps(best(json.loads(sys.stdin.read())))
    sys.stdout.write(f"\n{answer}\n")  # the solver names itself on the line above
    return 0


def best(task: dict[str, Any]) -> dict[str, Any]:
    """task: free, held (per run), people [{company, field, runs, wish}], companies and fields by name.

    A company is {"held": [per run], "together": bool, "apart": bool}, a field a list of those held per run.
    """
    model = highspy.Highs()
    model.silent()
    for name, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("time_limit", _SECONDS)):
        model.setOptionValue(name, value)
    goes = [{run: model.addBinary() for run in person["runs"]} for person in task["people"]]
    for choices in goes:
        if choices:
            model.addConstr(sum(choices.values()) <= 1)
    for run, free in enumerate(task["free"]):
        if seekers := [choices[run] for choices in goes if run in choices]:
            model.addConstr(sum(seekers) <= free)
    aims = [
        sum(-one for choices in goes for one in choices.values()),
        _broken(model, task, goes=goes),
        _missed(task, goes),
        _spread(model, task["held"], goes=goes),
        _mixed(model, task, goes=goes),
    ]
    reached = [_reach(model, aim) for aim in aims]
    chosen = [next((run for run, one in each.items() if model.val(one) > 0.5), None) for each in goes]
    return {"chosen": chosen, "aims": reached}


def _reach(model: highspy.Highs, aim: Any) -> int:
    """The least value of an aim; from here on nothing may make it worse."""
    if isinstance(aim, (int, float)):
        return int(aim)
    model.minimize(aim)
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise SystemExit("no answer in time")
    least = round(model.getInfo().objective_function_value)
    model.addConstr(aim <= least)
    return least


def _broken(model: highspy.Highs, task: dict[str, Any], *, goes: Goes) -> Any:
    """How many companies' wishes are broken; for those who come together, how many runs too many."""
    total = 0
    for name, company in task["companies"].items():
        own = [
            choices for person, choices in zip(task["people"], goes, strict=True) if person["company"] == name
        ]
        here = [(held, [one[run] for one in own if run in one]) for run, held in enumerate(company["held"])]
        if company["together"]:
            used = [model.addVariable(lb=min(held, 1), ub=1) for held, _going in here]
            for is_used, (_held, going) in zip(used, here, strict=True):
                for one in going:
                    model.addConstr(is_used >= one)
            total += sum(used)
        elif company["apart"] and (everybody := len(own) + sum(company["held"])) > 1:
            all_at_once = model.addVariable(lb=0, ub=1)
            for held, going in here:
                if going and held + len(going) == everybody:
                    model.addConstr(all_at_once >= sum(going) + held - everybody + 1)
            total += all_at_once
    return total


def _missed(task: dict[str, Any], goes: Goes) -> Any:
    """How many are in another run than they wished."""
    return sum(
        one
        for person, choices in zip(task["people"], goes, strict=True)
        for run, one in choices.items()
        if person["wish"] not in (None, run)
    )


def _spread(model: highspy.Highs, held: list[int], *, goes: Goes) -> Any:
    """From the run with most to the run with fewest."""
    if len(held) < 2 or not any(goes):
        return 0
    most, least = model.addVariable(lb=0, ub=1e5), model.addVariable(lb=0, ub=1e5)
    for run, count in enumerate(held):
        here = sum(choices[run] for choices in goes if run in choices) + count
        model.addConstr(most - here >= 0)
        model.addConstr(least - here <= 0)
    return most - least


def _mixed(model: highspy.Highs, task: dict[str, Any], *, goes: Goes) -> Any:
    """The same for each field, summed."""
    return sum(
        _spread(
            model,
            held,
            goes=[
                choices
                for person, choices in zip(task["people"], goes, strict=True)
                if person["field"] == name
            ],
        )
        for name, held in task["fields"].items()
    )


if __name__ == "__main__":
    sys.exit(main())
