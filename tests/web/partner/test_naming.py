"""Naming colleagues: a place, a sentence, or everything typed still there."""

from __future__ import annotations

import unicodedata

import pytest
from cast import a_colleague, a_registration, an_event, an_invitation, attendee_of, run

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Message
from eventapp.models.registration import Registration
from eventapp.rules import registrations, seats
from tests.web.partner.conftest import FORM, company_of, words


def named(app, company) -> list[tuple[str, str, str, str, str]]:
    """Name, title, phone, e-mail and state of every seat in use."""
    with app.app_context():
        found = registrations.live(db.session.get(Invitation, company.id))
        people = [(attendee_of(one).person, one) for one in found]
        return [(p.name, p.title, p.phone, p.email, one.status) for p, one in people]


def test_a_colleague_is_named_and_the_next_seat_opens(app, opened, company):
    answer = opened.post(f"{company.page}/registrations", data=FORM)
    assert (answer.status_code, answer.location) == (303, f"{company.page}/registrations#seat")
    assert named(app, company) == [("오세린", "대리", "+821000004417", "serin@maru.example", "registered")]
    with app.app_context():
        letters = db.session.scalars(db.select(Message).order_by(Message.id)).all()
        assert [letter.purpose for letter in letters] == ["invitation", "pass", "confirmation"]


def test_the_last_seat_leads_to_the_overview(app, opened, company):
    for number in range(3):
        form = {**FORM, "name": f"김하늘{number}", "email": "", "phone": f"010-0000-441{number}"}
        answer = opened.post(f"{company.page}/registrations", data=form)
    assert answer.location == company.page
    over = opened.post(f"{company.page}/registrations", data={**FORM, "name": "한 사람 더"})
    assert (over.status_code, "지켜 둔 자리에 모두 이름이 있습니다." in words(over)) == (409, True)
    assert len(named(app, company)) == 3


def test_the_run_may_be_left_to_the_colleague(app, opened, company):
    opened.post(f"{company.page}/registrations", data={**FORM, "event_session": "later"})
    assert named(app, company)[0][4] == "undecided"


def test_a_double_press_names_once(app, opened, company):
    for form in (FORM, {**FORM, "name": "무메일", "email": "", "phone": "010-0000-9999", "seen": "1"}):
        for _ in range(2):
            assert opened.post(f"{company.page}/registrations", data=form).status_code == 303
    assert [row[0] for row in named(app, company)] == ["오세린", "무메일"]


def test_the_same_colleague_on_purpose_is_a_sentence(app, opened, company, holder):
    form = {**FORM, "seen": str(holder.registration_id)}
    answer = opened.post(f"{company.page}/registrations", data=form)
    assert (answer.status_code, "이 동료에게는 이미 자리가 있습니다." in words(answer)) == (409, True)
    assert len(named(app, company)) == 1


def test_a_full_run_is_one_sentence_and_everything_typed_stays(app, client, clock):
    with app.app_context():
        event = an_event(capacity=(1, 4))
        a_registration(an_invitation(event))
        own = company_of(app, an_invitation(event))
    client.get(own.link)
    answer = client.post(f"{own.page}/registrations", data=FORM)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "그사이 마지막 자리가 찼습니다. 2차에는 4자리가 있습니다." in page
    for typed in ("오세린", "대리", "010-0000-4417", "serin@maru.example"):
        assert f'value="{typed}"' in page
    with app.app_context():
        assert db.session.get(Invitation, own.id).status == "sent"


def test_the_coordinator_comes_too_with_one_tap(app, opened, company):
    page = opened.get(f"{company.page}/registrations?me=1").get_data(as_text=True)
    for own in ("한지원", "과장", "010-0000-4401"):
        assert f'value="{own}"' in page
    with app.app_context():
        person = db.session.get(Invitation, company.id).coordinator
        form = {
            **FORM,
            "name": person.name,
            "title": person.title,
            "phone": "010-0000-4401",
            "email": person.email,
        }
    opened.post(f"{company.page}/registrations", data=form)
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        assert attendee_of(registrations.live(invitation)[0]).person_id == invitation.coordinator_id
    assert "저도 갑니다" not in words(opened.get(f"{company.page}/registrations"))


def test_a_wish_is_kept_and_taken_back(app, opened, company):
    for data, wish in (({"duty": "y"}, True), ({}, False)):
        assert opened.post(f"{company.page}/duty", data=data).status_code == 303
        with app.app_context():
            assert db.session.get(Invitation, company.id).one_stays_on_duty is wish


