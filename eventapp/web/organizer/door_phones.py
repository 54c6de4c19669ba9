"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("door_phones", __name__)
