"""Materials of an item: checked, kept in the working copy, taken by partners only once they are published."""

import pytest
from cast import an_event, at, run

from eventapp.errors import Stale
from eventapp.models.event import Event
from eventapp.models.programme import Kind
from eventapp.rules import agenda_copies, materials, publications, working_copies
from eventapp.rules.agenda_items import Draft, ItemRefused
from eventapp.rules.materials import Upload

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
PDF = Upload(b"%PDF-1.7 slides", "../발표.pdf")
TITLES = ("발표 자료", "Slides")


@pytest.fixture
def event() -> Event:
    event = an_event()
    draft = Draft(
        kind=Kind.AI, title_ko="AI", starts_at=at("2017-11-09 10:00"), ends_at=at("2017-11-09 11:00")
    )
    working_copies.add(event, [(run(event, 1), draft)])
    return event


def uid(event: Event) -> str:
    return working_copies.of(event).items()[0].uid


def names(event: Event) -> list[str]:
    return [one.url or one.file_name for one in working_copies.of(event).items()[0].materials]


def test_a_file_is_for_partners_once_it_is_published_and_no_longer_than_that(event):
    made = materials.add(event, uid(event), titles=TITLES, upload=PDF)
    assert (made.file_name, made.size) == ("발표.pdf", 15)
    assert materials.file(event, made.file_key).data == PDF.data
    assert materials.published_file(event, made.file_key) is None
    publications.publish(event)
    assert materials.published_file(event, made.file_key).media_type == "application/pdf"
    materials.remove(event, uid(event), what=made.file_key)
    assert materials.published_file(event, made.file_key) is not None
    publications.publish(event)
    assert materials.published_file(event, made.file_key) is None
    assert names(event) == []
    assert materials.published_file(event, "") is None


def test_a_file_of_another_event_is_not_there(event):
    made = materials.add(event, uid(event), titles=TITLES, upload=PDF)
    assert materials.file(an_event(year=2019), made.file_key) is None


def test_it_is_a_step_that_is_taken_back_and_again(event):
    made = materials.add(event, uid(event), titles=TITLES, url=" https://slides.example/1 ")
    assert made.url == "https://slides.example/1"
    working_copies.undo(event, seen=2)
    assert names(event) == []
    working_copies.redo(event, seen=3)
    assert names(event) == ["https://slides.example/1"]


def test_what_follows_hands_out_the_same(event):
    agenda_copies.take(event, [uid(event)], to=run(event, 2), follow=True)
    materials.add(event, uid(event), titles=TITLES, upload=PDF)
    assert [len(item.materials) for item in working_copies.of(event).items()] == [1, 1]


@pytest.mark.parametrize(
    ("url", "upload", "titles"),
    [
        ("http://slides.example", None, TITLES),
        ("javascript:alert(1)", None, TITLES),
        ("https://me:secret@slides.example", None, TITLES),
        ("https://", None, TITLES),
        ("https://[", None, TITLES),
        ("https://a.example/ b", None, TITLES),
        ("https://a.example/\u202eb", None, TITLES),
        ("https://a.example/" + "a" * 500, None, TITLES),
        ("", None, TITLES),
        ("https://a.example", PDF, TITLES),
        ("https://a.example", None, ("", "")),
        ("https://a.example", None, ("가" * 121, "")),
        ("", Upload(b"", "a.pdf"), TITLES),
        ("", Upload(b"<html>", "a.pdf"), TITLES),
        ("", Upload(b"%PDF-1.7", "a.html"), TITLES),
        ("", Upload(b"%PDF-1.7" + b"a" * 5 * 1024 * 1024, "a.pdf"), TITLES),
    ],
)
def test_what_is_not_taken(event, url: str, upload: Upload | None, titles):
    with pytest.raises(ItemRefused):
        materials.add(event, uid(event), titles=titles, url=url, upload=upload)
    assert names(event) == []


def test_no_more_than_fit_and_nothing_for_what_is_gone(event):
    for number in range(materials.MOST):
        materials.add(event, uid(event), titles=TITLES, url=f"https://a.example/{number}")
    with pytest.raises(ItemRefused):
        materials.add(event, uid(event), titles=TITLES, url="https://a.example/more")
    gone = uid(event)
    working_copies.remove(event, gone)
    with pytest.raises(Stale):
        materials.add(event, gone, titles=TITLES, url="https://a.example")


def test_a_key_that_no_file_can_have_finds_nothing():
    assert materials.file(an_event(), "\x00") is None
