"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("messages", __name__)
