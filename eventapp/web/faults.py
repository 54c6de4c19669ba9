"""Faults: every refusal comes out as one clear sentence, as a page or as JSON."""

from __future__ import annotations

from flask import Flask, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from eventapp.errors import RuleBroken


def init_app(app: Flask) -> None:
    """Register the sentences for what can go wrong."""
    app.register_error_handler(RuleBroken, rule_broken)
    app.register_error_handler(CSRFError, form_too_old)
    app.register_error_handler(HTTPException, http_fault)


def rule_broken(refusal: RuleBroken) -> Response | tuple[Response | str, int]:
    """A rule's refusal that no form caught."""
    return _say(refusal.code, str(refusal), refusal.status)


def form_too_old(_fault: CSRFError) -> Response | tuple[Response | str, int]:
    """A form without a fitting CSRF token."""
    return _say(
        "form-too-old", _("This page was open too long. Please go back, reload it and press again."), 400
    )


def http_fault(fault: HTTPException) -> Response | tuple[Response | str, int]:
    """What werkzeug refuses: missing pages, wrong methods, uploads too large, a crash."""
    if fault.code is None or fault.code < 400:
        return fault.get_response()
    sentences = {
        403: _("This page is not open to you. Please use the link in your letter, or sign in."),
        404: _("We could not find this page. Please check the address or ask your host contact."),
        405: _("This address cannot be used like that. Please start again from the page before."),
        413: _("This file or text is too large. Please send at most 2 MB."),
        429: _("That was a little too often. Please wait a minute and try again."),
        500: _("Something went wrong on our side. Nothing was lost; please try again in a moment."),
    }
    sentence = sentences.get(fault.code, _("We could not read this request. Please go back and try again."))
    return _say(f"http-{fault.code}", sentence, fault.code)


def _say(code: str, sentence: str, status: int) -> tuple[Response | str, int]:
    if request.path.startswith("/api/"):
        return jsonify(code=code, sentence=sentence), status
    return render_template("fault.html", sentence=sentence, status=status), status
