"""The front page: the current Event as an open letter to everyone who comes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.formats import dates, hangul
from eventapp.models.event import Event
from eventapp.models.event_session import EventSession
from eventapp.models.states import EventStatus
from eventapp.models.wording import LANGUAGES, said
from eventapp.reports import gathering, published_agenda
from eventapp.rules import events, publications, seats
from eventapp.web import looks

page = Blueprint("front", __name__)


@page.get("/")
def show() -> str:
    """The Event; a calm page while there is none to speak of."""
    event = events.current()
    if event is None or event.status == EventStatus.DRAFT:
        return render_template("public/nothing_yet.html")
    g.event = event
    runs = seats.runs(event)
    publication = publications.latest(event)
    items = publication.items() if publication else []
    together = gathering.of(event)
    return render_template(
        "public/front.html",
        event=event,
        runs=[_run(run) for run in runs],
        programmes=[_programme(one, event) for one in published_agenda.programmes(items, runs)],
        between=_between(published_agenda.meals(items, runs[0]), runs[0]) if runs else "",
        two_days=all((run.ends_on - run.starts_on).days == 1 for run in runs),
        who=_counted(together),
        gathering=together,
        map_url=event.map_url if urlsplit(event.map_url).scheme in ("http", "https") else "",
        addresses=_addresses(),
        picture=looks.outside_url(looks.asset("look/og.png")),
        data=_data(event, runs),
    )


def _run(run: EventSession) -> dict[str, Any]:
    language = looks.current_language()
    return {
        "number": run.number,
        "days": dates.weekdays(run.starts_on, run.ends_on, language=language),
        "dates": dates.big_range(run.starts_on, run.ends_on),
    }


def _programme(one: published_agenda.Programme, event: Event) -> dict[str, Any]:
    whens = [_when(when, dates.clock_time(when.starts_at, event.time_zone)) for when in one.whens]
    if len(whens) > 1:
        whens = [
            _("Run %(run)s: %(when)s", run=when.run, when=text)
            for when, text in zip(one.whens, whens, strict=True)
        ]
    return {"item": one.item, "whens": whens}


def _when(when: published_agenda.When, time: str) -> str:
    if when.day == 1:
        return _("First day %(time)s", time=time)
    if when.day == 2:
        return _("Second day %(time)s", time=time)
    return _("Day %(day)s, %(time)s", day=when.day, time=time)


def _between(meals: published_agenda.Meals, run: EventSession) -> str:
    """What lies between the programmes, counted from the agenda."""
    if not (meals.lunches and meals.dinners and (run.ends_on - run.starts_on).days == 1):
        return ""
    if looks.current_language() == "ko":
        lunches, dinners = (hangul.native_count(count, "번") for count in (meals.lunches, meals.dinners))
    else:
        lunches = ngettext("%(num)s lunch", "%(num)s lunches", meals.lunches)
        dinners = ngettext("%(num)s dinner", "%(num)s dinners", meals.dinners)
    return _("In between there are %(lunches)s, %(dinners)s and one night.", lunches=lunches, dinners=dinners)


def _counted(together: gathering.Gathering) -> list[str]:
    """12 fields, 36 companies, 85 people, as a list whose parts never break."""
    return [
        ngettext("%(num)s field", "%(num)s fields", len(together.sectors)),
        ngettext("%(num)s company", "%(num)s companies", together.companies),
        ngettext("%(num)s person", "%(num)s people", together.seats),
    ]


def _addresses() -> dict[str, str]:
    """This page in each language, from outside."""
    path = request.path
    return {language: looks.outside_url(f"{path}?language={language}") for language in LANGUAGES}


def _data(event: Event, runs: list[EventSession]) -> dict[str, Any]:
    """The Event for search engines (schema.org), each run an event of its own under it."""
    language = looks.current_language()
    place = {"@type": "Place", "name": said(event, "place", language=language)}
    if said(event, "address", language=language):
        place["address"] = said(event, "address", language=language)
    whole: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BusinessEvent",
        "name": event.full_name or said(event, "name", language=language),
        "url": looks.outside_url(url_for("public.front.show")),
        "inLanguage": language,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": place,
        "image": looks.outside_url(looks.asset("look/og.png")),
        "organizer": {"@type": "Organization", "name": said(event, "host", language=language)},
    }
    if said(event, "about", language=language):
        whole["description"] = said(event, "about", language=language)
    if runs:
        whole |= {"startDate": runs[0].starts_on.isoformat(), "endDate": runs[-1].ends_on.isoformat()}
        whole["subEvent"] = [
            {
                "@type": "BusinessEvent",
                "name": _(
                    "%(name)s, run %(run)s", name=said(event, "name", language=language), run=run.number
                ),
                "startDate": run.starts_on.isoformat(),
                "endDate": run.ends_on.isoformat(),
                "location": place,
            }
            for run in runs
        ]
    return whole
