"""What a rule says when it refuses: a code for machines, a sentence for people."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class RuleBroken(Exception):
    """A refusal that prevents something: nothing was changed.

    code: for machines (kebab-case). sentence: for the reader, in the reader's language, lazily
    translated. field: the form field it belongs to, where there is one.
    """

    code = "refused"
    sentence: str | LazyString = _l("This is not possible right now. Please ask your host contact.")
    status = 409

    def __init__(self, sentence: str | LazyString | None = None, *, field: str | None = None, **facts: Any):
        if sentence is not None:
            self.sentence = sentence
        self.field = field
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        sentence = str(self.sentence)
        return sentence % self.facts if self.facts else sentence


class Stale(RuleBroken):
    """Somebody else was faster: the state the reader saw is gone."""

    code = "stale"
    sentence = _l("Something changed in the meantime. Please look at the page again.")


class StateRefused(RuleBroken):
    """A move that models/states.py does not allow."""

    code = "state-refused"


class SessionFull(RuleBroken):
    """No free place in the chosen run."""

    code = "session-full"
    sentence = _l("The last place of this run was taken in the meantime. Please choose the other run.")


class NoSeatLeft(RuleBroken):
    """Every seat of the Invitation is in use."""

    code = "no-seat-left"
    sentence = _l("All the seats kept for your company have a name already.")


class InvitationClosed(RuleBroken):
    """The Invitation is revoked, declined, expired or its Event is not open."""

    code = "invitation-closed"
    sentence = _l("This invitation can no longer be changed here. Please ask your host contact.")


class TooLate(RuleBroken):
    """A cut-off has passed."""

    code = "too-late"
    sentence = _l(
        "The date for this has passed. Please call your host contact; we will sort it out together."
    )


class FactsUnconfirmed(RuleBroken):
    """Nothing leaves the house before the facts page was confirmed."""

    code = "facts-unconfirmed"
    sentence = _l("Please confirm the facts of the event first: dates, place, sender and reply phone.")


class CapacityTaken(RuleBroken):
    """A capacity or seats below what is already taken."""

    code = "capacity-taken"
    sentence = _l("%(taken)s are taken already, so the number cannot be lower than that.")


class Missing(RuleBroken):
    """The thing is not there, or not for this reader: both look the same."""

    code = "missing"
    status = 404
    sentence = _l("We could not find this. Please check the address or ask your host contact.")


class ConfigurationProblem(Exception):
    """The app refuses to start; the one line says what to set."""
