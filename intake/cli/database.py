"""`intake db`: bring the tables to this version, or compare them with it."""

from __future__ import annotations

import click

from intake.cli.world import NoAnswer, database
from intake.models import schema
from intake.services import seeding


@click.group()
def db() -> None:
    """Create, migrate and check the database."""


@db.command()
def upgrade() -> None:
    """Migrate, then copy new declarations (organisations, periods, stages) into rows."""
    seeding.upgrade(database())
    click.echo("The database is up to date.")


@db.command()
def check() -> None:
    """Compare the tables with what the code declares."""
    if found := schema.differences(database()):
        raise NoAnswer(found)
    click.echo("The tables agree with the models.")
