"""The app as tests serve it for real: with a moved clock, without form tokens, as another release, or without its locks."""

import os
from pathlib import Path

from eventapp import create_app
from eventapp.clock import follow_demo
from eventapp.db import db
from eventapp.web import looks

given = {}
if os.environ.get("TEST_RELEASE"):
    looks.static_digest = lambda _folder: os.environ["TEST_RELEASE"]
if os.environ.get("TEST_OPEN_FORMS"):
    given = {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False}
app = create_app(given)
follow_demo(Path(app.instance_path) / "test-clock.json")
if os.environ.get("TEST_UNLOCKED"):
    db.locking = False
