"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("registrations", __name__)
