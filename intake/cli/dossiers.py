"""`intake dossier`: everything about one proposal in a zip."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.world import OPERATOR, OUTPUT, acting, database, settings
from intake.files import StoredFiles
from intake.services import dossiers, proposals


@click.command()
@click.argument("code")
@OUTPUT
@click.option("--as", "reader", metavar="EMAIL", help="Only what this account may read (else all of a secretary).")
def dossier(code: str, output: Path, reader: str | None) -> None:
    """Write versions, papers, opinions, sheets, decision and history of a proposal, with a manifest of hashes."""
    with database().reading() as db:
        actor = acting(db, reader).actor if reader else OPERATOR
        found = proposals.get(db, code, actor=actor) if reader else proposals.unchecked(db, code)
        with output.open("wb") as target:
            enclosed = dossiers.write(db, StoredFiles(settings().files_url), found, target, actor=actor)
    click.echo(f"{len(enclosed)} files about {found.code} written to {output}")
