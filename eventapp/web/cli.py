"""Commands: the terminal's face of the app."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup
from flask_migrate import upgrade

from eventapp.db import db, refuse_careless_database
from eventapp.errors import RuleBroken
from eventapp.models.staff import Role
from eventapp.reports import audit
from eventapp.rules import journal
from eventapp.rules import staff as staff_rules
from eventapp.web import demo_bar, import_command, postman_command

staff_commands = AppGroup("staff", help="Accounts of the host's own people.")


def init_app(app: Flask) -> None:
    """Register every command."""
    for command in (
        init,
        import_command.import_invitations,
        postman_command.deliver,
        demo_bar.tell,
        audit_database,
        staff_commands,
    ):
        app.cli.add_command(command)


@click.command("init")
def init() -> None:
    """Make an empty database, or bring an older one up to date."""
    upgrade()
    with db.engine.connect() as connection:
        refuse_careless_database(connection)
    click.echo("The database is ready.")


@staff_commands.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ORGANIZER.value)
@click.password_option(help="At least 12 characters.")
def add_staff(email: str, name: str, role: str, password: str) -> None:
    """Make an account for EMAIL."""
    journal.acting_as("command")
    try:
        account = staff_rules.add(email, name, role=Role(role), password=password)
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{account.name} <{account.email}> may sign in as {account.role}.")


@click.command("audit")
def audit_database() -> None:
    """Check every promise about the data; exit 1 and one line for each that is broken."""
    broken = audit.broken()
    for line in broken:
        click.echo(line)
    if broken:
        raise SystemExit(1)
    click.echo(f"All {len(audit.CHECKS)} checks hold.")
