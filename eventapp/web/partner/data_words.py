"""What is kept about a person, in words: headings, labels and values in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from eventapp.formats import dates, phone
from eventapp.models.message import Purpose
from eventapp.models.printout import Kind
from eventapp.models.question import NO, YES
from eventapp.models.registration import Diet, Room
from eventapp.models.states import MessageStatus, RegistrationStatus
from eventapp.web import looks

Section = tuple[str, list[tuple[str, str]]]


def sections(data: dict[str, Any], zone: str) -> list[Section]:
    """Everything of reports.own_data, empty values left out."""
    found = [
        (_("You"), _person(data["person"])),
        (
            _("Where it comes from"),
            [(_("Entered by"), _source(data, zone)), (_("Kept until"), _kept(data["kept_until"]))],
        ),
        *((one["event"], _office(one, zone)) for one in data["coordinates"]),
        *((_heading(one), _place(one, zone)) for one in data["places"]),
        (_("Consents"), [(one["text"], _consent(one, zone)) for one in data["consents"]]),
        (_("Letters to you"), [(_moment(one["at"], zone), _letter(one)) for one in data["letters"]]),
        (_("Passed on for you"), [(_moment(one["at"], zone), _list(one)) for one in data["lists"]]),
    ]
    told = [(heading, [row for row in rows if row[1]]) for heading, rows in found]
    return [(heading, rows) for heading, rows in told if rows]


def _person(person: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Name"), person["name"]),
        (_("Title"), person["title"]),
        (_("Company"), person["company"]),
        (_("Department"), person["department"]),
        (_("Mobile phone"), phone.national(person["phone"]) if person["phone"] else ""),
        (_("E-mail"), person["email"]),
        (_("Language"), _("Korean") if person["language"] == "ko" else _("English")),
    ]


def _source(data: dict[str, Any], zone: str) -> str:
    who = {
        "themselves": _("Yourself"),
        "coordinator": _("The coordinator of %(company)s", company=data["person"]["company"]),
        "host": _("The hosts, from their list of partners"),
    }
    return ", ".join((who[data["source"]["entered_by"]], _moment(data["source"]["at"], zone)))


def _kept(day: date | None) -> str:
    return dates.day(day, looks.current_language(), year=True) if day else ""


def _office(office: dict[str, Any], zone: str) -> list[tuple[str, str]]:
    return [
        (_("Seats kept for your company"), str(office["seats"])),
        (_("Letter sent"), _moment(office["sent_at"], zone)),
        (_("Letter opened"), _moment(office["opened_at"], zone)),
        (_("Answered"), _moment(office["answered_at"], zone)),
        (_("Your word to us"), office["reason"]),
    ]


def _heading(place: dict[str, Any]) -> str:
    if place["run"] is None:
        return str(place["event"])
    return _("%(event)s, run %(number)s", event=place["event"], number=place["run"])


def _place(place: dict[str, Any], zone: str) -> list[tuple[str, str]]:
    states = {
        RegistrationStatus.UNDECIDED: _("Run still open"),
        RegistrationStatus.PENDING: _("Waiting for approval"),
        RegistrationStatus.REGISTERED: _("Registered"),
        RegistrationStatus.WAITLISTED: _("On the waitlist"),
        "ended": _("Given up, or passed to a colleague"),
    }
    return [
        (_("Now"), states.get(place["status"], "")),
        (_("Named on"), _moment(place["named_at"], zone)),
        (_("Letter opened"), _moment(place["opened_at"], zone)),
        (_("Finished on"), _moment(place["confirmed_at"], zone)),
        (_("Ended on"), _moment(place["ended_at"], zone)),
        (_("Meals"), _diet(place["diet"])),
        (_("Kitchen"), place["allergy"]),
        *_journey(place, zone),
        (_("Programme"), ", ".join(place.get("programme", []))),
        *((one["question"], ", ".join(map(_answer, one["answer"]))) for one in place["answers"]),
        (_("Badge"), ", ".join(place["badges"])),
        *((_("Scanned"), _scan(one, zone)) for one in place["scans"]),
        *((_("Late change"), _late(one)) for one in place["late_changes"]),
        *((_("Question for the seminar"), _asked(one)) for one in place["seminar_questions"]),
    ]


def _journey(place: dict[str, Any], zone: str) -> list[tuple[str, str]]:
    rooms = {Room.TWIN: _("A room for two"), Room.SINGLE: _("A room for one, where possible")}
    return [
        (_("Arrives"), _moment(place["arrives_at"], zone)),
        (_("Flight there"), place["flight_there"]),
        (_("Bus there"), _yes(place.get("bus_there"))),
        (_("Leaves"), _moment(place["leaves_at"], zone)),
        (_("Flight back"), place["flight_back"]),
        (_("Bus back"), _yes(place.get("bus_back"))),
        (_("Room"), rooms.get(place.get("room"), "")),
        (_("Room number"), place.get("room_number", "")),
        (_("Shares with"), place.get("room_with", "")),
        (_("On call"), _yes(place["on_call"])),
    ]


def _diet(diet: str) -> str:
    words = {
        Diet.VEGETARIAN: _("Vegetarian"),
        Diet.VEGAN: _("Vegan"),
        Diet.HALAL: _("Halal"),
        Diet.NO_SEAFOOD: _("No seafood"),
    }
    return words.get(Diet(diet), "")


def _answer(word: str) -> str:
    return {YES: _("Yes"), NO: _("No")}.get(word, word)


def _asked(question: dict[str, Any]) -> str:
    return ": ".join(filter(None, (question["text"], question["answer"])))


def _scan(scan: dict[str, Any], zone: str) -> str:
    return ", ".join(filter(None, (_moment(scan["at"], zone), scan["where"], scan["gate"], scan["note"])))


def _late(change: dict[str, Any]) -> str:
    wanted = ", ".join(value for value in change["wanted"].values() if isinstance(value, str))
    return " / ".join(filter(None, (change["reason"], wanted, change["answer"])))


def _consent(consent: dict[str, Any], zone: str) -> str:
    word = _("Agreed") if consent["agreed"] else _("Not agreed")
    by = _("pressed by the hosts") if consent["pressed_by"] == "host" else ""
    version = _("Version %(number)s", number=consent["version"])
    return ", ".join(filter(None, (word, version, _moment(consent["at"], zone), by)))


def _letter(letter: dict[str, Any]) -> str:
    names = {
        Purpose.INVITATION: _("Invitation"),
        Purpose.CONFIRMATION: _("Confirmation"),
        Purpose.PASS: _("Badge letter"),
        Purpose.MOVED: _("New days"),
        Purpose.PLACED: _("The run we chose"),
        Purpose.PROMOTED: _("A place became free"),
        Purpose.ITEM_PLACE: _("A place in the programme"),
        Purpose.SEAT_OFFER: _("Offer of more seats"),
        Purpose.ANSWER: _("Answer to a request"),
        Purpose.NAMES_WANTED: _("Names wanted"),
        Purpose.PART_WANTED: _("Your own part wanted"),
        Purpose.SOON: _("See you soon"),
        Purpose.THANKS: _("Thank you"),
        Purpose.OWN_ANSWER: _("Answer to your request"),
        Purpose.CANCELLED: _("Place given up"),
        Purpose.LINK_AGAIN: _("Link again"),
        Purpose.AGENDA_CHANGED: _("Changes of the programme"),
        Purpose.SEMINAR_ANSWER: _("Answer to a question"),
    }
    states = {
        MessageStatus.QUEUED: _("Waiting"),
        MessageStatus.SENT: _("Sent"),
        MessageStatus.FAILED: _("Did not arrive"),
        MessageStatus.UNCERTAIN: _("Perhaps arrived"),
        MessageStatus.WITHDRAWN: _("No longer needed"),
    }
    name = names.get(letter["purpose"], _("Letter"))
    return ", ".join((name, states[MessageStatus(letter["status"])]))


def _list(handed_out: dict[str, Any]) -> str:
    return {Kind.HOTEL: _("Hotel list"), Kind.SHUTTLE: _("Bus list"), Kind.MEALS: _("Meal list")}[
        Kind(handed_out["list"])
    ]


def _yes(said: bool | None) -> str:
    return _("Yes") if said else ""


def _moment(at: datetime | None, zone: str) -> str:
    if at is None:
        return ""
    day: date = dates.local(at, zone).date()
    return f"{dates.short_day(day, looks.current_language())} {dates.clock_time(at, zone)}"
