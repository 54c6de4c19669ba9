"""A plan in words: what somebody wished, and why a line says what it says."""

from __future__ import annotations

from flask_babel import gettext as _

from eventapp.models.invitation import Invitation
from eventapp.models.plan import PlanLine, Why
from eventapp.models.registration import Registration, Wish


def wish(registration: Registration) -> str:
    """What the person would like."""
    if registration.wished_session is not None:
        return _("Rather run %(number)s", number=registration.wished_session.number)
    words = {
        Wish.EITHER: _("Either is fine"),
        Wish.LATER: _("Cannot say yet"),
        Wish.UNSAID: _("Nothing said"),
    }
    return words[Wish(registration.wish)]


def company_wish(invitation: Invitation) -> str:
    """What the company would like; '' for nothing."""
    if invitation.comes_together:
        return _("All in the same run")
    return _("Never all at once") if invitation.one_stays_on_duty else ""


def why(line: PlanLine) -> str:
    """The reason in one line; '' where the wish is simply met."""
    wished = (line.facts or {}).get("wished", "")
    words = {
        Why.WISHED: "",
        Why.EITHER: _("Either is fine; this keeps numbers even and fields mixed."),
        Why.UNSAID: _("Said nothing; this keeps numbers even and fields mixed."),
        Why.BY_HAND: _("Set by hand.") if line.by_hand else _("Was set by hand; left to the next proposal."),
        Why.LATER: _("Cannot say yet, so no run is proposed."),
        Why.ONLY: _("The company is invited to this run alone."),
        Why.FULL: _("Run %(number)s has no place left.", number=wished),
        Why.TOGETHER: _(
            "To come together with the colleagues; alone it would be run %(number)s.", number=wished
        ),
        Why.DUTY: _("So that not all are away at once; otherwise it would be run %(number)s.", number=wished),
        Why.APART: _("Wished to come together, but no run has room for all of them."),
        Why.AT_ONCE: _("Wished never to be away all at once, but the other run has no place."),
        Why.NO_PLACE: _("No run they may choose has a place left."),
    }
    return words[Why(line.why)]
