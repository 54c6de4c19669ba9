"""A company's story in words: every deed that is kept has a sentence, failed letters are trouble."""

import re
from datetime import date, timedelta

import pytest
from cast import OH, a_colleague, a_registration, an_invitation, an_item, attendee_of, run
from office import Office

from eventapp.clock import now, standing_at
from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.registration import Wish
from eventapp.reports import history
from eventapp.rules import (
    agenda_copies,
    answers,
    approvals,
    attendees,
    calls,
    change_requests,
    companies,
    coordinators,
    invitations,
    messages,
    own_data,
    plans,
    pools,
    publications,
    registrations,
    seat_offers,
    seats,
    sign_ups,
    waitlists,
)
from eventapp.rules.people import Colleague

pytestmark = pytest.mark.usefixtures("clock")


def live_through_everything(invitation: Invitation) -> None:
    """Every deed that a company's story tells, once."""
    invitations.set_choices(invitation, seats.runs(invitation.event))
    invitations.mark_opened(invitation)
    invitations.keep_open(invitation, date(2017, 10, 20))
    invitations.hand_over(invitation, OH)
    answers.accept(invitation)
    answers.wish_one_on_duty(invitation, True)
    answers.wish_together(invitation, True)
    leave_the_run_to_us(invitation)
    registration = a_registration(invitation, a_colleague(name="정도현"), number=None)
    registrations.choose_run(registration, run(invitation.event, 1))
    registrations.move(registration, run(invitation.event, 2))
    registrations.substitute(registration, a_colleague(name="박하람"))
    attendees.confirm(attendee_of(registration))
    wait_for_a_place(invitation)
    choose_a_programme(invitation)
    say_yes_and_no(invitation)
    give_and_take_seats(invitation)
    registrations.cancel(registration)
    calls.note(invitation, "오후에 다시")
    coordinators.correct(invitation, OH)
    coordinators.replace(invitation, a_colleague(name="강미루"))
    seats.set_seats(invitation, 5)
    invitations.renew_link(invitation)
    invitations.decline(invitation, reason="점검")
    invitations.revive(invitation)
    own_data.erase(invitation.coordinator)
    invitations.revoke(invitation)


def say_yes_and_no(invitation: Invitation) -> None:
    seats.set_seats(invitation, 20)
    approvals.want(invitation.event, True)
    approvals.approve(a_registration(invitation, a_colleague(name="설미르")))
    approvals.refuse(a_registration(invitation, a_colleague(name="설가람")))
    approvals.want(invitation.event, False)


def give_and_take_seats(invitation: Invitation) -> None:
    pools.give_back(invitation, 4)
    for ended in (seat_offers.accept, seat_offers.decline, seat_offers.withdraw, None):
        wish = seat_offers.wish(invitation, 1)
        offer = seat_offers.offer(wish, 1, expires_on=date(2017, 10, 20))
        if ended is not None:
            ended(offer)
    with standing_at(now() + timedelta(days=9)):
        seat_offers.lapse_offers()
    seat_offers.withdraw_wish(invitation)
    late = a_registration(invitation, a_colleague(name="민가온"))
    for number, answered in enumerate(
        (change_requests.withdraw, change_requests.refuse, change_requests.approve)
    ):
        colleague = Colleague("표새론", "대리", f"+82103333000{number}")
        answered(change_requests.ask_substitution(late, colleague, reason="출장이 겹쳤습니다."))
    change_requests.exempt(invitation, date(2017, 11, 1))


def leave_the_run_to_us(invitation: Invitation) -> None:
    registration = a_registration(invitation, a_colleague(name="고운결"), number=None)
    answers.wish_run(registration, Wish.EITHER)
    plans.publish(plans.propose(invitation.event))
    registrations.cancel(registration)


def choose_a_programme(invitation: Invitation) -> None:
    tour = an_item(run(invitation.event, 1), places=1)
    first, second = (
        a_registration(an_invitation(invitation.event), number=1),
        a_registration(invitation, a_colleague(name="문태오")),
    )
    sign_ups.sign_up(first, tour)
    sign_ups.sign_up(second, tour, or_wait=True)
    sign_ups.leave(first, tour)
    sign_ups.leave(second, tour)
    sign_ups.sign_up(second, tour)
    publications.publish(invitation.event)
    agenda_copies.take(invitation.event, [tour.uid], to=run(invitation.event, 2), move=True)
    publications.publish(invitation.event)
    publications.go_back(invitation.event, publications.latest(invitation.event).number - 1)


def wait_for_a_place(invitation: Invitation) -> None:
    first, capacity = run(invitation.event, 1), run(invitation.event, 1).capacity
    seats.set_capacity(first, seats.taken(first))
    registration = a_registration(invitation, number=None)
    waitlists.join(registration, first)
    waitlists.stay_together(invitation, first, together=True)
    waitlists.stay_together(invitation, first, together=False)
    waitlists.leave(registration)
    waitlists.join(registration, first)
    seats.set_capacity(first, capacity)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everything_that_can_happen_is_told(office: Office, language: str):
    with office.app.app_context():
        live_through_everything(db.session.get_one(Invitation, office.maru))
        steps = history.of(db.session.get_one(Invitation, office.maru))
        told = {step.action for step in steps}
    assert history.TOLD - told == {"sent", "link copied", "imported again"}
    page = office.organizer.get(f"/organizer/invitations/{office.maru}?language={language}")
    lines = re.findall(r"<li[^>]*><time>", page.get_data(as_text=True))
    assert (page.status_code, len(lines)) == (200, len(steps))


def test_a_letter_that_came_back_is_trouble_in_the_story(office: Office):
    with office.app.app_context():
        message = messages.last_for(Purpose.INVITATION, office.maru)
        assert message is not None
        with db.writing():
            message.status = "failed"
    text = office.organizer.get(f"/organizer/invitations/{office.maru}").get_data(as_text=True)
    assert text.count('<li class="trouble">') == 1


def test_what_is_known_of_a_company_is_one_line(office: Office):
    with office.app.app_context(), db.writing():
        company = db.session.get_one(Invitation, office.maru).company
        for year in (2013, 2016):
            companies.note_attendance(company, year)
    text = office.organizer.get(f"/organizer/invitations/{office.maru}").get_data(as_text=True)
    assert "소프트웨어. 2009년부터 함께, 2013, 2016년에 참석" in text
