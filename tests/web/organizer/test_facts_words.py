"""What was changed about the event is told, newest first, with who did it."""

import re

import pytest
from cast import run
from flask import Flask
from office import Office

from eventapp.models.states import EventStatus
from eventapp.reports import history
from eventapp.rules import approvals, events, quiet_hours, seats

pytestmark = pytest.mark.usefixtures("clock")


def told(office: Office, language: str = "ko") -> list[str]:
    text = office.organizer.get(f"/organizer/facts?language={language}").get_data(as_text=True)
    story = text.split('<ol class="history story">')[1].split("</ol>")[0]
    return re.findall(r"</time><span>([^<]+?)\s*<", story)


def everything(app: Flask) -> None:
    with app.app_context():
        event = events.current()
        assert event is not None
        events.change_run(run(event, 1), venue_ko="정문")
        seats.set_capacity(run(event, 1), 44)
        events.set_status(event, EventStatus.CLOSED)
        events.set_status(event, EventStatus.OPEN)
        approvals.want(event, True)
        approvals.want(event, False)
        quiet_hours.set_hours(event, begin=None, end=None)
        events.state_facts(event, team_ko="새 팀")


def test_the_newest_change_stands_first(office: Office):
    everything(office.app)
    assert told(office)[:8] == [
        "사실을 고쳤습니다",
        "조용한 시간을 바꾸었습니다",
        "바로 확정하기로 했습니다",
        "확정 전에 살펴보기로 했습니다",
        "행사를 열었습니다",
        "행사를 닫았습니다",
        "정원을 바꾸었습니다: 43 → 44",
        "차수를 고쳤습니다",
    ]


def test_every_kept_deed_has_a_sentence_in_both_languages(office: Office):
    everything(office.app)
    with office.app.app_context():
        event = events.current()
        assert event is not None
        known = {step.action for step in history.of_facts(event, newest=99)}
    assert history.FACTS - known == {"imported", "event archived"}
    assert len(told(office, "en")) == len(told(office, "ko"))


def test_who_confirmed_is_named(office: Office):
    office.organizer.post("/organizer/facts/confirmation")
    assert "윤서진" in office.organizer.get("/organizer/facts").get_data(as_text=True).split("<h2>")[0]
