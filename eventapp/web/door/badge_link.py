"""A badge's own address, opened by any phone's camera: it names nobody and counts nobody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from eventapp.formats import codes
from eventapp.rules import badges
from eventapp.web import gates

page = Blueprint("badge_link", __name__)


@page.get("/B/<code>")
def show(code: str) -> Any:
    """A door phone goes to the verdict, a pass's own browser to the pass, everybody else reads who may read it."""
    normal = codes.normalise(code)
    phone = gates.door_phone()
    if phone is not None:
        if phone.checkpoint_id is None:
            return redirect(url_for("door.phone.checkpoints.choose"), code=303)
        scanner = url_for("door.phone.checkpoints.scanner", id=phone.checkpoint_id)
        return redirect(f"{scanner}#{normal or ''}", code=303)
    badge = badges.by_code(normal) if normal else None
    if badge is not None and gates.holds_grant(badge.attendee):
        return redirect(f"/pass/{badge.attendee_id}", code=303)
    return render_template("door/badge_link.html")
