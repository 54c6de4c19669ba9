"""The postman's command: bring what is due, once or until somebody ends it."""

from __future__ import annotations

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from eventapp.errors import ConfigurationProblem
from eventapp.postman import alimtalk, carrier_for, clean_up, deliver_once, follow
from eventapp.rules import journal


@click.command("deliver")
@click.option(
    "--follow", "following", is_flag=True, help="Go on until SIGTERM; a letter on its way is finished."
)
@with_appcontext
def deliver(following: bool) -> None:
    """Bring the letters that are due, and erase what nobody may keep longer. Several postmen may work at once."""
    journal.acting_as("postman")
    try:
        carrier_for(str(current_app.config["MAIL_URL"]))
        alimtalk()
    except ConfigurationProblem as problem:
        raise click.ClickException(str(problem)) from problem
    if not following:
        click.echo(f"{deliver_once()} tries.")
        clean_up()
        journal.seal()
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    follow(stop)
