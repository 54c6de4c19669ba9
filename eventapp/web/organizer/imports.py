"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("imports", __name__)
