"""The partners' wing: two gates, one for the coordinator's letter, one for the attendee's pass."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from eventapp.formats import counts, dates, fill, phone
from eventapp.web import gates
from eventapp.web.partner import (
    calendar,
    change_requests,
    companions,
    consents,
    coordinator_data,
    feed,
    invitation,
    leaving,
    links,
    naming,
    own_consents,
    own_data,
    own_wish,
    passes,
    questions,
    roads,
    seats,
    seminar_questions,
    sign_ups,
    stored_pass,
    travel,
    wishes,
)

wing = Blueprint("partner", __name__)
coordinator = Blueprint("coordinator", __name__)
attendee = Blueprint("attendee", __name__)
coordinator.before_request(gates.coordinator_gate)
attendee.before_request(gates.attendee_gate)


@wing.context_processor
def words() -> dict[str, Any]:
    """How this wing's templates say dates, counts, phones and an organizer's own words."""
    return {"dates": dates, "counts": counts, "phones": phone, "fill": fill.fill}


for part in (invitation, naming, wishes, roads, seats, change_requests, consents, coordinator_data, calendar):
    coordinator.register_blueprint(part.page)
for part in (
    passes,
    own_wish,
    sign_ups,
    travel,
    questions,
    seminar_questions,
    own_consents,
    own_data,
    leaving,
    companions,
):
    attendee.register_blueprint(part.page)
for part in (links, stored_pass, feed):
    wing.register_blueprint(part.page)
wing.register_blueprint(coordinator)
wing.register_blueprint(attendee)
