"""An item, a day or a run taken to the other run by a press, and what follows what."""

import pytest
from cast import an_event, an_organizer, at, run
from flask import Flask
from flask.testing import FlaskClient
from walk import sign_in

from eventapp.models.programme import Kind
from eventapp.rules import events, working_copies
from eventapp.rules.agenda_items import Draft

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def uids(app: Flask, client: FlaskClient) -> list[str]:
    with app.app_context():
        event = an_event()
        drafts = [
            Draft(kind=Kind.AI, title_ko=title, starts_at=at(f"{on} 10:00"), ends_at=at(f"{on} 11:00"))
            for title, on in (("투어", "2017-11-09"), ("AI", "2017-11-10"))
        ]
        found = [item.uid for item in working_copies.add(event, [(run(event, 1), one) for one in drafts])]
        an_organizer()
    sign_in(client)
    return found


def press(client: FlaskClient, address: str, **values: str) -> str:
    answer = client.post(f"/organizer/agenda/{address}", data={"seen": "1"} | values)
    assert answer.status_code == 303
    return client.get(answer.headers["Location"]).get_data(as_text=True)


def there(app: Flask) -> list[tuple[str, bool]]:
    with app.app_context():
        items = working_copies.of(events.by_slug("2017")).items(2)
        return [(item.title_ko, bool(item.follows)) for item in items]


@pytest.mark.parametrize(
    ("part", "how", "expected", "said"),
    [
        ("1", "copy", [("투어", False), ("AI", False)], "프로그램 2개를 2차로 복사했습니다."),
        ("1-2", "follow", [("AI", True)], "프로그램 1개를 2차로 복사했습니다."),
        ("1-1", "move", [("투어", False)], "프로그램 1개를 2차로 옮겼습니다."),
        ("1-7", "copy", [], "옮겨 담을 프로그램이 없습니다."),
    ],
)
def test_a_day_or_a_run(app: Flask, client: FlaskClient, uids, part: str, how: str, expected, said: str):
    assert said in press(client, "copies", part=part, how=how)
    assert there(app) == expected


def test_one_item_and_what_it_follows(app: Flask, client: FlaskClient, uids):
    press(client, f"items/{uids[0]}/copies", how="copy", to="2")
    with app.app_context():
        [item] = working_copies.of(events.by_slug("2017")).items(2)
    page = press(client, f"items/{item.uid}/leader", leader=uids[0], seen="2")
    assert there(app) == [("투어", True)]
    assert "1차의 ‘투어’ 프로그램을 따릅니다." in page
    assert "다른 차수를 따름" in client.get("/organizer/agenda").get_data(as_text=True)
    press(client, f"items/{item.uid}/leader", leader="", seen="3")
    assert there(app) == [("투어", False)]


def test_what_cannot_be_is_said(app: Flask, client: FlaskClient, uids):
    assert "다른 차수를 골라 주세요." in press(client, f"items/{uids[0]}/copies", how="copy", to="1")
    assert "무엇을 따를지 골라 주세요." in press(client, f"items/{uids[0]}/leader", leader=uids[1])
    press(client, f"items/{uids[0]}/copies", how="move")
    assert "그사이 다른 분이" in press(client, f"items/{uids[0]}/copies", how="move")
    assert "다른 차수를 골라 주세요." in press(client, "copies", part="9")
