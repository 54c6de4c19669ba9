"""The organizer's own questions on one's own page: with the button or by itself, files as downloads only."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from browser import violations
from cast import a_registration, at, attendee_of
from conftest import MONDAY
from live import serve
from playwright.sync_api import expect

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.printout import Kind as List
from eventapp.models.question import YES, Asks
from eventapp.models.registration import Attendee
from eventapp.rules import question_answers, questions
from eventapp.rules.questions import Draft
from tests.web.partner.conftest import Holder, holder_of, words

PDF = b"%PDF-1.7\n"


@pytest.fixture
def asked(app, holder: Holder) -> dict[str, int]:
    """One of each kind; `why` waits for yes; their ids."""
    with app.app_context():
        event = db.session.get_one(Attendee, holder.id).registration.invitation.event
        sizes = (("작게", "Small"), ("크게", "Large"))
        found = {
            kind.name: questions.add(
                event,
                Draft(
                    kind=kind,
                    text_ko=f"질문 {kind}",
                    choices=sizes if kind in questions.TO_CHOOSE else (),
                    told_to=List.HOTEL if kind == Asks.TEXT else None,
                ),
            ).id
            for kind in Asks
        }
        waits = {"depends_on_id": found["YES_NO"], "depends_value": YES}
        found["WHY"] = questions.add(event, Draft(kind=Asks.TEXT, text_ko="왜요?", required=True, **waits)).id
        return found


def kept(app, holder):
    with app.app_context():
        return question_answers.said_by(db.session.get_one(Attendee, holder.id))


def test_answers_of_every_kind_are_saved_and_shown_again(app, ready, holder, asked):
    typed = {
        f"answer_{asked['TEXT']}": "<b>안녕</b>",
        f"answer_{asked['NUMBER']}": "1,200",
        f"answer_{asked['ONE']}": "2",
        f"answer_{asked['SEVERAL']}": ["1", "2"],
        f"answer_{asked['DATE']}": "2017-11-09",
        f"answer_{asked['YES_NO']}": "no",
    }
    answer = ready.post(f"{holder.page}/questions", data=typed)
    assert (answer.status_code, answer.location) == (303, holder.page)
    said = kept(app, holder)
    assert [said[asked[kind.name]] for kind in Asks if kind != Asks.FILE] == [
        "<b>안녕</b>", "1200", "2", ["1", "2"], "2017-11-09", "no",
    ]  # fmt: skip
    text = ready.get(f"{holder.page}/questions").get_data(as_text=True)
    assert "&lt;b&gt;안녕&lt;/b&gt;" in text
    assert text.count("checked") == 4
    assert text.count("적어 주신 답을 호텔에서도 봅니다.") == 1
    assert "질문과 답" in words(ready.get(holder.page))


def test_without_a_script_a_question_that_waits_comes_after_saving(ready, holder, asked):
    hidden = f'data-question="{asked["WHY"]}" data-after="{asked["YES_NO"]}" data-wanted="yes" hidden'
    assert hidden in ready.get(f"{holder.page}/questions").get_data(as_text=True)
    yes = {f"answer_{asked['YES_NO']}": "yes"}
    assert ready.post(f"{holder.page}/questions", data=yes).location == f"{holder.page}/questions"
    page = ready.get(f"{holder.page}/questions")
    assert hidden not in page.get_data(as_text=True)
    assert "아직 답이 필요한 질문이 1개 있습니다." in words(page)
    assert "질문 1개 남음" in words(ready.get(holder.page))
    answered = {**yes, f"answer_{asked['WHY']}": "그냥요"}
    assert ready.post(f"{holder.page}/questions", data=answered).location == holder.page


def test_after_ones_own_part_come_the_questions_that_need_an_answer(app, client, holder, asked):
    with app.app_context():
        event = db.session.get_one(Attendee, holder.id).registration.invitation.event
        questions.add(event, Draft(kind=Asks.TEXT, text_ko="꼭", required=True))
    client.get(holder.link)
    answer = client.post(f"{holder.page}/confirmation", data={"diet": ""})
    assert answer.location == f"{holder.page}/questions"


def test_the_script_gets_no_page_back(ready, holder, asked):
    typed = {f"answer_{asked['TEXT']}": "네"}
    answer = ready.post(f"{holder.page}/questions", data=typed, headers={"X-Saves": "1"})
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("NUMBER", "둘", "숫자로 적어 주세요."),
        ("TEXT", "가" * 2001, "2000자까지"),
        ("ONE", "9", "질문에 맞는"),
        ("DATE", "내일", ""),
        ("SEVERAL", "9", ""),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_stays_typed(app, ready, holder, asked, kind, typed, sentence):
    other = "DATE" if kind == "TEXT" else "TEXT"
    fits = "2017-11-09" if kind == "TEXT" else "그대로"
    form = {f"answer_{asked[kind]}": typed, f"answer_{asked[other]}": fits}
    answer = ready.post(f"{holder.page}/questions", data=form)
    assert answer.status_code in (400, 409)
    assert "field-error" in answer.get_data(as_text=True)
    assert fits in answer.get_data(as_text=True)
    assert sentence in words(answer) or kind == "ONE"
    assert kept(app, holder) == {}


def test_what_is_hidden_never_stands_in_the_way(app, ready, holder, asked):
    form = {f"answer_{asked['WHY']}": "가" * 2001, f"answer_{asked['TEXT']}": "네"}
    assert ready.post(f"{holder.page}/questions", data=form).status_code == 303
    assert kept(app, holder) == {asked["TEXT"]: "네"}


def test_a_file_is_a_download_and_nothing_else(ready, holder, asked):
    name = f"answer_{asked['FILE']}"
    form = {name: (BytesIO(PDF), "명함.pdf"), f"answer_{asked['TEXT']}": "함께"}
    answer = ready.post(f"{holder.page}/questions", data=form, content_type="multipart/form-data")
    assert (answer.status_code, answer.location) == (303, f"{holder.page}/questions")
    assert "명함.pdf" in words(ready.get(f"{holder.page}/questions"))
    got = ready.get(f"{holder.page}/questions/{asked['FILE']}/file")
    assert (got.status_code, got.data, got.mimetype) == (200, PDF, "application/pdf")
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"].startswith("sandbox;")
    assert got.headers["Cache-Control"] == "no-store"
    back = ready.post(f"{holder.page}/questions", data={"taken_back": asked["FILE"]})
    assert back.status_code == 303
    assert ready.get(f"{holder.page}/questions/{asked['FILE']}/file").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"<script>alert(1)</script>", "card.pdf", "PDF나 사진"),
        (PDF, "card.html", "PDF나 사진"),
        (PDF + b"x" * 5 * 1024 * 1024, "card.pdf", "5 MB보다 큽니다."),
    ],
)
def test_another_kind_of_file_gets_a_sentence(app, ready, holder, asked, data, name, sentence):
    part = '--x\r\nContent-Disposition: form-data; name="answer_{}"{}\r\n\r\n'
    body = part.format(asked["TEXT"], "").encode() + "그대로\r\n".encode()
    body += part.format(asked["FILE"], f'; filename="{name}"').encode() + data + b"\r\n--x--\r\n"
    answer = ready.post(f"{holder.page}/questions", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 409
    assert sentence in words(answer)
    assert "그대로" in answer.get_data(as_text=True)
    assert kept(app, holder) == {}


def test_a_file_of_somebody_else_is_not_there(app, ready, holder, asked):
    with app.app_context():
        other = attendee_of(a_registration(db.session.get_one(Invitation, 1)))
        upload = question_answers.Upload(PDF, "남의.pdf")
        question_answers.save(other, {}, files={asked["FILE"]: upload})
    assert ready.get(f"{holder.page}/questions/{asked['FILE']}/file").status_code == 404
    assert ready.get(f"{holder.page}/questions/{2**40}/file").status_code == 404


def test_without_a_place_nothing_is_asked_yet(app, client, company):
    with app.app_context():
        undecided = a_registration(db.session.get_one(Invitation, company.id), number=None)
        theirs = holder_of(app, attendee_of(undecided))
    client.get(theirs.link)
    assert client.get(f"{theirs.page}/questions").status_code == 404
    assert client.post(f"{theirs.page}/questions", data={}).status_code == 404


def test_what_has_closed_is_read_and_no_longer_changed(app, ready, holder, asked):
    with app.app_context():
        attendee = db.session.get_one(Attendee, holder.id)
        event = attendee.registration.invitation.event
        draft = Draft(kind=Asks.YES_NO, text_ko="오늘까지", open_until=date(2017, 10, 16))
        closing = questions.add(event, draft).id
        question_answers.save(attendee, {closing: YES})
    with standing_at(at("2017-10-17 00:00")):
        page = ready.get(f"{holder.page}/questions")
        assert "오늘까지 마감 예" in words(page)
        assert f"answer_{closing}" not in page.get_data(as_text=True)
        ready.post(f"{holder.page}/questions", data={f"answer_{closing}": "no"})
    assert kept(app, holder) == {closing: YES}


@pytest.mark.browser
def test_every_change_saves_itself_and_opens_what_waited(app, settings, holder, asked, open_browser):
    with serve(settings, at=MONDAY) as live:
        context = open_browser()
        page = context.new_page()
        page.goto(live.url + holder.link)
        page.goto(f"{live.url}{holder.page}/questions")
        why = page.locator(f"[name=answer_{asked['WHY']}]")
        expect(why).to_be_hidden()
        page.check(f"[name=answer_{asked['YES_NO']}][value=yes]")
        expect(why).to_be_visible()
        why.fill("그냥요")
        page.check(f"[name=answer_{asked['SEVERAL']}][value='2']")
        expect(page.locator("[data-saves-word]")).to_have_text("저장했습니다")
        assert kept(app, holder) == {asked["YES_NO"]: "yes", asked["WHY"]: "그냥요", asked["SEVERAL"]: ["2"]}
        assert violations(page) == []
        page.set_input_files(
            f"[name=answer_{asked['FILE']}]",
            {"name": "명함.pdf", "mimeType": "application/pdf", "buffer": PDF},
        )
        expect(page.get_by_role("link", name="명함.pdf")).to_be_visible()
        live.stop()
        page.check(f"[name=answer_{asked['SEVERAL']}][value='1']")
        expect(page.locator("[data-saves-word]")).to_contain_text("적어 두었습니다")
        page.close()
        live.start()
        again = context.new_page()
        again.goto(f"{live.url}{holder.page}/questions")
        expect(again.locator("[data-saves-word]")).to_have_text("저장했습니다")
        assert kept(app, holder)[asked["SEVERAL"]] == ["1", "2"]
        context.seen[:] = [line for line in context.seen if "ERR_CONNECTION" not in line]
