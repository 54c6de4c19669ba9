"""Answers: saved as given, each until its day, gone with the condition or the person; files by what they are."""

import hashlib
import io
import threading
import zipfile
from datetime import date

import pytest
from cast import a_colleague, a_company, a_registration, an_event, an_invitation, at, attendee_of, run

from eventapp.clock import standing_at
from eventapp.db import db
from eventapp.errors import Stale
from eventapp.models.journal import JournalEntry
from eventapp.models.question import NO, YES, Answer, AnswerFile, Asks, Question
from eventapp.models.registration import Attendee
from eventapp.reports import company_seats, ladder_rows, open_questions
from eventapp.reports import registrations as list_of
from eventapp.rules import attendees, question_answers, questions, registrations
from eventapp.rules.question_answers import FileNotTaken, FileTooBig, NotAnAnswer, QuestionClosed, Upload
from eventapp.rules.questions import Draft

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
PDF = Upload(b"%PDF-1.7\n1 0 obj", "C:\\docs\\명함.pdf")
SIZES = (("작게", ""), ("크게", ""))


@pytest.fixture
def attendee() -> Attendee:
    return attendee_of(a_registration(an_invitation(an_event(), a_company())))


def ask(attendee: Attendee, kind: Asks = Asks.TEXT, **more) -> Question:
    more = {"choices": SIZES, **more} if kind in questions.TO_CHOOSE else more
    return questions.add(attendee.registration.invitation.event, Draft(kind=kind, text_ko="질문", **more))


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (Asks.TEXT, " 안녕\r\n하세요 ", "안녕\n하세요"),
        (Asks.NUMBER, "1,200.50", "1200.5"),
        (Asks.NUMBER, "-0", "0"),
        (Asks.ONE, "2", "2"),
        (Asks.SEVERAL, ["2", "1"], ["1", "2"]),
        (Asks.DATE, "2017-11-09", "2017-11-09"),
        (Asks.YES_NO, NO, NO),
    ],
)
def test_each_kind_is_kept_as_it_is_meant(attendee, kind, said, kept):
    question = ask(attendee, kind)
    question_answers.save(attendee, {question.id: said})
    assert question_answers.said_by(attendee) == {question.id: kept}
    question_answers.save(attendee, {question.id: [] if kind == Asks.SEVERAL else ""})
    assert question_answers.said_by(attendee) == {}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Asks.TEXT, "가" * 2001),
        (Asks.TEXT, ["가"]),
        (Asks.NUMBER, "둘"),
        (Asks.NUMBER, "1e5"),
        (Asks.NUMBER, "NaN"),
        (Asks.ONE, "3"),
        (Asks.SEVERAL, ["1", "3"]),
        (Asks.SEVERAL, "1"),
        (Asks.DATE, "9999-99-99"),
        (Asks.YES_NO, "maybe"),
        (Asks.FILE, "a.pdf"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_else_is_kept(attendee, kind, said):
    other, question = ask(attendee), ask(attendee, kind)
    with pytest.raises(NotAnAnswer) as refusal:
        question_answers.save(attendee, {other.id: "네", question.id: said})
    assert refusal.value.field == f"answer_{question.id}"
    assert question_answers.said_by(attendee) == {}


def test_a_question_is_for_its_run_and_its_sector(attendee):
    event = attendee.registration.invitation.event
    own = attendee.registration.invitation.company.sector_id
    for_second = ask(attendee, event_session_id=run(event, 2).id)
    for_sector = ask(attendee, sector_id=own)
    assert question_answers.asked_of(attendee) == [for_sector]
    question_answers.save(attendee, {for_second.id: "네", for_sector.id: "네"})
    assert question_answers.said_by(attendee) == {for_sector.id: "네"}
    registrations.move(attendee.registration, run(event, 2))
    assert question_answers.asked_of(attendee) == [for_second, for_sector]


def test_what_waits_for_an_answer_comes_and_goes_with_it(attendee):
    parent = ask(attendee, Asks.YES_NO)
    child = ask(attendee, Asks.ONE, depends_on_id=parent.id, depends_value=YES)
    grandchild = ask(attendee, depends_on_id=child.id, depends_value="2")
    question_answers.save(attendee, {parent.id: NO, child.id: "2", grandchild.id: "왜냐하면"})
    assert question_answers.said_by(attendee) == {parent.id: NO}
    question_answers.save(attendee, {parent.id: YES, child.id: "2", grandchild.id: "왜냐하면"})
    assert len(question_answers.said_by(attendee)) == 3
    question_answers.save(attendee, {parent.id: NO})
    assert question_answers.said_by(attendee) == {parent.id: NO}


def test_after_its_day_an_answer_stays_as_it_is(attendee):
    question = ask(attendee, required=True, open_until=date(2017, 10, 20))
    free = ask(attendee)
    question_answers.save(attendee, {question.id: "처음"})
    with standing_at(at("2017-10-21 00:00")):
        question_answers.save(attendee, {question.id: "처음", free.id: "네"})
        with pytest.raises(QuestionClosed):
            question_answers.save(attendee, {question.id: "나중"})
    assert question_answers.said_by(attendee) == {question.id: "처음", free.id: "네"}


def test_who_has_not_answered_what_is_needed_has_not_finished(attendee):
    invitation = attendee.registration.invitation
    event = invitation.event
    attendees.confirm(attendee)
    done = lambda: (  # noqa: E731
        [seat.is_complete for seat in company_seats.named(invitation)],
        [seat.complete for seat in ladder_rows.read(event, None).seats[invitation.id]],
        [row.state for row in list_of.of(event)],
        [count.done for count in list_of.per_run(event)],
    )
    assert done() == ([True], [True], ["done"], [1, 0])
    question = ask(attendee, required=True, open_until=date(2017, 10, 20))
    assert open_questions.of(event) == {attendee.id: 1}
    assert done() == ([False], [False], ["open"], [0, 0])
    with standing_at(at("2017-10-21 00:00")):
        assert open_questions.of(event) == {}
    question_answers.save(attendee, {question.id: "네"})
    assert done() == ([True], [True], ["done"], [1, 0])


def test_whoever_comes_instead_is_asked_again(attendee):
    question = ask(attendee, required=True)
    question_answers.save(attendee, {question.id: "제 것"})
    registrations.substitute(attendee.registration, a_colleague())
    newcomer = attendees.require(attendee.registration)
    assert question_answers.said_by(newcomer) == {}
    assert open_questions.of(attendee.registration.invitation.event) == {newcomer.id: 1}
    with pytest.raises(Stale):
        question_answers.save(attendee, {question.id: "다시"})


def test_a_file_is_kept_by_what_it_is_and_replaced_and_taken_back(attendee):
    question = ask(attendee, Asks.FILE)
    question_answers.save(attendee, {}, files={question.id: PDF})
    kept = question_answers.file_of(attendee, question)
    assert (kept.name, kept.media_type, kept.size) == ("명함.pdf", "application/pdf", len(PDF.data))
    assert (kept.sha256, kept.data) == (hashlib.sha256(PDF.data).hexdigest(), PDF.data)
    other = Upload(b"%PDF-1.4 other", "명함.pdf")
    question_answers.save(attendee, {}, files={question.id: other})
    assert [one.data for one in db.session.query(AnswerFile)] == [other.data]
    question_answers.save(attendee, {}, taken_back=question.id)
    assert (db.session.query(AnswerFile).count(), db.session.query(Answer).count()) == (0, 0)


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (b"<html><script>alert(1)</script>", "card.pdf", FileNotTaken),
        (b"%PDF-1.7", "card.html", FileNotTaken),
        (b"%PDF-1.7", "card.exe", FileNotTaken),
        (b"<svg/>", "card.svg", FileNotTaken),
        (b"", "card.pdf", FileNotTaken),
        (packed("a.exe"), "card.docx", FileNotTaken),
        (
            packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "card.docx",
            FileNotTaken,
        ),
        (b"PK\x03\x04broken", "card.docx", FileNotTaken),
        (b"%PDF-" + b"x" * 5 * 1024 * 1024, "card.pdf", FileTooBig),
    ],
)
def test_a_file_of_another_kind_or_too_large_is_refused(attendee, data, name, refusal):
    question = ask(attendee, Asks.FILE)
    with pytest.raises(refusal):
        question_answers.save(attendee, {}, files={question.id: Upload(data, name)})
    assert db.session.query(Answer).count() == 0


