"""`intake audit`: prove that the record of what happened is whole, or hand it out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from intake.cli.world import NoAnswer, database
from intake.services import audit as chain


@click.group()
def audit() -> None:
    """The audit chain."""


@audit.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path | None) -> None:
    """Verify the chain in the database, or in an exported FILE; names the first bad entry."""
    if file:
        broken = chain.first_broken(exported(file))
    else:
        with database().reading() as db:
            broken = chain.verify(db)
    if broken:
        raise NoAnswer(broken.reason)
    click.echo("The audit chain is whole.")


def exported(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield chain.from_json(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise NoAnswer(f"line {number} of {file} is not an entry of the chain") from error


@audit.command()
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export(output: Path) -> None:
    """Write every entry as one line of JSON."""
    with database().reading() as db, output.open("w", encoding="utf-8") as file:
        count = write_lines(file.write, chain.rows(db))
    click.echo(f"{count} entries written to {output}")


def write_lines(write: Any, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    for row in rows:
        write(json.dumps(chain.as_json(row), ensure_ascii=False, sort_keys=True) + "\n")
        count += 1
    return count
