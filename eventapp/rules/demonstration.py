"""Starting the demo over: the one rule that empties a database, and only a demo's."""

from __future__ import annotations

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from eventapp.db import db
from eventapp.errors import RuleBroken


class NotADemo(RuleBroken):
    """This database is somebody's own."""

    code = "not-a-demo"
    sentence = _l("This database is not a demo. The demo never touches it.")


def require_demo() -> None:
    """Raises NotADemo unless the app runs as the demo, on its own database."""
    if not current_app.config["DEMO"] or current_app.config["DATABASE_URL"]:
        raise NotADemo()


def start_over() -> None:
    """Empty every table. Raises NotADemo."""
    require_demo()
    with db.writing():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(delete(table))
        db.session.expunge_all()
