"""Opening a link changes nothing: mail filters and preview bots fetch every link, and some run its scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from cast import (
    HAN,
    OH,
    a_checkpoint,
    a_company,
    a_registration,
    an_event,
    an_invitation,
    an_item,
    attendee_of,
    badge_of,
    run,
)
from conftest import MONDAY
from live import serve
from proofs.world import readable
from sqlalchemy import select
from walk import invitation_link, link_key, pass_link

from eventapp.db import Model, db
from eventapp.rules import door_phones, invitations

BOTS = (
    "",
    "kakaotalk-scrap/1.0; +https://devtalk.kakao.com/",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Microsoft Outlook SafeLinks/16.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
    "x" * 4000,
    "머지\ufeff봇".encode().decode("latin-1"),
)
SETTLING = 1000  # milliseconds in which a page's scripts do all they would do by themselves


@dataclass
class Links:
    """Every link that leaves the house, and whom it is about."""

    company: str
    attendee: str
    others: list[str]
    people: list[str]
    opening: str

    @property
    def all(self) -> list[str]:
        return [self.company, self.attendee, *self.others]


@pytest.fixture
def links(app, clock) -> Links:
    """마루소프트, its colleague, a badge, a calendar, a door link, and the public pages."""
    with app.app_context():
        event = an_event()
        invitation = an_invitation(event, a_company(), coordinator=HAN)
        registration = a_registration(invitation, OH)
        attendee, badge = attendee_of(registration), badge_of(registration)
        a_checkpoint(run(event, 1))
        an_item(run(event, 1))
        door, _pin = door_phones.make_link(run(event, 1))
        feed = invitations.feed_token(attendee, link_key(app))
        return Links(
            company=invitation_link(app, invitation),
            attendee=pass_link(app, attendee),
            others=[
                f"/feed/{feed}.ics",
                f"{pass_link(app, attendee)}/data",
                f"/B/{badge.code}",
                f"/door/enrol/{door_phones.token(door, link_key(app))}",
                *("/", "/2017/agenda", "/2017/agenda.ics?run=1", "/2017/now", "/letter-again", "/sign-in"),
            ],
            people=[*(part for one in (HAN, OH) for part in (one.name, one.email, one.phone)), badge.code],
            opening=f"/invitation/{invitation.id}/opening",
        )


@pytest.fixture
def tables(app) -> Callable[[], str]:
    """tables() is one hash over every row of every table."""

    def digest() -> str:
        with app.app_context():
            rows = [
                (
                    table.name,
                    [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))],
                )
                for table in Model.metadata.sorted_tables
            ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    return digest


@pytest.mark.both
def test_filters_and_previews_change_nothing(app, links, tables):
    before = tables()
    for bot in BOTS:
        for link in links.all:
            for method in ("HEAD", "GET", "GET", "OPTIONS"):
                fetched(app.test_client(), method, link, bot)
                fetched(app.test_client(), method, link, bot, follow_redirects=True)
    assert tables() == before


@pytest.mark.both
def test_nothing_is_told_to_somebody_without_the_cookie(app, links):
    """A preview fetches the link and, without a cookie, the address behind it."""
    for link in links.all:
        answer = fetched(app.test_client(use_cookies=False), "GET", link, BOTS[1])
        while answer.status_code in (302, 303):
            assert told(answer, links, link) == []
            answer = fetched(app.test_client(use_cookies=False), "GET", answer.headers["Location"], BOTS[1])
        assert answer.status_code == 200
        assert told(answer, links, link) == []
        if answer.mimetype == "text/html" and link in (links.company, links.attendee, "/", "/2017/agenda"):
            assert 'property="og:title"' in readable(answer)


@pytest.mark.both
def test_a_touch_is_what_opens(app, client, links, tables):
    """The control: one press changes the hash that stood still above."""
    before = tables()
    client.get(links.company)
    assert tables() == before
    assert client.post(links.opening).status_code == 204
    assert tables() != before


@pytest.mark.browser
def test_a_browser_that_runs_every_script_changes_nothing(settings, links, tables, open_browser):
    with serve(settings, workers=1, at=MONDAY, open_forms=True) as live:
        before = tables()
        for link in (links.company, links.attendee, *links.others[2:4]):
            page = open_browser().new_page()
            page.goto(live.url + link, wait_until="networkidle")
            page.wait_for_timeout(SETTLING)
        assert tables() == before
        touched = open_browser().new_page()
        touched.goto(live.url + links.company, wait_until="networkidle")
        with touched.expect_response(lambda answer: answer.url.endswith("/opening")):
            touched.mouse.click(5, 5)
        assert tables() != before


def fetched(client: Any, method: str, link: str, bot: str, **more: Any) -> Any:
    """What a robot of that name gets; it never crashes us."""
    answer = client.open(link, method=method, headers={"User-Agent": bot}, **more)
    assert answer.status_code < 500, f"{method} {link} answers {answer.status_code}"
    return answer


def told(answer: Any, links: Links, link: str) -> list[str]:
    """Whoever is named in the answer and not in the link itself."""
    text = readable(answer)
    return [part for part in links.people if part in text and part not in link]
