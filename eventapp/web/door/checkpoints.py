"""The door phone's own pages: choose a checkpoint, scan, leave."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Missing
from eventapp.formats import dates, text
from eventapp.models.checkin import Checkpoint
from eventapp.models.checkin import CheckpointKind as Kind
from eventapp.models.wording import said
from eventapp.rules import checkpoints, door_phones, seats
from eventapp.web import gates, looks

page = Blueprint("checkpoints", __name__)
# sentences with {holes} for the scripts, which have no words of their own
WORDS = {
    "connected": _l("Connected"),
    "connecting": _l("Connecting"),
    "offline": _l("No connection. Going on with the list of {time}, {count} waiting"),
    "offline_no_list": _l("No connection, and no list on this phone yet"),
    "signed_out": _l("This phone is not at the door any more. Please scan an organizer's QR to begin again."),
    "refused": _l("{count} could not be read by the server. Please tell an organizer."),
    "changed": _l("The server decided {count} otherwise. Please look under “This phone”."),
    "show_badge": _l("Hold the QR of the badge here"),
    "no_camera": _l("The camera is not open. Please type the code, or find the name."),
    "camera_rests": _l("The camera rests. Touch the screen, or lift the phone."),
    "came": _l("in at {time}"),
    "let_in": _l("Let in"),
    "nobody": _l("Nobody of that name. Please try fewer letters."),
    "run_open": _l("Run still open"),
    "cancelled": _l("Cancelled"),
    "replaced": _l("Handed on"),
    "other_run_title": _l("Here for {run}"),
    "open_run_title": _l("Run not chosen yet"),
    "since": _l("Came in at {time}, {gate}"),
    "since_bare": _l("Came in at {time}"),
    "opens": _l("Opens at {time}"),
    "comes": _l("Comes on {days}"),
    "comes_open": _l("Has a seat, the days are still open"),
    "places": _l("{count} places left"),
    "no_place": _l("No place left today"),
    "check_code": _l("One character is different. Please look at the code on the badge again."),
    "undone": _l("Taken back"),
    "not_kept": _l("This phone cannot store a scan. Please free some space, or go on with another phone."),
    "unkept_paper": _l("It is noted nowhere yet. Please use another phone, or write it on the paper list."),
    "unkept_noted": _l("The server has it: {verdict}. Please go on with another phone all the same."),
    "walk_in_settle": _l("The desk will find a badge"),
    "free_seats": _l("{count} free"),
    "needs_name": _l("Please write the name."),
    "phone_state": _l("Waiting for the server: {waiting}. Set aside: {refused}."),
    "set_aside": _l("Set aside by the server: {why}"),
    "was_and_is": _l("The screen said “{was}”, the server says “{is}”."),
    "rehearsing": _l("Rehearsal: nothing is counted, nothing is sent"),
    "rehearsal_name": _l("Rehearsal {number}"),
    "rehearsal_company": _l("Invented company"),
    "rehearsal_fact": _l("Tour group %(number)s", number=2),
    "rehearsal_refused": _l("The server says here why it did not take the scan."),
    "rehearsal_real": _l("A rehearsal is on. Please end it under “This phone”, then scan again."),
    "test_camera": _l("The camera is open."),
    "test_list": _l("The list is here: {count} people."),
    "test_storage": _l("This phone keeps scans."),
    "test_copy": _l("This page opens without a network too."),
    "no_copy": _l("This page does not open without a network yet. Please leave it open."),
    "said_refused": _l("Not noted"),
    "said_unkept": _l("Not stored"),
    "said_admitted": _l("Come in"),
    "said_already in": _l("Already in"),
    "said_wrong run": _l("Another run"),
    "said_not yet": _l("A little early"),
    "said_replaced": _l("Handed on"),
    "said_cancelled": _l("Place given up"),
    "said_unknown": _l("Unknown badge"),
    "said_not expected": _l("Not on this list"),
    "closed": _l("Closed at {time}"),
    "key": _l("Key {note}"),
    "move_settle": _l("The place is made sure of with the next connection"),
    "rehearsal_why": _l("Has not asked for this bus"),
}
# what the green and the blue screen say at each kind of checkpoint
SAID = {
    Kind.GATE: (_l("Come in"), _l("Already in")),
    Kind.SHUTTLE_IN: (_l("Get on"), _l("Already on")),
    Kind.SHUTTLE_OUT: (_l("Get on"), _l("Already on")),
    Kind.TOUR: (_l("Join in"), _l("Already here")),
    Kind.MEAL: (_l("Enjoy"), _l("Already served")),
    Kind.KEY_OUT: (_l("Key given"), _l("Has the key")),
    Kind.KEY_BACK: (_l("Key back"), _l("Key was back")),
    Kind.LEAVING: (_l("Safe trip"), _l("Already left")),
}
WASM = "vendor/zxing-wasm-3.1.4/zxing_reader.wasm"
LEFT = _l(
    "This phone is not at the door any more, and its list is gone from it. To come back, scan an organizer's QR again."
)
ASKING = (Kind.KEY_OUT, Kind.LEAVING)  # what is noted first: the key's number, the reason


@page.get("/door/")
def choose() -> Response:
    """The run's checkpoints, each with whether it is open now."""
    found = checkpoints.of_run(g.event_session)
    moment = now()
    return _kept(
        "door/checkpoints/choose.html",
        phone=g.door_phone,
        event_session=g.event_session,
        zone=g.event.time_zone,
        checkpoints=found,
        is_open=lambda one: one.opens_at <= moment < one.closes_at,
        dates=dates,
    )


