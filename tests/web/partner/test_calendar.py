"""The company's days as a calendar file."""

from __future__ import annotations

from cast import a_registration, an_item, run

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.rules import publications


def test_the_calendar_holds_the_days_of_the_runs_in_use(opened, company, holder):
    answer = opened.get(f"{company.page}/calendar.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.data.count(b"BEGIN:VEVENT") == 2
    assert b"DTSTART;TZID=Asia/Seoul:20171109T090000" in answer.data
    assert "오세린 대리" in answer.get_data(as_text=True).replace("\r\n ", "")


def test_before_any_name_it_holds_every_run_and_published_hours(app, opened, company):
    with app.app_context():
        event_session = run(db.session.get(Invitation, company.id).event, 1)
        an_item(event_session, hour=10)
        an_item(event_session, "저녁 식사", hour=18)
        publications.publish(event_session.event)
    text = opened.get(f"{company.page}/calendar.ics").get_data(as_text=True)
    assert text.count("BEGIN:VEVENT") == 4
    assert "DTSTART;TZID=Asia/Seoul:20171109T100000" in text
    assert "DTEND;TZID=Asia/Seoul:20171109T190000" in text


def test_an_undecided_seat_names_no_day(app, opened, company):
    with app.app_context():
        a_registration(db.session.get(Invitation, company.id), number=None)
    assert opened.get(f"{company.page}/calendar.ics").data.count(b"BEGIN:VEVENT") == 4
