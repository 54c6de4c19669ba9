"""Settings: defaults, then instance/config.py, then the environment; careless ones are refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from eventapp.errors import ConfigurationProblem

PREFIX = "EVENTAPP_"
ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "DATABASE_URL",
    "SECRET_KEY",
    "LINK_KEY",
    "BASE_URL",
    "MAIL_URL",
    "ALIMTALK_URL",
    "TRUSTED_PROXIES",
    "RATE_LIMIT_URL",
    "DEMO",
)
SHORTEST_KEY = 32


def instance_folder() -> Path:
    """Where what must not be in the repository lives: database, keys, outbox."""
    return Path(os.environ.get(f"{PREFIX}INSTANCE") or ROOT / "instance").resolve()


def load(folder: Path, given: dict[str, Any] | None = None) -> dict[str, Any]:
    """All settings as Flask wants them.

    given: settings that win over everything (tests). Raises ConfigurationProblem.
    """
    settings: dict[str, Any] = dict.fromkeys(NAMES, "")
    settings.update(_from_file(folder / "config.py"))
    settings.update({name: os.environ[PREFIX + name] for name in NAMES if PREFIX + name in os.environ})
    settings.update(given or {})
    _refuse_careless(settings)
    base_url = str(settings["BASE_URL"] or "http://127.0.0.1:5000").rstrip("/")
    secure = base_url.startswith("https://")
    return {
        **settings,
        "BASE_URL": base_url,
        "MAIL_URL": settings["MAIL_URL"] or "file:",
        "DEMO": str(settings["DEMO"]).lower() in ("1", "true", "yes"),
        "SQLALCHEMY_DATABASE_URI": database_url(str(settings["DATABASE_URL"]), folder),
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(str(settings["DATABASE_URL"])),
        "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_NAME": "__Host-day" if secure else "day",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 120,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "ko",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Seoul",
    }


def database_url(given: str, folder: Path) -> str:
    """The engine's URL: SQLite in the instance folder unless a database was configured."""
    if not given:
        return f"sqlite:///{folder / 'eventapp.sqlite3'}"
    for short in ("postgres://", "postgresql://"):
        if given.startswith(short):
            return "postgresql+psycopg://" + given.removeprefix(short)
    return given


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("postgres"):
        return {"hide_parameters": True, "pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}
    return {"hide_parameters": True, "connect_args": {"timeout": 15}}


def _from_file(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    names: dict[str, Any] = {}
    exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), names)
    return {name: value for name, value in names.items() if name.isupper()}


def _refuse_careless(settings: dict[str, Any]) -> None:
    for name in ("SECRET_KEY", "LINK_KEY"):
        value = str(settings[name] or "")
        if len(value) < SHORTEST_KEY or len(set(value)) < 8 or "change" in value.lower():
            raise ConfigurationProblem(
                f"Set {PREFIX}{name} to a secret of at least {SHORTEST_KEY} characters, for example: "
                'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
    if settings["SECRET_KEY"] == settings["LINK_KEY"]:
        raise ConfigurationProblem(f"{PREFIX}SECRET_KEY and {PREFIX}LINK_KEY must differ.")
    if os.environ.get("FLASK_DEBUG", "").lower() in ("1", "true", "yes"):
        raise ConfigurationProblem("Debug is on. Unset FLASK_DEBUG and start again.")
