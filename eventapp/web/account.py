"""Signing in and out: the open pages of the staff account."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import session as browser_session
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField

from eventapp.errors import RuleBroken
from eventapp.rules import staff
from eventapp.web import fields, gates

page = Blueprint("account", __name__)
KNOWN = "known-browser"


class SignInForm(FlaskForm):
    """E-mail and password."""

    email = fields.Mail(_l("E-mail"), [fields.Needed(_l("Please write your e-mail address."))])
    password = PasswordField(_l("Password"), [fields.Needed(_l("Please write your password."))])


@page.get("/sign-in")
def sign_in() -> Any:
    """The form."""
    if current_user.is_authenticated:
        return redirect(_inside(request.args.get("next", "")), code=303)
    return render_template("account/sign_in.html", form=SignInForm())


@page.post("/sign-in")
@gates.limiter.limit("60 per minute")
def sign_in_now() -> Any:
    """Try the password; a browser that signed in before has a count of tries of its own."""
    form = SignInForm()
    if form.validate_on_submit():
        try:
            account = staff.sign_in(
                form.email.address, form.password.data, browser=_browser_for(form.email.address)
            )
        except RuleBroken as refusal:
            fields.blame(form, refusal)
            return render_template("account/sign_in.html", form=form), refusal.status
        return _signed_in(account)
    return render_template("account/sign_in.html", form=form), 422


@page.post("/sign-out")
def sign_out() -> Response:
    """End this account's cookies everywhere."""
    if current_user.is_authenticated:
        staff.sign_out(current_user.staff)
        logout_user()
    browser_session.pop("_user_id", None)
    return redirect(url_for("account.sign_in"), code=303)


def _signed_in(account: Any) -> Response:
    grants = browser_session.get("grants")
    browser_session.clear()
    if grants:
        browser_session["grants"] = grants
    login_user(gates.SignedIn(account))
    response = redirect(_inside(request.args.get("next", "")), code=303)
    value = f"{account.id}.{secrets.token_urlsafe(16)}"
    response.set_cookie(
        KNOWN,
        f"{value}.{_mark(value)}",
        max_age=31536000,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response


def _browser_for(email: str) -> str:
    """The value of this browser's own cookie, where it belongs to this account and is ours; else ''."""
    value, _, mark = request.cookies.get(KNOWN, "").rpartition(".")
    account = staff.by_email(email)
    if (
        account is None
        or not value.startswith(f"{account.id}.")
        or not secrets.compare_digest(mark, _mark(value))
    ):
        return ""
    return hashlib.sha256(value.encode()).hexdigest()


def _mark(value: str) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"known browser {value}".encode(), "sha256").hexdigest()[:32]


def _inside(target: str) -> str:
    """The wished page if it is one of ours, else the ladder."""
    parts = urlsplit(target)
    if (
        target.startswith("/")
        and target.isprintable()
        and not target.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
    ):
        return target
    return url_for("organizer.ladder.show")
