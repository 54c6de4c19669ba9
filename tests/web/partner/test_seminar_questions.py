"""Questions for the seminar on one's own page: with a name or without any trace of it."""

from __future__ import annotations

import re

import pytest
from browser import LOOKS, violations
from cast import a_registration, attendee_of
from conftest import MONDAY
from flask import Flask
from live import serve
from sqlalchemy import select
from structlog.testing import capture_logs
from web.partner.conftest import Holder, holder_of, words

from eventapp import create_app
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.models.seminar import SeminarQuestion
from eventapp.rules import seminar_answers
from eventapp.web import gates

pytestmark = pytest.mark.usefixtures("clock")
QUESTION = {"text": "내년 <b>장비</b>는\n언제 사나요?", "kind": "seminar"}


@pytest.fixture
def other(app: Flask, holder: Holder, company) -> Holder:
    """A colleague with a pass of their own."""
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        return holder_of(app, attendee_of(a_registration(invitation)))


def asked(app: Flask) -> list[tuple[int | None, str]]:
    with app.app_context():
        rows = select(SeminarQuestion.attendee_id, SeminarQuestion.text).order_by(SeminarQuestion.id)
        return list(map(tuple, db.session.execute(rows)))


def answer(app: Flask) -> None:
    """Everything that waits, in one answer."""
    with app.app_context():
        event = db.session.scalars(select(Invitation)).first().event
        topic = seminar_answers.group(event, [one.id for one in seminar_answers.waiting(event)])
        said = seminar_answers.Words(question_ko="장비는 언제?", answer_ko="봄에 <i>삽니다</i>.")
        seminar_answers.write(topic, said, publish=True)


def test_with_a_name_it_stands_there_until_it_is_answered(app, ready, holder):
    address = f"{holder.page}/seminar"
    assert address in ready.get(holder.page).get_data(as_text=True)
    assert address in ready.get(f"{holder.page}/travel").get_data(as_text=True)
    assert ready.post(address, data={**QUESTION, "way": "named"}).location == address
    assert asked(app) == [(holder.id, "내년 <b>장비</b>는\n언제 사나요?")]
    page = ready.get(address)
    assert "고맙습니다. 질문을 잘 받았습니다." in words(page)
    assert "내년 &lt;b&gt;장비&lt;/b&gt;는" in page.get_data(as_text=True)
    assert "답을 기다리고 있습니다" in words(page)
    answer(app)
    page = ready.get(address)
    assert "장비는 언제? 동반성장 세미나 봄에 &lt;i&gt;삽니다&lt;/i&gt;." in words(page)
    assert "거두기" not in words(page)
    assert "세미나 답 1개" in words(ready.get(holder.page))


def test_one_takes_back_ones_own_alone(app, ready, holder, other):
    ready.post(f"{holder.page}/seminar", data={**QUESTION, "way": "named"})
    [id] = re.findall(r'name="question" value="([0-9a-f-]{36})"', ready.get(f"{holder.page}/seminar").text)
    stranger = app.test_client()
    stranger.get(other.link)
    assert stranger.post(f"{other.page}/seminar/withdrawal", data={"question": id}).status_code == 409
    assert ready.post(f"{holder.page}/seminar/withdrawal", data={"question": id}).status_code == 303
    assert asked(app) == []
    assert ready.get(f"{holder.page}/seminar/withdrawal").location == f"{holder.page}/seminar"


def test_without_a_name_nothing_of_the_asker_is_shown_or_kept(app, ready, holder):
    address = f"{holder.page}/seminar"
    before = words(ready.get(address))
    assert ready.post(address, data={**QUESTION, "way": "anonymous"}).location == address
    assert asked(app) == [(None, QUESTION["text"])]
    assert words(ready.get(address)).replace("고맙습니다. 질문을 잘 받았습니다. ", "") == before