@page.get("/door/checkpoints/<int:id>")
def scanner(id: int) -> Response:
    """The scanner: alone among all pages it may use the camera and run WebAssembly."""
    checkpoint = db.session.get(Checkpoint, id) if id < 2**31 else None
    if checkpoint is None or checkpoint.event_session_id != g.event_session.id:
        raise Missing()
    response = _kept(
        "door/checkpoints/scanner.html",
        checkpoint=checkpoint,
        phone=g.door_phone,
        settings=_settings(checkpoint),
    )
    response.headers["Content-Security-Policy"] = looks.policy(script_src="'wasm-unsafe-eval'")
    response.headers["Permissions-Policy"] = looks.NO_DEVICES.replace("camera=()", "camera=(self)")
    return response


@page.post("/door/gate")
def set_gate() -> Response:
    """The phone moves to another gate."""
    door_phones.set_gate(g.door_phone, text.cut_line(request.form.get("gate"), 40))
    return redirect(url_for("door.phone.checkpoints.choose"), code=303)


@page.post("/door/leave")
def leave() -> Response:
    """Give the phone back: its token ends here, its list is wiped by the page."""
    door_phones.revoke(g.door_phone)
    response = make_response(render_template("door/left.html", sentence=LEFT))
    response.delete_cookie(gates.door_cookie(), path="/")
    return response


@page.errorhandler(door_phones.PhoneUnknown)
def shut_out(refusal: door_phones.PhoneUnknown) -> tuple[str, int]:
    """Revoked, or its day is over: the page that says so wipes what this phone still has."""
    return render_template(
        "door/left.html", heading=_("Not open to this phone"), sentence=refusal
    ), refusal.status


def _kept(template: str, **words: Any) -> Response:
    """A page that this phone may keep for places without a network: for itself, with the files of this release."""
    copy = f"{g.door_phone.id} {current_app.extensions['static_release']}"
    response = make_response(render_template(template, copy=copy, parts=[looks.asset(WASM)], **words))
    response.headers["X-Offline-Copy"] = copy
    return response


def _settings(checkpoint: Checkpoint) -> dict[str, Any]:
    """What the page's scripts have to know."""
    language = looks.current_language()
    runs = {
        run.number: {
            "label": _("Run %(number)s", number=run.number),
            "days": dates.date_range(run.starts_on, run.ends_on, language=language),
        }
        for run in seats.runs(g.event)
    }
    return {
        "checkpoint": checkpoint.id,
        "name": said(checkpoint, "name", language=language),
        "kind": checkpoint.kind,
        "asks": checkpoint.kind in ASKING,
        "welcome": str(SAID[Kind(checkpoint.kind)][0]),
        "already": str(SAID[Kind(checkpoint.kind)][1]),
        "opens_at": checkpoint.opens_at.isoformat(),
        "closes_at": checkpoint.closes_at.isoformat(),
        "ends_at": g.door_phone.ends_at.isoformat(),
        "phone": g.door_phone.id,
        "gate": g.door_phone.gate,
        "run": g.event_session.number,
        "runs": runs,
        "zone": g.event.time_zone,
        "language": language,
        "send": url_for("door.phone.machine_pages.check_ins"),
        "roster": url_for("door.phone.machine_pages.roster", id=checkpoint.id),
        "wasm": looks.asset(WASM),
        "words": {name: str(sentence) for name, sentence in WORDS.items()},
    }
