"""The roof: create_app() puts the floors together; nobody inside imports it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from eventapp.clock import follow_demo
from eventapp.config import ROOT, instance_folder, load
from eventapp.db import db
from eventapp.web import account, cli, demo_bar, door, faults, gates, logs, looks, organizer, partner, public


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """The whole app. config: settings that win over file and environment, INSTANCE among them.

    Raises ConfigurationProblem with the one line that says what to set.
    """
    given = dict(config or {})
    folder = Path(given.pop("INSTANCE", "") or instance_folder())
    folder.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "eventapp", instance_path=str(folder), template_folder=str(ROOT / "templates"), static_folder=None
    )
    app.config.update(load(folder, given))
    follow_demo(folder / "demo-clock.json" if app.config["DEMO"] else None)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "eventapp" / "migrations"), render_as_batch=True)
    for part in (logs, gates, looks, faults, cli):
        part.init_app(app)
    for wing in (public.wing, account.page, partner.wing, door.wing, organizer.wing):
        app.register_blueprint(wing)
    if app.config["DEMO"]:
        app.register_blueprint(demo_bar.page)
    return app
