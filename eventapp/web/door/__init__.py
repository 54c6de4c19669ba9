"""The door's wing: phones at the entrance behind their gate, and the open ways to it."""

from __future__ import annotations

from flask import Blueprint

from eventapp.web import gates
from eventapp.web.door import badge_link, checkpoints, enrol, installed, machine_pages, openapi

wing = Blueprint("door", __name__)
phone = Blueprint("phone", __name__)
phone.before_request(gates.door_gate)

for part in (checkpoints, machine_pages):
    phone.register_blueprint(part.page)
for part in (enrol, installed, badge_link, openapi):
    wing.register_blueprint(part.page)
wing.register_blueprint(phone)
