"""The public wing: open pages that name nobody."""

from __future__ import annotations

from flask import Blueprint

wing = Blueprint("public", __name__)
