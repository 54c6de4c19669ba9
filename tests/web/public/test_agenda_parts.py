"""The agenda's calendars, as two independent readers understand them."""

from datetime import UTC

import pytest
from calendars import Read, read
from cast import a_registration, an_event, an_invitation, at, attendee_of, run
from flask import Flask
from flask.testing import FlaskClient
from walk import link_key

from eventapp.models.programme import Kind
from eventapp.rules import agenda, agenda_items, events, invitations, publications
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")
SEMINAR = Draft(
    kind=Kind.SEMINAR,
    title_ko="세미나; 둘째, 그리고 \\ 셋째",
    title_en="Seminar",
    text_ko="첫 줄\n둘째 줄, 아주 길어서 접혀야 하는 줄입니다. " * 6,
    room_ko="멀티홀: 2층",
    starts_at=at("2017-11-09 14:00"),
    ends_at=at("2017-11-09 15:30"),
)


@pytest.fixture
def uids(app: Flask) -> list[str]:
    with app.app_context():
        event = an_event()
        return [item.uid for item in agenda.add_all(event, agenda_items.in_every_run(run(event, 1), SEMINAR))]


@pytest.fixture
def addresses(app: Flask, uids: list[str]) -> list[str]:
    """Run 1, its one item, and the own days of somebody in it: all three hold the same entry."""
    with app.app_context():
        attendee = attendee_of(a_registration(an_invitation(events.by_slug("2017"))))
        token = invitations.feed_token(attendee, link_key(app))
    return ["/2017/agenda.ics?run=1", f"/2017/agenda/{uids[0]}.ics", f"/feed/{token}.ics"]


def entries(client: FlaskClient, addresses: list[str]) -> list[Read]:
    """The one entry that each address holds."""
    found = [read(client.get(address).data) for address in addresses]
    assert [len(one) for one in found] == [1, 1, 1]
    return [one[0] for one in found]


def test_what_is_published_comes_back_word_by_word(
    client: FlaskClient, uids: list[str], addresses: list[str]
):
    for entry in entries(client, addresses):
        assert (entry.uid, entry.sequence, entry.status) == (f"{uids[0]}@partners-day", 0, "CONFIRMED")
        assert (entry.starts_at, entry.ends_at) == (
            SEMINAR.starts_at.astimezone(UTC),
            SEMINAR.ends_at.astimezone(UTC),
        )
        assert entry.zone == "Asia/Seoul"
        assert (entry.summary, entry.location) == (SEMINAR.title_ko, SEMINAR.room_ko)
        assert entry.description == SEMINAR.text_ko.strip()
        assert entry.url.startswith("http")


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_a_loss_cancels(
    app: Flask, client: FlaskClient, addresses: list[str]
):
    first = entries(client, addresses)
    with app.app_context():
        [item] = publications.rows(run(events.by_slug("2017"), 1))
        agenda.change(item, Draft(**{**vars(SEMINAR), "room_ko": "로비"}))
    second = entries(client, addresses)
    with app.app_context():
        [item] = publications.rows(run(events.by_slug("2017"), 1))
        agenda.remove(item)
    third = entries(client, addresses)
    for seen in zip(first, second, third, strict=True):
        assert len({entry.uid for entry in seen}) == 1
        assert [entry.sequence for entry in seen] == [0, 1, 2]
        assert [entry.location for entry in seen] == ["멀티홀: 2층", "로비", "로비"]
        assert [entry.status for entry in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_what_comes_back_is_confirmed_again_with_a_higher_sequence(
    app: Flask, client: FlaskClient, addresses: list[str]
):
    with app.app_context():
        event = events.by_slug("2017")
        agenda.remove(publications.rows(run(event, 1))[0])
        publications.go_back(event, 1)
    assert {(entry.sequence, entry.status) for entry in entries(client, addresses)} == {(2, "CONFIRMED")}
