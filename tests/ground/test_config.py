"""A careless start is refused with the one line that says what to set."""

import pytest

from eventapp.config import database_url, load
from eventapp.errors import ConfigurationProblem

GOOD = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
    "LINK_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for name in ("SECRET_KEY", "LINK_KEY", "BASE_URL", "DEMO", "DATABASE_URL"):
        monkeypatch.delenv(f"EVENTAPP_{name}", raising=False)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "EVENTAPP_SECRET_KEY"),
        ({**GOOD, "SECRET_KEY": "short"}, "EVENTAPP_SECRET_KEY"),
        ({**GOOD, "SECRET_KEY": "a" * 64}, "EVENTAPP_SECRET_KEY"),
        ({**GOOD, "SECRET_KEY": "change me, this is only an example value"}, "EVENTAPP_SECRET_KEY"),
        ({**GOOD, "LINK_KEY": ""}, "EVENTAPP_LINK_KEY"),
        ({**GOOD, "LINK_KEY": GOOD["SECRET_KEY"]}, "EVENTAPP_LINK_KEY"),
    ],
)
def test_a_missing_short_or_shared_key_is_refused(settings, named, tmp_path):
    with pytest.raises(ConfigurationProblem) as problem:
        load(tmp_path, settings)
    assert named in str(problem.value)
    assert "\n" not in str(problem.value)


def test_debug_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(ConfigurationProblem, match="FLASK_DEBUG"):
        load(tmp_path, GOOD)


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / "config.py").write_text(
        f"BASE_URL = 'https://file.example'\nSECRET_KEY = '{GOOD['SECRET_KEY']}'\n"
    )
    monkeypatch.setenv("EVENTAPP_LINK_KEY", GOOD["LINK_KEY"])
    assert load(tmp_path)["BASE_URL"] == "https://file.example"
    monkeypatch.setenv("EVENTAPP_BASE_URL", "https://environment.example/")
    assert load(tmp_path)["BASE_URL"] == "https://environment.example"


def test_a_key_of_digits_stays_text(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENTAPP_SECRET_KEY", "01234567890123456789012345678901234567890")
    monkeypatch.setenv("EVENTAPP_LINK_KEY", GOOD["LINK_KEY"])
    assert load(tmp_path)["SECRET_KEY"] == "01234567890123456789012345678901234567890"


def test_https_gives_host_bound_secure_cookies(tmp_path):
    settings = load(tmp_path, {**GOOD, "BASE_URL": "https://day.example"})
    assert (settings["SESSION_COOKIE_NAME"], settings["SESSION_COOKIE_SECURE"]) == ("__Host-day", True)
    settings = load(tmp_path, {**GOOD, "BASE_URL": "http://127.0.0.1:5000"})
    assert (settings["SESSION_COOKIE_NAME"], settings["SESSION_COOKIE_SECURE"]) == ("day", False)


@pytest.mark.parametrize(
    "short", ["postgres://a:b@h/d", "postgresql://a:b@h/d", "postgresql+psycopg://a:b@h/d"]
)
def test_postgresql_always_speaks_psycopg_3(short, tmp_path):
    assert database_url(short, tmp_path) == "postgresql+psycopg://a:b@h/d"


def test_without_a_database_it_is_sqlite_in_the_instance(tmp_path):
    assert database_url("", tmp_path) == f"sqlite:///{tmp_path}/eventapp.sqlite3"
