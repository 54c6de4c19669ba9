"""The partners' wing: two gates, one for the coordinator's letter, one for the attendee's pass."""

from __future__ import annotations

from flask import Blueprint

from eventapp.web import gates

wing = Blueprint("partner", __name__)
coordinator = Blueprint("coordinator", __name__)
attendee = Blueprint("attendee", __name__)
coordinator.before_request(gates.coordinator_gate)
attendee.before_request(gates.attendee_gate)

for page in ():
    coordinator.register_blueprint(page)
for page in ():
    attendee.register_blueprint(page)
wing.register_blueprint(coordinator)
wing.register_blueprint(attendee)
