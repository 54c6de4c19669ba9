"""A sheet is sent, looked at, done: in the browser and by the command."""

import io
from pathlib import Path

import pytest
from cast import an_organizer
from flask import Flask
from office import Office
from sqlalchemy import func, select

from eventapp.db import db
from eventapp.models.import_draft import ImportDraft
from eventapp.models.invitation import Invitation

pytestmark = pytest.mark.usefixtures("clock")
SAMPLE = Path(__file__).parents[3] / "eventapp" / "demo-data" / "partners-2017.xlsx"
HEADS = "회사명,분야,담당자,직함,이메일,좌석\n"
NEW = HEADS + "누리디비,데이터베이스,강미루,대리,miru@nuri.example,2\n"
ALIKE = HEADS + "마루소프츠,소프트웨어,강미루,대리,miru@nuri.example,2\n"
REFUSED = HEADS + "누리디비,데이터베이스,강미루,대리,miru,99\n"


def send(office: Office, data: bytes | str, name: str = "list.csv"):
    raw = data.encode() if isinstance(data, str) else data
    return office.organizer.post("/organizer/imports", data={"file": (io.BytesIO(raw), name)})


def preview(office: Office, data: bytes | str) -> tuple[str, str]:
    """The preview's address and what it says was seen."""
    address = send(office, data).location
    text = office.organizer.get(address).get_data(as_text=True)
    return address, text.split('name="seen" value="')[1].split('"')[0]


def number(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


def test_the_sample_is_seen_first_and_then_done(office: Office):
    before = number(office.app, Invitation)
    address, seen = preview(office, SAMPLE.read_bytes())
    assert number(office.app, Invitation) == before
    answer = office.organizer.post(f"{address}/confirmation", data={"seen": seen})
    assert (answer.status_code, answer.location) == (303, "/organizer/")
    assert number(office.app, Invitation) == before + 34
    assert number(office.app, ImportDraft) == 0


def test_rows_left_out_lead_back_to_the_preview(office: Office):
    address, seen = preview(office, REFUSED)
    answer = office.organizer.post(f"{address}/confirmation", data={"seen": seen})
    assert (answer.status_code, answer.location) == (303, address)
    assert number(office.app, Invitation) == 2
    assert "miru" not in office.organizer.get("/organizer/").get_data(as_text=True)


def test_a_row_that_looks_known_is_decided_in_the_preview(office: Office):
    address, seen = preview(office, ALIKE)
    assert 'name="row-2"' in office.organizer.get(address).get_data(as_text=True)
    office.organizer.post(f"{address}/confirmation", data={"seen": seen, "row-2": ""})
    assert number(office.app, Invitation) == 2
    office.organizer.post(f"{address}/confirmation", data={"seen": seen, "row-2": "new", "row-x": "new"})
    assert number(office.app, Invitation) == 3


def test_what_changed_since_it_was_seen_is_shown_again_before_it_is_done(office: Office):
    address, seen = preview(office, NEW)
    with office.app.app_context(), db.writing():
        db.session.get_one(Invitation, office.maru).company.name_key = "누리디비"
    answer = office.organizer.post(f"{address}/confirmation", data={"seen": seen})
    assert answer.location == address
    assert number(office.app, Invitation) == 2
    assert office.organizer.post(f"{address}/confirmation").location == address


def test_an_upload_belongs_to_who_sent_it(office: Office):
    address, seen = preview(office, NEW)
    for browser in (office.daon, office.viewer):
        assert browser.get(address).status_code == 403
        assert browser.post(f"{address}/confirmation", data={"seen": seen}).status_code == 403
    with office.app.app_context(), db.writing():
        db.session.scalars(select(ImportDraft)).one().staff_id = an_organizer("other@host.example").id
    assert office.organizer.get(address).status_code == 404
    assert office.organizer.post(f"{address}/removal").status_code == 404


def test_a_second_upload_replaces_the_first_and_one_can_be_forgotten(office: Office):
    preview(office, NEW)
    address, _seen = preview(office, ALIKE)
    assert number(office.app, ImportDraft) == 1
    assert office.organizer.post(f"{address}/removal").status_code == 303
    assert number(office.app, ImportDraft) == 0
    assert office.organizer.get(address).status_code == 404


NO_SHEETS = [
    (b"", "empty.csv"),
    (b"%PDF-1.4", "a.pdf"),
    (b"PK\x03\x04 broken", "a.xlsx"),
    (b"\x00" * 100, "a.xls"),
    ("회사명,분야\n가,나\n".encode(), "short.csv"),
    (NEW.encode(), "a\r\nb" + "가" * 300 + ".exe"),
]


def test_files_that_are_no_such_sheet_get_a_sentence(office: Office):
    for data, name in NO_SHEETS:
        answer = send(office, data, name)
        assert answer.status_code == 422
        assert "field-error" in answer.get_data(as_text=True)
        assert number(office.app, ImportDraft) == 0


def test_a_file_over_two_megabytes_gets_a_sentence(office: Office):
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
    body = head + b"x" * (2 * 1024 * 1024 + 1) + b"\r\n--x--\r\n"
    answer = office.organizer.post(
        "/organizer/imports", data=body, content_type="multipart/form-data; boundary=x"
    )
    assert (answer.status_code, "field-error" in answer.get_data(as_text=True)) == (422, True)


def test_no_file_gets_a_sentence(office: Office):
    assert office.organizer.post("/organizer/imports", data={}).status_code == 422
    assert office.organizer.post("/organizer/imports", data={"file": "text"}).status_code == 422


def test_what_a_cell_holds_is_text_in_the_preview(office: Office):
    evil = HEADS + '"<script>alert(1)</script>",분야,"=cmd()|x",직함,a@b.example,2\n'
    address, _seen = preview(office, evil)
    text = office.organizer.get(address).get_data(as_text=True)
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


@pytest.fixture
def run(office: Office, tmp_path: Path):
    """Run the command on a sheet."""

    def command(text: str, *options: str):
        file = tmp_path / "list.csv"
        file.write_text(text, encoding="utf-8")
        return office.app.test_cli_runner().invoke(
            args=["import-invitations", str(file), "--event", "2017", *options]
        )

    return command


def test_the_command_rehearses_does_and_says_each_row(office: Office, run):
    rehearsal = run(NEW, "--dry-run")
    assert (rehearsal.exit_code, number(office.app, Invitation)) == (0, 2)
    assert "누리디비" in rehearsal.output
    assert (run(NEW).exit_code, number(office.app, Invitation)) == (0, 3)
    assert (run(NEW).exit_code, number(office.app, Invitation)) == (0, 3)


def test_the_command_ends_with_2_where_rows_stay_out(office: Office, run):
    assert run(REFUSED).exit_code == 2
    assert run(ALIKE).exit_code == 2
    assert run(ALIKE, "--new", "2").exit_code == 0
    assert number(office.app, Invitation) == 3


def test_the_command_names_what_is_wrong_with_event_or_file(office: Office, run, tmp_path: Path):
    assert run("a,b\n1,2\n").exit_code == 1
    answer = office.app.test_cli_runner().invoke(args=["import-invitations", str(SAMPLE), "--event", "1999"])
    assert (answer.exit_code, "1999" in answer.output) == (1, True)