def test_two_people_leave_the_same_tables_and_the_same_log_lines(
    app: Flask, holder: Holder, other: Holder, tables
):
    """The whole request, with its gate and its journal: whoever asks, the bytes that stay are the same."""
    clients = []
    for one in (holder, other):
        clients.append(app.test_client())
        clients[-1].get(one.link)
        clients[-1].get(f"{one.page}/seminar")
    seen, lines = [], []
    for client, one in zip(clients, (holder, other), strict=True):
        with capture_logs() as log:
            client.post(f"{one.page}/seminar", data={**QUESTION, "way": "anonymous"})
        lines.append(
            [{name: line[name] for name in sorted(line.keys() - {"id", "ms", "timestamp"})} for line in log]
        )
        with app.app_context(), db.writing():
            db.session.execute(SeminarQuestion.__table__.update().values(id="the same"))
        seen.append(tables())
        with app.app_context(), db.writing():
            db.session.execute(SeminarQuestion.__table__.delete())
    assert seen[0] == seen[1]
    assert lines[0] == lines[1]
    assert [line["rule"] for line in lines[0]] == ["/pass/<int:id>/seminar"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " "}, "질문을 적어 주세요."),
        ({"way": ""}, "이름을 함께 남길지 골라 주세요."),
        ({"text": "가" * 501}, "500자까지"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(app, ready, holder, sent, sentence):
    page = ready.post(f"{holder.page}/seminar", data={**QUESTION, "way": "named", **sent})
    assert (page.status_code, sentence in words(page)) == (400, True)
    assert asked(app) == []
    if "text" not in sent:
        assert "언제 사나요?</textarea>" in page.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["meal", "dance", ""])
def test_only_the_hosts_programmes_are_asked_about(app, ready, holder, kind: str):
    sent = {**QUESTION, "way": "anonymous", "kind": kind}
    assert ready.post(f"{holder.page}/seminar", data=sent).status_code == 400
    assert asked(app) == []


def test_who_waits_for_a_place_asks_nothing_yet(app, ready, holder):
    with app.app_context(), db.writing():
        db.session.get_one(Registration, holder.registration_id).status = "waitlisted"
    assert ready.get(f"{holder.page}/seminar").status_code == 404
    assert ready.post(f"{holder.page}/seminar", data={**QUESTION, "way": "anonymous"}).status_code == 404
    assert asked(app) == []


def test_too_many_are_slowed_down_by_a_key_that_names_nobody(settings: dict, holder: Holder, other: Holder):
    app = create_app({**settings, "WTF_CSRF_ENABLED": False, "TESTING": True, "RATELIMIT_ENABLED": True})
    sent = {**QUESTION, "way": "anonymous"}
    codes = []
    for one, times in ((holder, 14), (other, 1)):
        client = app.test_client()
        client.get(one.link)
        codes.append([client.post(f"{one.page}/seminar", data=sent).status_code for _ in range(times)])
    assert codes == [[303] * 12 + [429] * 2, [303]]
    kept = [key for key in gates.limiter.storage.storage if "seminar" in key]
    assert len(kept) == 2
    assert all(
        re.fullmatch(r"LIMITER/[0-9a-f]{64}/partner\.attendee\.seminar_questions\.ask/12/1/hour", one)
        for one in kept
    )
    with app.app_context():
        db.engine.dispose()


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "language"), LOOKS)
def test_the_page_is_sound_and_asks_by_keyboard(
    app, settings, holder, open_browser, scheme: str, language: str
):
    with serve(settings, at=MONDAY) as live:
        page = open_browser(color_scheme=scheme).new_page()
        page.goto(live.url + holder.link)
        page.goto(f"{live.url}{holder.page}/seminar?language={language}")
        assert violations(page) == []
        page.focus("[name=text]")
        page.keyboard.type("장비는 언제 사나요?")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=status]")
        answer(app)
        page.reload()
        assert page.locator(".seminar-answers dt").count() == 1
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert [id for id, _text in asked(app)] == [holder.id]
