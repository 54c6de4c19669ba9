"""Staff accounts: made, signed in without guessing, signed out for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from eventapp.clock import now
from eventapp.db import db
from eventapp.errors import RuleBroken
from eventapp.formats import hangul, mail_address
from eventapp.models.staff import Role, SignInTry, Staff
from eventapp.rules import companies, journal

HASHER = PasswordHasher(2, 19456, 1)
TRIES, WINDOW = 10, timedelta(minutes=10)
SHORTEST_PASSWORD = 12
_NOBODY = HASHER.hash("a password that nobody has")


class SignInRefused(RuleBroken):
    """Wrong e-mail or password; which of them is not said."""

    code = "sign-in-refused"
    status = 401
    sentence = _l("E-mail and password do not fit together. Please try once more.")


class TooManyTries(RuleBroken):
    """Ten wrong passwords in ten minutes."""

    code = "too-many-tries"
    status = 429
    sentence = _l("That was wrong ten times. Please wait ten minutes and try again.")


class PasswordTooShort(RuleBroken):
    """Under twelve characters."""

    code = "password-too-short"
    sentence = _l("Please choose a password of at least 12 characters.")


class EmailUnusable(RuleBroken):
    """No letter could be sent to it, so nobody could sign in with it either."""

    code = "email-unusable"
    sentence = _l("Please check the e-mail address, for example name@company.co.kr.")


class EmailTaken(RuleBroken):
    """An account with this e-mail exists."""

    code = "email-taken"
    sentence = _l("There is an account with this e-mail already.")


def add(email: str, name: str, *, role: Role, password: str, language: str = "ko") -> Staff:
    """A new account. Raises PasswordTooShort, EmailUnusable, EmailTaken."""
    try:
        email = mail_address.parse(email)
    except mail_address.MailProblem:
        raise EmailUnusable(field="email") from None
    if len(hangul.nfc(password)) < SHORTEST_PASSWORD:
        raise PasswordTooShort(field="password")
    hashed = HASHER.hash(hangul.nfc(password))
    with db.writing():
        if by_email(email) is not None:
            raise EmailTaken(field="email")
        account = Staff(
            email=email.strip().lower(),
            name=name,
            role=role,
            password_hash=hashed,
            language=language,
            created_at=now(),
        )
        db.session.add(account)
        journal.record("staff added", account)
        companies.link_account(account)
    return account


def sign_in(email: str, password: str, *, browser: str = "") -> Staff:
    """The account, if the password fits. Raises SignInRefused, TooManyTries.

    browser: a value that a browser got at an earlier sign-in to this account, '' for an unknown one. It has
    a count of its own, so a stranger's guesses do not lock out the people who work here.
    """
    email = email.strip().lower()
    _note_try(email, browser)
    account = by_email(email)
    usable = account is not None and account.disabled_at is None
    fits = _fits(account.password_hash if usable else _NOBODY, hangul.nfc(password))
    if not (fits and usable):
        raise SignInRefused()
    with db.writing():
        db.session.execute(delete(SignInTry).where(SignInTry.account == email, SignInTry.browser == browser))
        journal.record("signed in", account)
    return account


def sign_out(account: Staff) -> None:
    """End every cookie of this account."""
    with db.writing():
        db.lock(account)
        account.generation += 1
        journal.record("signed out", account)


def set_password(account: Staff, password: str) -> None:
    """Change the password; every cookie of the account ends. Raises PasswordTooShort."""
    if len(hangul.nfc(password)) < SHORTEST_PASSWORD:
        raise PasswordTooShort(field="password")
    hashed = HASHER.hash(hangul.nfc(password))
    with db.writing():
        db.lock(account)
        account.password_hash = hashed
        account.generation += 1
        journal.record("password changed", account)


def note_arrivals(account: Staff, *, until: datetime) -> None:
    """Somebody has read which partners came, up to that moment; an older page takes nothing back."""
    with db.writing():
        db.lock(account)
        account.arrivals_seen_at = max(until, account.arrivals_seen_at or until)


def tell_arrivals(account: Staff, wanted: bool) -> None:
    """Whether the desk says that partners have come; what came meanwhile is no news."""
    with db.writing():
        db.lock(account)
        account.tell_arrivals = wanted
        account.arrivals_seen_at = now()


def by_email(email: str) -> Staff | None:
    """The account with that e-mail."""
    return db.session.scalar(select(Staff).where(Staff.email == email.strip().lower()))


def _note_try(email: str, browser: str) -> None:
    """Count this try before looking at the password, so that many at once cannot slip past the count."""
    with db.writing():
        account = by_email(email)
        if account is not None:
            db.lock(account)  # or two would count nine at once and both go on
        if _tries(email, browser) >= TRIES:
            raise TooManyTries()
        db.session.add(SignInTry(account=email[:254], browser=browser, tried_at=now()))


def _tries(email: str, browser: str) -> int:
    return db.session.scalar(
        select(func.count())
        .select_from(SignInTry)
        .where(SignInTry.account == email, SignInTry.browser == browser, SignInTry.tried_at > now() - WINDOW)
    )


def _fits(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except VerificationError:
        return False
