"""What every measurement stands on: an empty house of its own, thrown away afterwards."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade

from eventapp import create_app
from eventapp.clock import standing_at
from eventapp.db import db

TESTS = Path(__file__).resolve().parents[1]
MONDAY = datetime(2017, 10, 16, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
KEYS = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
    "LINK_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
}


@contextmanager
def house() -> Iterator[tuple[Flask, dict[str, Any]]]:
    """A migrated SQLite database in a folder of its own, on 16 October 2017; the app, and its settings."""
    with tempfile.TemporaryDirectory(prefix="partners-day-bench-") as folder, standing_at(MONDAY):
        settings = {**KEYS, "INSTANCE": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        app = create_app({**settings, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False})
        with app.app_context():
            upgrade()
        yield app, settings
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
