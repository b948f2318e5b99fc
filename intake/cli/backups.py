"""`intake backup` and `intake restore`: everything in one file, and back, also into the other engine."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from intake.cli.world import NoAnswer, database, settings
from intake.files import StoredFiles
from intake.services import backups, restores
from intake.services.backup_format import Refused


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy database and files, as they are at one instant, into FILE; others may go on working.

    FILE holds personal data and secrets; only its owner can read it.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            copied = backups.write(database(), StoredFiles(settings().files_url), target)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(file)  # whoever looks for it sees a whole one
    except (Refused, OSError) as error:
        raise NoAnswer(str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"{copied.rows} rows and {copied.files} files written to {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring FILE back into an empty database (SQLite or PostgreSQL) and verify the audit chain."""
    try:
        with file.open("rb") as source:
            copied = restores.restore(database(), StoredFiles(settings().files_url), source)
    except Refused as error:
        raise NoAnswer(str(error)) from error
    click.echo(f"{copied.rows} rows and {copied.files} files restored; the audit chain is whole")
