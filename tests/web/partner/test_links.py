"""Personal links open exactly what they were made for, and opening them changes nothing."""

from __future__ import annotations

import pytest
from cast import OH, a_company, a_registration, an_event, an_invitation, attendee_of
from walk import invitation_link, pass_link

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.registration import Registration
from eventapp.rules import invitations, registrations
from eventapp.rules.people import Colleague
from tests.web.partner.conftest import company_of, words


def test_a_letters_link_is_swapped_for_a_clean_address(client, company):
    answer = client.get(company.link)
    assert (answer.status_code, answer.location) == (303, company.page)
    assert client.get(company.page).status_code == 200


def test_a_pass_link_is_swapped_for_a_clean_address(client, holder):
    answer = client.get(holder.link)
    assert (answer.status_code, answer.location) == (303, holder.page)
    assert client.get(holder.page).status_code == 200


@pytest.mark.parametrize(
    "link",
    ["/i/abc", "/p/abc", "/i/" + "A" * 27, "/p/" + "_" * 26 + "w", "/i/%00", "/i/가나다", "/p/" + "x" * 4000],
)
def test_what_is_no_link_leads_to_the_page_that_helps(client, company, link):
    answer = client.get(link)
    assert (answer.status_code, answer.location) == (303, "/letter-again?link=closed")


def test_a_link_of_one_kind_opens_no_other(app, client, company, holder):
    token, pass_token = company.link.rpartition("/")[2], holder.link.rpartition("/")[2]
    for address in (f"/p/{token}", f"/i/{pass_token}", f"/feed/{token}.ics", f"/feed/{pass_token}.ics"):
        assert client.get(address).status_code in (303, 404)
    assert client.get(company.page).status_code == 303
    assert client.get(holder.page).status_code == 303


def test_without_the_cookie_a_clean_address_names_nobody(client, company, holder):
    for page in (company.page, holder.page, "/invitation/99999", "/pass/99999", "/invitation/99999999999"):
        answer = client.get(page)
        assert (answer.status_code, answer.location) == (303, "/letter-again?link=closed")
        assert client.post(f"{page}/opening").status_code == 403


def test_a_messengers_preview_sees_tags_that_name_nobody(app, company):
    fetcher = app.test_client(use_cookies=False)
    answer = fetcher.get(company.link, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert 'property="og:title"' in page
    assert not [name for name in ("마루소프트", "한지원", "윤서진", "010-") if name in page]


def test_opening_links_and_pages_changes_no_table(app, company, holder, tables):
    before = tables()
    for fetcher in (app.test_client(), app.test_client(use_cookies=False)):
        for _ in range(2):
            for link in (company.link, holder.link):
                fetcher.head(link, follow_redirects=True)
                fetcher.get(link, follow_redirects=True)
            one = f"{company.page}/registrations/{holder.registration_id}"
            for page in (
                company.page,
                f"{company.page}/registrations",
                f"{company.page}/registrations?me=1",
                one,
                f"{one}/substitution",
                f"{one}/link",
                f"{one}/move",
                f"{company.page}/colleague",
                f"{company.page}/decline",
                f"{company.page}/keeping",
                f"{company.page}/calendar.ics",
                f"{company.page}/duty",
                holder.page,
                f"{holder.page}?badge=1",
                f"{holder.page}/confirmation",
                f"{holder.page}/leaving",
                f"{holder.page}/code.png",
                "/pass-worker.js",
            ):
                assert fetcher.get(page).status_code in (200, 303)
                fetcher.head(page)
    assert tables() == before


def test_opened_is_said_by_a_post_once(app, opened, company):
    assert opened.post(f"{company.page}/opening").status_code == 204
    assert opened.post(f"{company.page}/opening").status_code == 204
    with app.app_context():
        assert db.session.get(Invitation, company.id).opened_at is not None
    assert b"data-first-touch" not in opened.get(company.page).data


def test_two_companies_in_one_browser_never_mix(app, opened, company):
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        other = an_invitation(
            invitation.event,
            a_company("바람골데이터"),
            coordinator=Colleague("정도현", "부장", "", "j@baram.example"),
        )
        second = company_of(app, other)
        a_registration(other, Colleague("유나래", "사원", "", "yu@baram.example"))
        theirs = registrations.live(other)[0].id
    opened.get(second.link)
    for page, own, foreign in (
        (company.page, "마루소프트", ("바람골데이터", "정도현", "유나래")),
        (second.page, "바람골데이터", ("마루소프트", "한지원")),
    ):
        text = words(opened.get(page))
        assert own in text
        assert not [name for name in foreign if name in text]
    missing = words(opened.get(f"{company.page}/registrations/99999"))
    for what in ("", "/substitution", "/link"):
        foreign = opened.get(f"{company.page}/registrations/{theirs}{what}")
        assert (foreign.status_code, words(foreign)) == (404, missing)
    for what in ("/move", "/cancellation", "/letter"):
        answer = opened.post(f"{company.page}/registrations/{theirs}{what}", data={"run": "2"})
        assert answer.status_code == 404
    with app.app_context():
        assert db.session.get(Registration, theirs).status == "registered"


def test_a_renewed_link_says_whom_to_ask(app, opened, company):
    with app.app_context():
        invitations.renew_link(db.session.get(Invitation, company.id))
    for address in (company.link, company.page):
        answer = opened.get(address)
        assert answer.status_code == 410
        assert "이 링크는 새 링크로 바뀌었습니다." in words(answer)
        assert "윤서진 매니저에게 편하게 물어봐 주세요." in words(answer)
        assert "한지원" not in words(answer)
    assert opened.post(f"{company.page}/acceptance").status_code == 410


def test_a_revoked_link_leads_to_the_page_that_helps(app, client, company):
    with app.app_context():
        invitations.revoke(db.session.get(Invitation, company.id))
    assert client.get(company.link).location == "/letter-again?link=closed"


def test_a_pass_that_moved_to_a_colleague_says_so_without_data(app, client, holder):
    client.get(holder.link)
    with app.app_context():
        registration = db.session.get(Registration, holder.registration_id)
        registrations.substitute(registration, Colleague("정도현", "부장", "+821000004418"))
    for address in (holder.page, holder.link, f"{holder.page}/code.png"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "이 명찰은 동료에게 넘어갔습니다." in words(answer)
        assert not [name for name in ("오세린", "정도현", "마루소프트") if name in words(answer)]


def test_a_pass_given_back_says_so(app, client, holder):
    with app.app_context():
        registrations.cancel(db.session.get(Registration, holder.registration_id))
    answer = client.get(holder.link)
    assert (answer.status_code, "이 자리는 돌려주신 자리입니다." in words(answer)) == (410, True)


def test_links_work_on_a_fresh_event_in_english(app, client, clock):
    with app.app_context():
        invitation = an_invitation(
            an_event(), coordinator=Colleague("Ada Han", "Manager", "", "a@x.example", "en")
        )
        link, page = invitation_link(app, invitation), f"/invitation/{invitation.id}"
        attendee = attendee_of(a_registration(invitation, OH))
        own = pass_link(app, attendee)
    client.get(link)
    assert 'lang="en"' in client.get(page).get_data(as_text=True)
    assert client.get(own).status_code == 303


def test_a_link_that_ended_speaks_its_readers_language(app, client, company):
    with app.app_context():
        invitation = db.session.get(Invitation, company.id)
        claire = Colleague("Claire Dubois", "Engineer", "+821000004417", "claire@maru.example", "en")
        registration = a_registration(invitation, claire)
        link = pass_link(app, attendee_of(registration))
        registrations.cancel(registration)
    assert "This seat was given back." in words(client.get(link))
