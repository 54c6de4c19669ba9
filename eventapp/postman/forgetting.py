"""Forgetting a person in the folders of letters: those to them, and those of colleagues and trials that name them."""

from __future__ import annotations

import email.policy
import html
import json
import re
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import select

from eventapp.db import db
from eventapp.models.message import Message
from eventapp.models.person import Person
from eventapp.postman.outbox import Outbox
from eventapp.rules import own_data


def sweep(box: Outbox, person: Person) -> None:
    """While the name is still there. Letters of other companies are not looked into: names are not unique."""
    rows = db.session.execute(
        select(Message.id, Message.person_id)
        .join(Message.person)
        .where(Person.company_id == person.company_id)
    ).all()
    traces = own_data.traces(person)
    theirs = [file for id, person_id in rows if person_id == person.id for file in box.files_of(id)]
    others = [file for id, person_id in rows if person_id != person.id for file in box.files_of(id)]
    for file in (*theirs, *(one for one in (*others, *box.trials()) if names(one, traces))):
        file.unlink(missing_ok=True)


def names(file: Path, traces: list[str]) -> bool:
    """Whether the letter, its subject, head or calendar holds one of these; another sweep may have taken it meanwhile."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return False
    said = _said(content, file.suffix).replace("\xa0", " ")
    return any(trace in said for trace in traces)


def _said(content: bytes, kind: str) -> str:
    if kind == ".json":
        return json.dumps(json.loads(content), ensure_ascii=False)
    mail = message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    parts = [str(value) for value in mail.values()]
    for part in mail.walk():
        if not part.is_multipart():
            text = part.get_payload(decode=True).decode("utf-8", "replace")  # type: ignore[union-attr]
            parts.append(html.unescape(re.sub(r"\r?\n[ \t]", "", text) if _is_calendar(part) else text))
    return "\n".join(parts)


def _is_calendar(part: EmailMessage) -> bool:
    return part.get_content_type() == "text/calendar"
