"""The command that imports companies and coordinators from a sheet."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from eventapp.errors import RuleBroken
from eventapp.reports import import_words
from eventapp.rules import events, imports, journal
from eventapp.rules.import_plan import Decision


@click.command("import-invitations")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", "slug", required=True, help="The event's address, for example 2017.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option(
    "--new", "new_rows", type=int, multiple=True, help="Row that looks known, but is a new company."
)
@click.option("--same", "same_rows", type=int, multiple=True, help="Row that is the company it looks like.")
@with_appcontext
def import_invitations(
    file: Path, slug: str, dry_run: bool, new_rows: tuple[int, ...], same_rows: tuple[int, ...]
) -> None:
    """Companies and coordinators from FILE (xlsx, xls, ods or csv), as invitations not sent yet.

    Exit code 2 where rows stay out, 1 where nothing could be read.
    """
    journal.acting_as("command")
    event = events.by_slug(slug)
    if event is None:
        raise click.ClickException(_("There is no event %(slug)s.", slug=slug))
    decisions = dict.fromkeys(same_rows, Decision.SAME) | dict.fromkeys(new_rows, Decision.NEW)
    try:
        plan = imports.plan(event, imports.read(file.read_bytes(), file.name), decisions=decisions)
        _say(plan)
        if not dry_run:
            imports.carry_out(event, plan)
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if dry_run:
        click.echo(_("This was a rehearsal; nothing was changed."))
    out = import_words.left_out(plan)
    if out:
        click.echo(out)
        raise SystemExit(2)


def _say(plan: imports.Plan) -> None:
    for line in plan.lines:
        words = [str(import_words.KIND_WORDS[line.kind]), *import_words.remarks(line, "ko")]
        click.echo(f"{line.number:>5}  {line.company}  {' · '.join(words)}")
    for sentence in import_words.summary(plan):
        click.echo(sentence)
