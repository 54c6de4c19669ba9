"""Publications as the desk shows them."""

from __future__ import annotations

from typing import Any

from eventapp.formats import dates
from eventapp.models.agenda import Publication
from eventapp.web import looks


def publication(one: Publication) -> dict[str, Any]:
    """Its number, when it came out and by whom."""
    at = dates.day_and_time(one.published_at, one.event.time_zone, language=looks.current_language())
    return {"number": one.number, "by": one.published_by, "at": at, "back_to": one.back_to, "told": one.told}
