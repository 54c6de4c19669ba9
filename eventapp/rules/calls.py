"""Calls: somebody of the host phoned a company; the journal keeps it."""

from __future__ import annotations

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import journal


def note(invitation: Invitation, text: str = "") -> None:
    """Write that the company was called, and what was said where somebody wrote it down."""
    with db.writing():
        journal.record("called", invitation, **({"note": text} if text else {}))
