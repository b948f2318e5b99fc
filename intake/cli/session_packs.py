"""`intake session`: what a sitting needs on paper."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.world import database
from intake.services import session_packs


@click.group()
def session() -> None:
    """Sittings of the deciding bodies."""


@session.command()
@click.argument("number", metavar="ID", type=int)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def pack(number: int, output: Path) -> None:
    """Write the briefing pack for the members: agenda, and one page on each proposal."""
    with database().reading() as db:
        found = session_packs.facts(db, number)
    output.write_bytes(session_packs.make(found))
    click.echo(f"{len(found.briefs)} proposals of session {found.number} written to {output}")
