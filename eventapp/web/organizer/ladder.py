"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("ladder", __name__)
