"""The door's wing: phones at the entrance, and the addresses they talk to."""

from __future__ import annotations

from flask import Blueprint

wing = Blueprint("door", __name__)
