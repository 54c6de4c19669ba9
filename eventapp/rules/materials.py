"""Materials of an item: a file or an https address, written in the working copy and published with it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.formats import handed_in, text
from eventapp.models.event import Event
from eventapp.models.material_file import MaterialFile
from eventapp.models.presenting import Material
from eventapp.rules import agenda_items, publications, working_copies
from eventapp.rules.agenda_items import ItemRefused

TITLE = 120
MOST = 10
LONGEST_URL = 500
REFUSED = {
    "too_big": _l("Please choose a file of 5 MB at most."),
    "empty": _l("The file is empty. Please choose another one."),
    "not_taken": _l(
        "Please choose a PDF, a picture, or a document of Word, Excel, PowerPoint or Hangul, without macros."
    ),
}


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    data: bytes
    filename: str


def add(
    event: Event,
    uid: str,
    *,
    titles: tuple[str, str],
    url: str = "",
    upload: Upload | None = None,
    seen: int | None = None,
    by: str = "",
) -> Material:
    """One more, with a title in Korean and English: a file, or an address. Raises ItemRefused, Stale."""
    made = _titled(*titles)
    if bool(url.strip()) == (upload is not None):
        raise ItemRefused(_l("Please choose a file or write an address, one of the two."), field="url")
    with db.writing():
        item = _item(event, uid)
        if len(item.materials) >= MOST:
            raise ItemRefused(_l("More than %(most)s materials do not fit."), field="title_ko", most=MOST)
        if upload is None:
            made = replace(made, url=_checked_url(url))
        else:
            file = _keep(event, upload)
            made = replace(made, file_key=file.key, file_name=file.name, size=file.size)
        draft = replace(agenda_items.drafted(item), materials=(*item.materials, made))
        working_copies.change(event, uid, draft=draft, seen=seen, by=by)
    return made


def remove(event: Event, uid: str, *, what: str, seen: int | None = None, by: str = "") -> None:
    """what: its address, or the key of its file. A file stays for the publications that show it. Raises Stale."""
    with db.writing():
        item = _item(event, uid)
        left = tuple(one for one in item.materials if what not in (one.url, one.file_key))
        working_copies.change(
            event, uid, draft=replace(agenda_items.drafted(item), materials=left), seen=seen, by=by
        )


def file(event: Event, key: str) -> MaterialFile | None:
    """One of the Event's files, for organizers; a key that none can have finds nothing, also where the database refuses it."""
    if not key.isprintable():
        return None
    return db.session.scalar(
        select(MaterialFile).where(MaterialFile.event_id == event.id, MaterialFile.key == key)
    )


def published_file(event: Event, key: str) -> MaterialFile | None:
    """One that partners may take: the publication they see names it."""
    latest = publications.latest(event)
    named = {one.file_key for item in (latest.items() if latest else ()) for one in item.materials}
    return file(event, key) if key and key in named else None


# -- inside -------------------------------------------------------------------------------------------


def _item(event: Event, uid: str) -> working_copies.WorkingItem:
    found = next((item for item in working_copies.hold(event).items() if item.uid == uid), None)
    if found is None:
        raise Stale()
    return found


def _titled(korean: str, english: str) -> Material:
    try:
        words = [text.clean_line(one, TITLE) for one in (korean, english)]
    except text.TooLong as problem:
        raise ItemRefused(
            _l("Please keep this to %(limit)s characters at most."), field="title_ko", limit=TITLE
        ) from problem
    if not words[0]:
        raise ItemRefused(_l("Please write the title in Korean."), field="title_ko")
    return Material(title_ko=words[0], title_en=words[1])


def _checked_url(typed: str) -> str:
    """An address on https, with nobody's name or password in it."""
    url = typed.strip()
    refusal = ItemRefused(_l("Please write a full address that begins with https://."), field="url")
    if len(url) > LONGEST_URL or not url.isprintable() or any(one.isspace() for one in url):
        raise refusal
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as problem:
        raise refusal from problem
    if parts.scheme != "https" or not host or "@" in parts.netloc:
        raise refusal
    return url


def _keep(event: Event, upload: Upload) -> MaterialFile:
    try:
        name, media_type = handed_in.check(upload.data, upload.filename)
    except handed_in.FileProblem as problem:
        raise ItemRefused(REFUSED[problem.code], field="file") from problem
    found = MaterialFile(
        event_id=event.id,
        key=secrets.token_urlsafe(16),
        name=name,
        media_type=media_type,
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        created_at=now(),
        data=upload.data,
    )
    db.session.add(found)
    db.session.flush()
    return found
