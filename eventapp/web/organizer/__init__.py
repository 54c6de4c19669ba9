"""The organizers' wing: behind one gate, a page a file."""

from __future__ import annotations

from flask import Blueprint

from eventapp.web import gates
from eventapp.web.organizer import (
    agenda,
    agenda_copies,
    agenda_items,
    agenda_places,
    arrivals,
    badges,
    bulk,
    change_requests,
    checkpoints,
    consents,
    delays,
    desk,
    door_files,
    door_lists,
    door_phones,
    evacuation,
    facts,
    imports,
    invitations,
    ladder,
    letter_plan,
    lists,
    materials,
    messages,
    missing,
    plans,
    pool,
    previews,
    publications,
    question_answers,
    questions,
    registrations,
    reprints,
    rooms,
    unfinished,
    waitlists,
)

wing = Blueprint("organizer", __name__)
wing.before_request(gates.organizer_gate)
wing.context_processor(desk.surroundings)

for part in (
    ladder,
    invitations,
    registrations,
    unfinished,
    lists,
    bulk,
    questions,
    question_answers,
    waitlists,
    change_requests,
    pool,
    plans,
    imports,
    messages,
    previews,
    letter_plan,
    facts,
    consents,
    agenda,
    agenda_copies,
    agenda_items,
    materials,
    agenda_places,
    delays,
    publications,
    badges,
    reprints,
    arrivals,
    missing,
    evacuation,
    checkpoints,
    rooms,
    door_lists,
    door_phones,
    door_files,
):
    wing.register_blueprint(part.page)