def test_the_journal_says_which_questions_and_never_what_was_said(attendee):
    question = ask(attendee)
    question_answers.save(attendee, {question.id: "비밀"})
    question_answers.save(attendee, {question.id: "비밀"})
    entries = db.session.query(JournalEntry).filter_by(action="questions answered").all()
    assert [entry.detail for entry in entries] == [{"questions": [question.id]}]


def test_a_kind_never_changes_under_an_answer(app, attendee):
    """One person answers while the organizer makes a number of the question: one of the two is refused."""
    for _ in range(5):
        question = ask(attendee)
        attendee_id, question_id = attendee.id, question.id
        gate, refused = threading.Barrier(2), []

        def do(deed, gate=gate, refused=refused):
            with app.app_context():
                gate.wait()
                try:
                    deed()
                except (NotAnAnswer, questions.KindAnswered) as refusal:
                    refused.append(refusal.code)

        def answer(attendee_id=attendee_id, question_id=question_id):
            question_answers.save(db.session.get_one(Attendee, attendee_id), {question_id: "글"})

        def change(question_id=question_id):
            draft = Draft(kind=Asks.NUMBER, text_ko="질문")
            questions.change(db.session.get_one(Question, question_id), draft)

        threads = [threading.Thread(target=do, args=(deed,)) for deed in (answer, change)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert len(refused) == 1
        db.session.expire_all()
