"""The desk's pages in a browser: no axe violation, no console line, in both languages, light and dark, on a phone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from browser import LOOKS, violations
from cast import PASSWORD, a_colleague, a_registration, an_item, attendee_of, run
from conftest import MONDAY
from live import serve
from office import Office

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.presenting import Speaker
from eventapp.models.printout import Kind, Way
from eventapp.models.question import YES, Asks
from eventapp.reports import run_lists
from eventapp.rules import (
    agenda_copies,
    agenda_items,
    change_requests,
    checkpoints,
    consents,
    materials,
    pools,
    printouts,
    publications,
    question_answers,
    questions,
    registrations,
    seat_offers,
    seats,
    seminar_answers,
    seminar_questions,
    sign_ups,
    waitlists,
    working_copies,
)
from eventapp.rules.questions import Draft

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("clock")]


OF_THE_DAY = (
    "/organizer/badges",
    "/organizer/badges/one?q=마루",
    "/organizer/arrivals",
    "/organizer/arrivals/wall",
    "/organizer/arrivals/missing?checkpoint=1",
    "/organizer/arrival-news",
    "/organizer/evacuation",
    "/organizer/checkpoints",
    "/organizer/rooms",
    "/organizer/door-phones",
)


@pytest.fixture
def busy(office: Office) -> Office:
    """Somebody is in, somebody waits for the run and for a tour, a seat is offered and one is wished for."""
    with office.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (office.maru, office.garam))
        first = run(maru.event, 1)
        tour = an_item(first, places=1)
        publications.publish(maru.event)
        inside, waits = (a_registration(one, a_colleague()) for one in (maru, garam))
        checkpoints.make_default(first)
        sign_ups.sign_up(inside, tour)
        sign_ups.sign_up(waits, tour, or_wait=True)
        pools.give_back(maru, 1)
        for named in (True, False):
            seminar_questions.ask(attendee_of(inside), "장비는 언제 사나요?", named=named)
        seminar_answers.group(maru.event, [seminar_questions.own(attendee_of(inside))[0].id])
        seat_offers.offer(seat_offers.wish(garam, 1), 1, expires_on=date(2017, 10, 20))
        seat_offers.wish(maru, 2, reason="고객사 두 분")
        parent = questions.add(maru.event, Draft(kind=Asks.YES_NO, text_ko="처음이신가요?"))
        waits = {"depends_on_id": parent.id, "depends_value": YES, "open_until": date(2017, 11, 1)}
        child = questions.add(maru.event, Draft(kind=Asks.FILE, text_ko="명함", **waits))
        upload = question_answers.Upload(b"%PDF-1.7", "명함.pdf")
        question_answers.save(attendee_of(inside), {parent.id: YES}, files={child.id: upload})
        questions.archive(questions.add(maru.event, Draft(kind=Asks.TEXT, text_ko="지난 질문")))
        change_requests.ask_substitution(inside, a_colleague(), reason="고객사 점검이 겹쳤습니다.")
        consents.publish_proposed(maru.event)
        change_requests.exempt(garam, date(2017, 11, 1))
        seats.set_capacity(first, 2)
        waitlists.join(a_registration(maru, a_colleague(), number=2), first)
        hand_out(first, maru)
        move_tour(tour)
        assert office.organizer is not None  # makes the account
    return office


def move_tour(tour) -> None:
    """Once published, once more only in the working copy."""
    event = tour.event_session.event
    speaker = Speaker(name_ko="김하늘", title_ko="이사", affiliation_en="Halla Host")
    kept = {name: getattr(tour, name) for name in agenda_items.WRITTEN} | {"speakers": (speaker,)}
    for hours in (1, 2):
        later = {name: kept[name] + timedelta(hours=hours) for name in ("starts_at", "ends_at")}
        draft = agenda_items.Draft(**kept | later)
        working_copies.change(event, tour.uid, draft=draft)
        if hours == 1:
            publications.publish(event)
    upload = materials.Upload(b"%PDF-1.7", "slides.pdf")
    materials.add(event, tour.uid, titles=("발표 자료", "Slides"), upload=upload)
    materials.add(event, tour.uid, titles=("영상", "Film"), url="https://film.example/1")
    agenda_copies.take(event, [tour.uid], to=run(event, 2), follow=True)


def hand_out(first, maru) -> None:
    """The hotel's list on paper, a colleague more, and the change alone."""
    for way in (Way.PAPER, Way.CHANGES):
        lines = run_lists.of(first, Kind.HOTEL)
        told = {(line.registration_id, line.person_id): line.told for line in lines}
        printouts.keep(first, Kind.HOTEL, way=way, lines=told)
        held = registrations.live(maru)[0]
        known = attendee_of(held).person
        registrations.correct(held, a_colleague(name="표새론", title="과장", phone=known.phone))


LISTS = ("/organizer/waitlists", *(f"/organizer/lists/{kind}" for kind in ("hotel", "shuttle", "meals")))


def pages(busy: Office) -> tuple[str, ...]:
    """Every page of the desk that has something to show."""
    with busy.app.app_context():
        garam = db.session.get_one(Invitation, busy.garam)
        garam_company = garam.company_id
        uids = [working_copies.of(garam.event).items(number)[0].uid for number in (1, 2)]
    return (
        "/organizer/",
        f"/organizer/invitations/{busy.maru}",
        "/organizer/registrations?tick=all",
        "/organizer/unfinished",
        f"/organizer/unfinished?company={garam_company}",
        f"/organizer/reminders?to=company&invitation={busy.maru}",
        *LISTS,
        "/organizer/printouts/1",
        "/organizer/printouts/2",
        "/organizer/pool",
        "/organizer/change-requests",
        "/organizer/plan",
        "/organizer/questions",
        "/organizer/questions/new",
        "/organizer/questions/2",
        "/organizer/questions/1/answers",
        "/organizer/imports",
        "/organizer/messages",
        "/organizer/messages/preview",
        "/organizer/letter-plan?letter=soon",
        "/organizer/agenda",
        "/organizer/agenda/items/new",
        *(f"/organizer/agenda/items/{uid}" for uid in uids),
        f"/organizer/agenda/items/{uids[0]}/materials",
        "/organizer/agenda/publications/1",
        "/organizer/agenda/publications/2",
        *OF_THE_DAY,
        "/organizer/facts",
        "/organizer/consents",
        "/organizer/consents/photographs",
        "/organizer/seminar-questions",
        "/organizer/seminar-questions/1",
    )


@pytest.mark.parametrize(("scheme", "language"), LOOKS)
def test_every_page_of_the_desk_is_sound(busy: Office, settings, open_browser, scheme: str, language: str):
    with serve(settings, at=MONDAY) as live:
        page = open_browser(color_scheme=scheme).new_page()
        page.goto(f"{live.url}/sign-in")
        page.fill("[name=email]", "organizer@host.example")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{live.url}/organizer/**")
        for path in pages(busy):
            answer = page.goto(f"{live.url}{path}{'&' if '?' in path else '?'}language={language}")
            assert (path, answer.status) == (path, 200)
            assert (path, violations(page)) == (path, [])
            assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 390)
