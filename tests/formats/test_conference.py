"""schedule.json field by field, as the form's own description has them, and what comes back out of it."""

import re
import uuid
from datetime import UTC, date, datetime

import pytest

from eventapp.formats import conference
from eventapp.formats.conference import Talk

CLOCK, LENGTH = r"[0-2][0-9]:[0-5][0-9]", r"[0-9]+:[0-9]{2}"
DAY, MOMENT = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00"
ADDRESS = r"https?://\S+"
LIST = "a list"
# a field -> its pattern, its type, or LIST; exactly these, none left out and none besides
SCHEDULE = {"version": r".+", "base_url": ADDRESS, "conference": dict}
CONFERENCE = {
    "acronym": r"[a-z0-9_-][a-z0-9_]{3,}", "title": r".+", "start": DAY, "end": DAY, "daysCount": int,
    "timeslot_duration": LENGTH, "time_zone_name": r"[A-Z][a-z]+/[A-Z][a-z]+", "url": ADDRESS, "tracks": LIST,
    "rooms": LIST, "days": LIST,
}  # fmt: skip
DAYS = {"index": int, "date": DAY, "day_start": MOMENT, "day_end": MOMENT, "rooms": dict}
EVENT = {
    "id": int, "guid": r"[0-9a-f-]{36}", "date": MOMENT, "start": CLOCK, "duration": LENGTH, "room": r".+",
    "slug": r"[a-z0-9_-]+[a-z0-9]", "url": ADDRESS, "title": r".+", "subtitle": r".*", "track": r".*",
    "type": r"[a-z]+", "language": r"[a-z]{2}", "abstract": r"(?s).*", "description": r".*", "persons": LIST,
    "links": LIST, "attachments": LIST, "answers": LIST,
}  # fmt: skip
PERSON = {"guid": r"[0-9a-f-]{36}", "name": r".+", "public_name": r".+"}
ROOM = {"guid": r"[0-9a-f-]{36}", "name": r".+", "capacity": type(None)}

# The published schema, validator/json/schema.json of github.com/voc/schedule: what it requires, what it allows besides
PUBLISHED = {
    "conference": (CONFERENCE, "title acronym days daysCount start end timeslot_duration",
                   "description time_zone_name logo colors keywords url tracks rooms meta"),
    "day": (DAYS, "date day_end day_start index rooms", ""),
    "event": (EVENT, "abstract date duration guid id language links persons room slug start subtitle title track type url",
              "logo description recording_license do_not_record do_not_stream attachments answers"),
    "room": (ROOM, "guid name", "description capacity"),
}  # fmt: skip


@pytest.mark.parametrize("what", PUBLISHED)
def test_our_fields_are_those_of_the_published_schema(what: str):
    fields, required, besides = PUBLISHED[what]
    assert set(required.split()) <= fields.keys() <= {*required.split(), *besides.split()}


def wrong(found: dict[str, object], fields: dict[str, object]) -> list[str]:
    """Fields that are missing, unknown, or not what they have to be."""
    lines = [f"{name}: missing or unknown" for name in found.keys() ^ fields.keys()]
    for name, wanted in fields.items():
        value = found.get(name)
        if wanted == LIST:
            fits = isinstance(value, list)
        elif isinstance(wanted, type):
            fits = isinstance(value, wanted)
        else:
            fits = isinstance(value, str) and re.fullmatch(str(wanted), value) is not None
        lines += [] if fits else [f"{name}: {value!r}"]
    return lines


def all_wrong(document: dict) -> list[str]:
    """Everything in the document that the form does not allow."""
    schedule = document["schedule"]
    head = schedule["conference"]
    lines = [] if set(document) == {"$schema", "generator", "schedule"} else [f"document: {sorted(document)}"]
    lines += wrong(schedule, SCHEDULE) + wrong(head, CONFERENCE)
    for room in head["rooms"]:
        lines += wrong(room, ROOM)
    for day in head["days"]:
        lines += wrong(day, DAYS)
        for name, found in day["rooms"].items():
            for event in found:
                lines += wrong(event, EVENT)
                lines += [] if isinstance(event["id"], int) and event["id"] >= 1 else [f"id: {event['id']}"]
                lines += [] if str(uuid.UUID(event["guid"])) == event["guid"] else [f"guid: {event['guid']}"]
                lines += [] if event["room"] == name else [f"room: {event['room']} under {name}"]
                for person in event[
                    "persons"
                ]:  # a name and no number: pretalx's kind of person, and that alone
                    lines += wrong(person, PERSON)
    return lines


