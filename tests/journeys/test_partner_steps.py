"""A coordinator answers for two people, and one of them does their own part: by finger and by keyboard, counted."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from browser import PHONE
from cast import HAN, a_company, an_event, an_invitation, an_item, at, run
from conftest import MONDAY
from hands import Finger, Hand, Keys
from live import serve
from playwright.sync_api import expect
from sqlalchemy import select
from walk import invitation_link, pass_link

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.person import Person
from eventapp.models.question import Asks
from eventapp.models.registration import Attendee
from eventapp.reports import audit
from eventapp.rules import consents, item_places, own_parts, publications, questions
from eventapp.rules.own_parts import Gap
from eventapp.rules.questions import Draft

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_TAPS, MOST_FIELDS = 12, 3
COLLEAGUES = (("오세린", "대리", "010-0000-4417", "1"), ("정도현", "부장", "010-0000-4418", "2"))
PUT = "form[action$='/registrations'] .form-actions button"
SAVE = "main form.section-form .form-actions button"


@pytest.fixture
def asked(app, clock) -> SimpleNamespace:
    """A letter that keeps two seats; consents, a question and an item with places await who comes."""
    with app.app_context():
        event = an_event()
        consents.publish_proposed(event)
        size = Draft(kind=Asks.TEXT, text_ko="티셔츠 크기는요?", text_en="Which T-shirt size?", required=True)
        question = questions.add(event, size)
        item = an_item(run(event, 1), places=5)
        publications.publish(event)
        invitation = an_invitation(event, a_company(), seats_kept=2, coordinator=HAN)
        link = invitation_link(app, invitation)
        return SimpleNamespace(id=invitation.id, link=link, question=question.id, item=item.id)


@pytest.mark.parametrize(
    ("hand", "language", "scheme"),
    [
        (Finger, "ko", "light"),
        (Keys, "en", "dark"),
        pytest.param(Finger, "en", "dark", marks=pytest.mark.full),
        pytest.param(Keys, "ko", "light", marks=pytest.mark.full),
    ],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_two_people_are_answered_for_and_one_finishes(
    app, settings, asked, open_browser, hand, language, scheme
):
    def opened(**more) -> Hand:
        context = open_browser(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=scheme, **more)
        return hand(context.new_page())

    with serve(settings, at=MONDAY) as live:
        coordinator = opened()
        coordinator.page.goto(f"{live.url}{asked.link}?language={language}")
        answer_for_two(coordinator)
        attendee = opened()
        attendee.page.goto(f"{live.url}{own_link(app)}?language={language}")
        do_own_part(attendee, asked)
        half = write_half_of_the_journey(attendee)
        again = opened(storage_state=half)
        again.page.goto(attendee.page.url)
        finish(again, asked)
    moves = coordinator.keys, attendee.keys + again.keys
    print(f"\n{hand.__name__} {language}: {moves} keys on the way")  # noqa: T201
    with app.app_context():
        assert whole(app, asked) == ([], [Gap.CONTACT], [asked.item], "KE1203")
        assert audit.broken() == []


def answer_for_two(hand: Hand) -> None:
    """From the letter to the overview."""
    hand.look()
    hand.press("form[action$='/acceptance'] button")
    expect(hand.page).to_have_url(re.compile(r"/registrations$"))
    assert hand.count() == (1, 0)
    for name, title, phone, number in COLLEAGUES:
        hand.look()
        hand.write("input[name=name]", name)
        hand.write("input[name=title]", title)
        hand.write("input[name=phone]", phone)
        hand.choose("event_session", number)
        hand.press(PUT)
        expect(hand.page.locator(".seat .who b", has_text=name)).to_be_visible()
        taps, fields = hand.count()
        assert (taps, fields) == (5, 3)
        assert taps <= MOST_TAPS
        assert fields <= MOST_FIELDS
    expect(hand.page).to_have_url(re.compile(r"/invitation/\d+$"))
    hand.look()


def own_link(app) -> str:
    """That of the first colleague."""
    with app.app_context():
        first = select(Attendee).join(Person).where(Person.name == COLLEAGUES[0][0])
        return pass_link(app, db.session.scalars(first).one())


def do_own_part(hand: Hand, asked: SimpleNamespace) -> None:
    """Yes and the meals, the consents, the organizer's own question, and the pass is there."""
    hand.look()
    hand.choose("diet", "vegetarian")
    hand.press(SAVE)
    expect(hand.page).to_have_url(re.compile(r"/consents$"))
    assert hand.count() == (2, 0)
    hand.look()
    names = hand.page.locator("main input[type=radio]").evaluate_all(
        "all => [...new Set(all.map(o => o.name))]"
    )
    for name in names:
        hand.choose(name, "yes")
    hand.press(SAVE)
    expect(hand.page).to_have_url(re.compile(r"/questions$"))
    assert hand.count() == (5, 0)
    hand.look()
    hand.write(f"[name=answer_{asked.question}]", "L")
    hand.press(SAVE)
    expect(hand.page.locator(".pass-qr svg")).to_be_visible()
    assert hand.count() == (2, 1)
    hand.look()


def write_half_of_the_journey(hand: Hand) -> dict:
    """A flight is being written while the browser closes; what it leaves behind."""
    hand.press("a[href$='/travel']")
    expect(hand.page).to_have_url(re.compile(r"/travel$"))
    hand.look()
    hand.choose("room", "twin")
    expect(hand.page.locator("[data-saves-word]")).not_to_be_empty()
    hand.write("[name=flight_in]", "KE1203")
    assert hand.count() == (3, 1)
    left = hand.page.context.storage_state()
    hand.page.close()
    return left


def finish(hand: Hand, asked: SimpleNamespace) -> None:
    """The rest of the journey, a place in the programme, and back on the pass."""
    expect(hand.page.locator("[name=flight_in]")).to_have_value("KE1203")
    expect(hand.page.locator("[name=room][value=twin]")).to_be_checked()
    hand.date("arrives_at", at("2017-11-09 08:20"))
    hand.date("departs_at", at("2017-11-10 17:10"))
    hand.press(SAVE)
    expect(hand.page.locator(".pass-qr svg")).to_be_visible()
    assert hand.count() == (3, 0)
    hand.press("a[href$='/sign-ups']")
    expect(hand.page).to_have_url(re.compile(r"/sign-ups$"))
    hand.look()
    hand.press(f"#item-{asked.item} button")
    expect(hand.page).to_have_url(re.compile(rf"/sign-ups#item-{asked.item}$"))
    hand.press(".last-links a")
    expect(hand.page.locator(".pass-qr svg")).to_be_visible()
    assert hand.count() == (3, 0)
    hand.look()


def whole(app, asked: SimpleNamespace) -> tuple[list, list, list, str]:
    """What is left, what would be welcome, the items with a place, the flight."""
    invitation = db.session.get_one(Invitation, asked.id)
    first = select(Attendee).join(Person).where(Person.name == COLLEAGUES[0][0])
    attendee = db.session.scalars(first).one()
    assert attendee.registration.invitation_id == invitation.id
    items = [one.agenda_item_id for one in item_places.of(attendee.registration)]
    return own_parts.left_for(attendee), own_parts.welcome(attendee), items, attendee.flight_in
