"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("facts", __name__)
