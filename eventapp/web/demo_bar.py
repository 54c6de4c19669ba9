"""The demo's bar and command: to another moment of the story. The bar is registered in demo mode only."""

from __future__ import annotations

from datetime import datetime

import click
from flask import Blueprint, redirect, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from eventapp.clock import now
from eventapp.demo.people import ACCOUNTS, PASSWORD
from eventapp.demo.play import MONDAY, MORNING, WEEK_AFTER, play
from eventapp.errors import RuleBroken

page = Blueprint("demo_bar", __name__)
MOMENTS = {
    "invitations": (MONDAY, _l("16 October, answers come in")),
    "morning": (MORNING, _l("9 November, the first morning")),
    "week-after": (WEEK_AFTER, _l("20 November, the week after")),
}


@page.app_context_processor
def moments() -> dict[str, object]:
    """What the bar offers: name, words, and whether that part of the story is being shown."""
    today = now().astimezone(MONDAY.tzinfo).date()  # a day alone may be asked for: its midnight
    past = [name for name, (begins, _) in MOMENTS.items() if begins.date() <= today]
    return {"demo_moments": [(name, words, [name] == past[-1:]) for name, (_, words) in MOMENTS.items()]}


@page.post("/demo/moment")
def jump() -> Response:
    """Tell the story again, up to that moment; every link and pass is made anew."""
    moment = MOMENTS.get(request.form.get("moment", ""))
    if moment is None:
        raise BadRequest
    play(moment[0])
    return redirect("/", code=303)


@click.command("demo")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]), help="The moment."
)
def tell(on: datetime | None) -> None:
    """Tell the 2017 day again up to a moment, and say who may sign in."""
    try:
        play(on)
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("Demo accounts, all with the password: " + PASSWORD)
    for email, name, role in ACCOUNTS:
        click.echo(f"  {email:24} {name}, {role}")