LONG = "가" * 81
NFD = unicodedata.normalize("NFD", "한글이름")
REFUSED = [
    ({"name": ""}, "이름을 적어 주세요."),
    ({"name": " \u200b\x00\n "}, "이름을 적어 주세요."),
    ({"name": LONG}, "80자까지"),
    ({"title": ""}, "직함을 적어 주세요."),
    ({"title": "장" * 61}, "60자까지"),
    ({"phone": "  "}, "휴대전화 번호를 적어 주세요."),
    ({"phone": "010-1234-56"}, "숫자 2개가 빠졌습니다."),
    ({"phone": "010-1234-56789"}, "전화번호를 다시 봐 주세요."),
    ({"phone": "전화 없음 📵"}, "전화번호를 적어 주세요."),
    ({"phone": "0" * 5000}, "전화번호를 다시 봐 주세요."),
    ({"phone": "\x00"}, "전화번호를 적어 주세요."),
    ({"email": "serin"}, "이메일 주소를 다시 봐 주세요."),
    ({"email": "한글@maru.example"}, "이메일 주소를 다시 봐 주세요."),
    ({"email": "a@b.example\nBcc: x@y.example"}, "이메일 주소를 다시 봐 주세요."),
    ({"email": "a" * 5000 + "@b.example"}, "이메일 주소를 다시 봐 주세요."),
    ({"email": "<script>@b.example"}, "이메일 주소를 다시 봐 주세요."),
    ({"event_session": ""}, "차수를 고르거나"),
    ({"event_session": "9"}, "차수를 고르거나"),
    ({"event_session": "1' OR 1"}, "차수를 고르거나"),
]


@pytest.mark.parametrize(("typed", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_used_gets_a_sentence_and_stays(app, opened, company, typed, sentence):
    answer = opened.post(f"{company.page}/registrations", data={**FORM, **typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code in (400, 409)
    assert sentence in words(answer)
    kept = {**FORM, **typed}
    for field in ("name", "title", "phone", "email"):
        if kept[field].isprintable() and kept[field].strip() == kept[field] and "<" not in kept[field]:
            assert f'value="{kept[field]}"' in page or not kept[field]
    assert "<script>@" not in page
    assert named(app, company) == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (NFD, "한글이름"),
        ("  김\u00a0 하늘\t", "김 하늘"),
        ("👩‍💻 박하늘", "👩‍💻 박하늘"),
        ("<b>박</b> & '하늘'", "<b>박</b> & '하늘'"),
        ("박\x00하\x1b늘\u202e", "박하늘"),
        ("가" * 80, "가" * 80),
        ("{{ 7*7 }} %(name)s {company}", "{{ 7*7 }} %(name)s {company}"),
    ],
)
def test_any_name_is_plain_text(app, opened, company, typed, stored):
    assert opened.post(f"{company.page}/registrations", data={**FORM, "name": typed}).status_code == 303
    assert named(app, company)[0][0] == stored
    for page in (company.page, f"{company.page}/registrations", f"{company.page}/registrations/1/link"):
        answer = opened.get(page)
        assert answer.status_code == 200
        assert "<b>박</b>" not in answer.get_data(as_text=True)


def test_a_form_without_any_field_is_a_page_with_sentences(app, opened, company, holder):
    one = f"{company.page}/registrations/{holder.registration_id}"
    for address in (f"{company.page}/registrations", one, f"{one}/substitution", f"{company.page}/colleague"):
        answer = opened.post(address)
        assert (answer.status_code, "이름을 적어 주세요." in words(answer)) == (400, True)


def test_a_colleagues_data_are_corrected(app, opened, company, holder):
    one = f"{company.page}/registrations/{holder.registration_id}"
    assert 'value="010-0000-4417"' in opened.get(one).get_data(as_text=True)
    form = {**FORM, "name": "오세인", "email": "", "seen": str(holder.id)}
    assert opened.post(one, data=form).location == company.page
    assert named(app, company) == [("오세인", "대리", "+821000004417", "", "registered")]


def test_a_colleague_comes_instead_and_a_double_press_changes_nothing_more(app, opened, company, holder):
    one = f"{company.page}/registrations/{holder.registration_id}"
    form = {"name": "정도현", "title": "부장", "phone": "010-0000-4418", "email": "", "seen": str(holder.id)}
    for _ in range(2):
        assert opened.post(f"{one}/substitution", data=form).status_code == 303
    assert named(app, company) == [("정도현", "부장", "+821000004418", "", "registered")]
    stale = opened.post(f"{one}/substitution", data={**form, "name": "유나래"})
    assert (stale.status_code, "그사이 바뀐 것이 있습니다." in words(stale)) == (409, True)
    late = opened.post(one, data={**form, "name": "유나래"})
    assert late.status_code == 409
    other = opened.post(one, data={"name": "유나래", "title": "대리", "phone": "010-0000-4419"})
    assert (
        other.status_code,
        "다른 분으로 보입니다." in words(other),
        f"{one}/substitution" in other.get_data(as_text=True),
    ) == (409, True, True)
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Registration)) == 1


def test_the_link_page_holds_the_pass_link_and_words_to_paste(app, client, opened, company, holder):
    page = opened.get(f"{company.page}/registrations/{holder.registration_id}/link").get_data(as_text=True)
    assert f'value="http://127.0.0.1:5000{holder.link}"' in page
    assert "오세린 대리님, 2017 파트너스 데이에 자리가 있습니다." in page


def test_names_are_kept_apart_in_one_press(app, opened, company):
    with app.app_context():
        event = db.session.get(Invitation, company.id).event
        free = seats.free(run(event, 1))
    opened.post(f"{company.page}/registrations", data=FORM)
    with app.app_context():
        event = db.session.get(Invitation, company.id).event
        assert seats.free(run(event, 1)) == free - 1
        a_registration(db.session.get(Invitation, company.id), a_colleague(), number=2)
    assert "2차" in words(opened.get(f"{company.page}/registrations"))
