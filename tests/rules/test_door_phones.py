"""A phone comes in by link and PIN, stays until the run ends, and is shut out in one press."""

from datetime import timedelta

import pytest
from cast import a_checkpoint, an_event, at, run

from eventapp.clock import now, standing_at
from eventapp.rules import door_phones

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]
KEY = b"0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def link_and_pin():
    return door_phones.make_link(run(an_event(), 1))


def wrong(pin):
    return f"{(int(pin) + 1) % 10**6:06d}"


def test_a_link_and_its_pin_let_a_phone_in(link_and_pin):
    link, pin = link_and_pin
    assert (len(pin), pin.isdigit(), pin in link.pin_hash) == (6, True, False)
    assert door_phones.by_link_token(door_phones.token(link, KEY), KEY).id == link.id
    phone, secret = door_phones.enrol(link, pin, name="민지", gate="정문")
    assert door_phones.by_token(secret).id == phone.id
    assert secret not in (phone.token_digest, link.pin_hash)
    assert (phone.ends_at, link.wrong_tries) == (at("2017-11-11 00:00"), 0)


def test_ten_wrong_pins_close_the_link_even_for_the_right_one(link_and_pin):
    link, pin = link_and_pin
    for _ in range(10):
        with pytest.raises(door_phones.WrongPin):
            door_phones.enrol(link, wrong(pin), name="누구")
    with pytest.raises(door_phones.LinkEnded):
        door_phones.enrol(link, pin, name="민지")
    assert not door_phones.is_open(link)


def test_a_link_ends_with_its_run_and_by_hand(link_and_pin):
    link, pin = link_and_pin
    with standing_at(at("2017-11-11 00:00")):
        assert not door_phones.is_open(link)
        with pytest.raises(door_phones.RunOver):
            door_phones.make_link(link.event_session)
    phone, secret = door_phones.enrol(link, pin, name="민지")
    door_phones.revoke_link(link)
    with pytest.raises(door_phones.LinkEnded):
        door_phones.enrol(link, pin, name="도윤")
    assert door_phones.by_token(secret).id == phone.id


def test_a_revoked_phone_is_out_at_once_and_every_phone_when_the_run_is_over(link_and_pin):
    link, pin = link_and_pin
    lost, lost_secret = door_phones.enrol(link, pin, name="민지")
    _, kept_secret = door_phones.add_scanner(link.event_session, "게이트 리더")
    door_phones.revoke(lost)
    assert door_phones.by_token(lost_secret) is None
    assert door_phones.by_token(kept_secret) is not None
    with standing_at(at("2017-11-11 00:00")):
        assert door_phones.by_token(kept_secret) is None


@pytest.mark.parametrize("text", ["", "x", "x" * 43, "가" * 43, "x" * 10_000])
def test_a_made_up_token_is_nobody(text):
    assert door_phones.by_token(text) is None
    assert door_phones.by_link_token(text, KEY) is None


def test_a_contact_is_written_seldom_unless_something_changed(link_and_pin):
    link, pin = link_and_pin
    phone, _ = door_phones.enrol(link, pin, name="민지")
    door_phones.note_contact(phone)
    first = phone.last_contact_at
    with standing_at(now() + timedelta(seconds=5)):
        door_phones.note_contact(phone)
        assert phone.last_contact_at == first
        checkpoint = a_checkpoint(link.event_session)
        door_phones.note_contact(phone, checkpoint=checkpoint, waiting=3)
        assert (phone.last_contact_at, phone.checkpoint_id, phone.waiting) == (now(), checkpoint.id, 3)
