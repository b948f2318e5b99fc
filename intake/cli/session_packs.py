"""`intake session`: what a sitting needs on paper."""

from __future__ import annotations

from pathlib import Path

import click

from intake import clock
from intake.cli.world import OPERATOR, OUTPUT, database
from intake.services import session_packs, sessions


@click.group()
def session() -> None:
    """Sittings of the deciding bodies."""


@session.command("list")
def list_all() -> None:
    """Every session, newest first: ID STATE BODY START PLACE."""
    with database().reading() as db:
        for one in sessions.listing(db, actor=OPERATOR):
            starts_at = one.starts_at.astimezone(clock.ZONE)
            click.echo(f"{one.id} {one.state} {one.body_id} {starts_at:%Y-%m-%dT%H:%M} {one.place}")


@session.command()
@click.argument("number", metavar="ID", type=int)
@OUTPUT
def pack(number: int, output: Path) -> None:
    """Write the briefing pack for the members: agenda, and one page on each proposal."""
    with database().reading() as db:
        found = session_packs.facts(db, number)
    output.write_bytes(session_packs.make(found))
    click.echo(f"{len(found.briefs)} proposals of session {found.number} written to {output}")