def read(document: dict) -> list[tuple[str, datetime, datetime, str, str, tuple[str, ...]]]:
    """As an app reads it: what, from when until when, where, who."""
    found = []
    for day in document["schedule"]["conference"]["days"]:
        for room, events in day["rooms"].items():
            for event in events:
                begins = datetime.fromisoformat(event["date"])
                assert (f"{begins:%H:%M}", f"{begins:%Y-%m-%d}") == (event["start"], day["date"])
                hours, minutes = map(int, event["duration"].split(":"))
                ends = datetime.fromtimestamp(begins.timestamp() + hours * 3600 + minutes * 60, UTC)
                people = tuple(person["name"] for person in event["persons"])
                found.append(
                    (event["guid"], begins, ends, "" if room == "-" else room, event["title"], people)
                )
    return sorted(found)


def a_talk(number: int, starts: datetime, ends: datetime, **more: object) -> Talk:
    fields = {
        "id": number,
        "uid": str(uuid.UUID(int=number)),
        "title": f"순서 {number}",
        "url": "https://host.example/a",
        "ics": "https://host.example/a.ics",
        "kind": "tour",
        "track": "투어",
        "language": "ko",
    }
    return Talk(**{**fields, **more}, starts_at=starts, ends_at=ends)


def a_schedule(talks: list[Talk], **more: str) -> dict:
    words = {
        "version": "3",
        "address": "https://host.example/2017/agenda",
        "slug": "2017",
        "title": "파트너스 데이",
    }
    days = [date(2017, 11, 9), date(2017, 11, 10)]
    return conference.schedule(**{**words, **more}, zone="Asia/Seoul", days=days, talks=talks)


NIGHT = datetime(2017, 11, 9, 14, 50, tzinfo=UTC)  # 23:50 at the place
MORNING = datetime(2017, 11, 9, 15, 10, tzinfo=UTC)  # 00:10 on the tenth


def test_what_goes_in_comes_out():
    talks = [
        a_talk(1, NIGHT, MORNING, room="멀티홀", people=["윤서진 매니저", "한지원 과장"], text="두 줄\n둘째"),
        a_talk(2, MORNING, datetime(2017, 11, 9, 17, 15, tzinfo=UTC)),
    ]
    document = a_schedule(talks)
    assert all_wrong(document) == []
    assert read(document) == [
        (talk.uid, talk.starts_at, talk.ends_at, talk.room, talk.title, tuple(talk.people)) for talk in talks
    ]


def test_a_day_is_a_day_at_the_place():
    [first, second] = a_schedule([a_talk(1, NIGHT, MORNING), a_talk(2, MORNING, MORNING)])["schedule"][
        "conference"
    ]["days"]
    assert [day["rooms"]["-"][0]["id"] for day in (first, second)] == [1, 2]
    assert (first["day_start"], first["day_end"]) == (
        "2017-11-09T00:00:00+09:00",
        "2017-11-10T00:00:00+09:00",
    )


@pytest.mark.parametrize("slug", ["2017", "a", "partners-day-2018", "x" * 40])
def test_any_slug_gives_an_acronym_that_apps_take(slug: str):
    assert all_wrong(a_schedule([a_talk(1, NIGHT, MORNING)], slug=slug)) == []


def test_an_empty_programme_is_a_schedule_too():
    document = a_schedule([])
    assert (all_wrong(document), read(document)) == ([], [])


def test_ids_of_rooms_and_people_stay():
    documents = [
        a_schedule([a_talk(1, NIGHT, MORNING, room="로비", people=["윤서진"])], version=one) for one in "12"
    ]
    rooms = [document["schedule"]["conference"]["rooms"] for document in documents]
    assert rooms[0] == rooms[1]
