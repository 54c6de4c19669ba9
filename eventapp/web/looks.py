"""Looks: language, static addresses, words for templates and the headers every answer carries."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, has_request_context, request, send_file
from flask import Response as FileAnswer
from flask_babel import Babel, get_locale
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response
from whitenoise import WhiteNoise

from eventapp.clock import now
from eventapp.config import ROOT
from eventapp.formats import linked, ridge
from eventapp.models.wording import LANGUAGES, said

STATIC = ROOT / "static"
IMMUTABLE = re.compile(r"^/static/(-[0-9a-f]+|vendor)/")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"

babel = Babel()


def init_app(app: Flask) -> None:
    """Everything a page needs to look right, and the middlewares around the app."""
    babel.init_app(
        app,
        locale_selector=language,
        default_translation_directories=str(ROOT / "eventapp" / "translations"),
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    release = static_digest(STATIC)
    app.extensions["static_release"] = release
    app.add_template_global(asset)
    app.add_template_global(other_language_url)
    app.add_template_global(lambda row, field: said(row, field, language=current_language()), "said")
    app.add_template_global(now)
    app.add_template_filter(linked.linked)
    app.jinja_env.globals["ridge_line"] = ridge
    app.context_processor(lambda: {"language": current_language(), "demo_mode": app.config["DEMO"]})
    app.after_request(keep_language)
    app.after_request(dress)
    app.wsgi_app = static_files(app.wsgi_app, release)  # type: ignore[method-assign]
    app.wsgi_app = TrustedProxies(app.wsgi_app, str(app.config["TRUSTED_PROXIES"]))  # type: ignore[method-assign]


# -- language -------------------------------------------------------------------------------------


def language() -> str:
    """What the reader asked for in the address, chose before, is known to read; else Korean."""
    if not has_request_context():
        return LANGUAGES[0]
    for wish in (
        request.args.get("language"),
        request.cookies.get("language"),
        g.get("reader_language"),
    ):
        if wish in LANGUAGES:
            return wish
    return LANGUAGES[0]


def current_language() -> str:
    """The language this answer is written in."""
    locale = get_locale()
    return locale.language if locale else LANGUAGES[0]


def other_language_url() -> str:
    """This page, asked for in the same way, in the other language."""
    other = LANGUAGES[1 - LANGUAGES.index(current_language())]
    return f"{request.path}?{urlencode({**request.args.to_dict(), 'language': other})}"


def keep_language(response: Response) -> Response:
    """Remember a language chosen in the address."""
    wish = request.args.get("language")
    if wish in LANGUAGES:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie("language", wish, max_age=31536000, samesite="Lax", secure=secure, httponly=True)
    return response


# -- static files ------------------------------------------------------------------------------------


def asset(name: str) -> str:
    """The address of a file in static/, new with every release, kept by browsers for ever."""
    if name.startswith("vendor/"):
        return f"{request.script_root}/static/{name}"
    return f"{request.script_root}/static/-{current_app.extensions['static_release']}/{name}"


def static_digest(folder: Path) -> str:
    """A short digest of our own static files; vendored ones carry their version in their path."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "vendor" not in file.parts and file.suffix not in (".br", ".gz"):
            digest.update(str(file.relative_to(folder)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def static_files(wsgi: Any, release: str) -> WhiteNoise:
    """static/ under its release's address; vendored files under their own, versioned one."""
    served = FreshFiles(
        wsgi,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: bool(IMMUTABLE.match(url)),
        add_headers_function=_static_headers,
    )
    if STATIC.exists():
        served.add_files(str(STATIC), prefix=f"static/-{release}/")
        served.add_files(str(STATIC / "vendor"), prefix="static/vendor/")
    return served


class FreshFiles(WhiteNoise):
    """Leaves out .gz and .br that are older than their file: a release laid over an older one brings none."""

    def get_static_file(self, path: str, url: str, stat_cache: dict[str, Any] | None = None) -> Any:
        if stat_cache is not None:
            made_at = stat_cache[path].st_mtime_ns
            own = (path, f"{path}.gz", f"{path}.br")
            stat_cache = {
                name: stat_cache[name]
                for name in own
                if name in stat_cache and stat_cache[name].st_mtime_ns >= made_at
            }
        return super().get_static_file(path, url, stat_cache)


def _static_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


# -- headers -----------------------------------------------------------------------------------------


def dress(response: Response) -> Response:
    """Security headers; personal pages are never stored. A page may have set its own policy before."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", policy())
    response.headers.setdefault("Permissions-Policy", NO_DEVICES)
    if str(current_app.config["BASE_URL"]).startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if is_personal(request.blueprint or ""):
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    return response


def download(data: bytes, *, name: str, media_type: str) -> FileAnswer:
    """Somebody's file, to be kept and never shown or run here, whatever a browser thinks of it."""
    answer = send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return answer


def policy(**more: str) -> str:
    """The Content-Security-Policy; more: script_src="'wasm-unsafe-eval'" adds to a directive."""
    added = {name.replace("_", "-"): value for name, value in more.items()}
    return "; ".join(f"{name} {value} {added.get(name, '')}".strip() for name, value in POLICY.items())


def is_personal(blueprint: str) -> bool:
    """Whether pages of this blueprint show somebody's data."""
    return blueprint.split(".")[0] not in ("public", "")


def outside_url(path: str) -> str:
    """A full address for letters, QR codes and calendars: never from the Host header."""
    return f"{current_app.config['BASE_URL']}{path}"


def signed_in_staff() -> Any:
    """The staff account of this request, or None."""
    return current_user.staff if current_user.is_authenticated else None


class TrustedProxies:
    """Believes X-Forwarded-For and -Proto only from the configured addresses; drops them from others."""

    def __init__(self, wsgi: Any, proxies: str):
        self.wsgi = wsgi
        self.behind = ProxyFix(wsgi, x_for=1, x_proto=1)
        self.networks = [
            ip_network(part.strip(), strict=False) for part in proxies.split(",") if part.strip()
        ]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if self._trusts(environ.get("REMOTE_ADDR", "")):
            return self.behind(environ, start_response)
        for name in [name for name in environ if name.startswith("HTTP_X_FORWARDED")]:
            del environ[name]
        return self.wsgi(environ, start_response)

    def _trusts(self, address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in self.networks)
        except ValueError:
            return False
