"""Accounts: no guessing, no locking out of others, and signing out ends every cookie."""

from datetime import timedelta

import pytest
from cast import PASSWORD, an_organizer, at

from eventapp.clock import now, standing_at
from eventapp.models.staff import Role
from eventapp.rules import staff
from eventapp.rules.staff import EmailTaken, EmailUnusable, PasswordTooShort, SignInRefused, TooManyTries

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_app", "clock")]


def test_the_right_password_signs_in_whatever_the_case_of_the_address():
    account = an_organizer()
    assert staff.sign_in(" Organizer@Host.example ", PASSWORD) == account


def test_a_password_typed_decomposed_is_the_same_password():
    account = staff.add("a@host.example", "가", role=Role.VIEWER, password="한라산 아래 오름 길에서")
    assert staff.sign_in("a@host.example", "한라산 아래 오름 길에서") == account


def test_wrong_passwords_and_unknown_addresses_are_refused_alike():
    an_organizer()
    sentences = set()
    for email, password in (("organizer@host.example", "x" * 12), ("nobody@host.example", PASSWORD)):
        with pytest.raises(SignInRefused) as refusal:
            staff.sign_in(email, password)
        sentences.add(str(refusal.value))
    assert len(sentences) == 1


def test_ten_wrong_tries_stop_the_eleventh_even_with_the_right_password():
    account = an_organizer()
    for _try in range(10):
        with pytest.raises(SignInRefused):
            staff.sign_in(account.email, "wrong wrong wrong")
    with pytest.raises(TooManyTries):
        staff.sign_in(account.email, PASSWORD)
    assert staff.sign_in(account.email, PASSWORD, browser="known") == account
    with standing_at(now() + timedelta(minutes=10, seconds=1)):
        assert staff.sign_in(account.email, PASSWORD) == account


def test_signing_out_and_a_new_password_raise_the_generation():
    account = an_organizer()
    staff.sign_out(account)
    assert account.generation == 2
    staff.set_password(account, "다른 비밀번호를 정했습니다")
    assert account.generation == 3
    with pytest.raises(SignInRefused):
        staff.sign_in(account.email, PASSWORD)


def test_short_passwords_and_taken_addresses_are_refused():
    an_organizer()
    with pytest.raises(PasswordTooShort):
        staff.add("b@host.example", "나", role=Role.VIEWER, password="열한글자비밀번호입니")
    with pytest.raises(EmailTaken):
        an_organizer()


@pytest.mark.parametrize("address", ["nope", "", "a@b", "다온@host.example"])
def test_an_address_that_no_letter_reaches_makes_no_account(address: str):
    with pytest.raises(EmailUnusable):
        staff.add(address, "나", role=Role.VIEWER, password="열두글자보다긴비밀번호입니다")


def test_what_was_read_of_arrivals_never_goes_back():
    account = an_organizer()
    early, late = at("2017-11-09 09:00"), at("2017-11-09 10:00")
    staff.note_arrivals(account, until=late)
    staff.note_arrivals(account, until=early)
    assert account.arrivals_seen_at == late
    staff.tell_arrivals(account, False)
    assert (account.tell_arrivals, account.arrivals_seen_at) == (False, now())
