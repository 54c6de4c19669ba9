"""The audit: every promise about the data that a question to the database can check."""

from __future__ import annotations

from eventapp.reports.audit import (
    answers,
    consents,
    day,
    items,
    office,
    people,
    places,
    plans,
    pools,
    waitlists,
)

CHECKS = [
    *places.CHECKS,
    *people.CHECKS,
    *waitlists.CHECKS,
    *plans.CHECKS,
    *items.CHECKS,
    *pools.CHECKS,
    *day.CHECKS,
    *office.CHECKS,
    *answers.CHECKS,
    *consents.CHECKS,
]


def broken() -> list[str]:
    """One line for each promise that does not hold now; empty when all is well."""
    return [line for check in CHECKS for line in check()]
