"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("arrivals", __name__)
