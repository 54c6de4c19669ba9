"""Answers at the desk: listed, counted, in the Excel export, files as downloads only."""

import re
from io import BytesIO

import pytest
from cast import a_registration, attendee_of
from office import Office
from python_calamine import CalamineWorkbook

from eventapp.db import db
from eventapp.models.invitation import Invitation
from eventapp.models.journal import JournalEntry
from eventapp.models.question import Asks
from eventapp.rules import question_answers, questions
from eventapp.rules.question_answers import Upload
from eventapp.rules.questions import Draft

PDF = b"%PDF-1.7\n"


@pytest.fixture
def answered(office: Office) -> dict[str, int]:
    """One of maru and one of garam answered everything; ids of questions and attendees."""
    with office.app.app_context():
        maru, garam = (db.session.get_one(Invitation, one) for one in (office.maru, office.garam))
        event, sizes = maru.event, (("작게", "Small"), ("크게", "Large"))
        text = questions.add(event, Draft(kind=Asks.TEXT, text_ko="=질문()")).id
        size = questions.add(event, Draft(kind=Asks.ONE, text_ko="크기", choices=sizes)).id
        number = questions.add(event, Draft(kind=Asks.NUMBER, text_ko="몇")).id
        file = questions.add(event, Draft(kind=Asks.FILE, text_ko="명함")).id
        people = {}
        for name, invitation in (("maru", maru), ("garam", garam)):
            attendee = attendee_of(a_registration(invitation))
            given = {text: "=1+1", size: "2", number: "1200.5"}
            question_answers.save(attendee, given, files={file: Upload(PDF, f"{name}.pdf")})
            people[name] = attendee.id
        return {"text": text, "size": size, "number": number, "file": file, **people}


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_answers_are_listed_and_choices_counted(office: Office, answered):
    said = words(office.organizer.get(f"/organizer/questions/{answered['size']}/answers"))
    assert "답 2건 · 작게 0 · 크게 2" in said
    assert ("마루소프트" in said, "가람서버" in said) == (True, True)
    assert f"/organizer/questions/{answered['size']}/answers" in office.organizer.get(
        "/organizer/registrations"
    ).get_data(as_text=True)


def test_a_host_contact_reads_only_their_own_companies_answers(office: Office, answered):
    said = words(office.daon.get(f"/organizer/questions/{answered['size']}/answers"))
    assert "답 1건" in said
    assert ("마루소프트" in said, "가람서버" in said) == (False, True)
    files = f"/organizer/questions/{answered['file']}/answers"
    assert office.daon.get(f"{files}/{answered['garam']}/file").status_code == 200
    assert office.daon.get(f"{files}/{answered['maru']}/file").status_code == 404
    assert office.viewer.get(f"{files}/{answered['maru']}/file").status_code == 403


def test_a_file_is_a_download_and_the_journal_remembers_who_took_it(office: Office, answered):
    got = office.organizer.get(f"/organizer/questions/{answered['file']}/answers/{answered['maru']}/file")
    assert (got.status_code, got.data, got.mimetype) == (200, PDF, "application/pdf")
    assert got.headers["Content-Disposition"] == "attachment; filename=maru.pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"].startswith("sandbox;")
    with office.app.app_context():
        assert db.session.query(JournalEntry).filter_by(action="file taken").count() == 1


def test_the_export_holds_every_answer_and_formulas_stay_text(office: Office, answered):
    data = office.organizer.get("/organizer/registrations.xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][-4:] == ["=질문()", "크기", "몇", "명함"]
    assert sorted(row[-4:] for row in rows[1:]) == [
        ["=1+1", "크게", 1200.5, "garam.pdf"],
        ["=1+1", "크게", 1200.5, "maru.pdf"],
    ]


def test_what_is_not_there_is_missing(office: Office, answered):
    for question, attendee in ((answered["text"], answered["maru"]), (4711, 4711), (2**40, 2**40)):
        where = f"/organizer/questions/{question}/answers/{attendee}/file"
        assert office.organizer.get(where).status_code == 404
    assert office.organizer.get("/organizer/questions/4711/answers").status_code == 404
