"""TODO."""

from __future__ import annotations

from flask import Blueprint

page = Blueprint("invitations", __name__)
