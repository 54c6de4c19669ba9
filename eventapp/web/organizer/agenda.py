"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("agenda", __name__)
