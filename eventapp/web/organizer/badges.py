"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("badges", __name__)
