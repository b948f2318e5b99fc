"""`intake audit`: prove that the record of what happened is whole, or hand it out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from intake.cli.world import OUTPUT, NoAnswer, database
from intake.services import audit as chain


@click.group()
def audit() -> None:
    """The audit chain."""


@audit.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path | None) -> None:
    """Verify the chain in the database, or in an exported FILE; names the first bad entry."""
    end = End()
    if file:
        broken = chain.first_broken(end.watching(exported(file)))
    else:
        with database().reading() as db:
            broken = chain.verify(db) or chain.first_broken(end.watching(chain.rows(db)))
    if broken:
        raise NoAnswer(broken.reason)
    click.echo(f"The audit chain is whole. {end}")


class End:
    """How far a chain goes: a file that was cut off at its end is told by comparing this with what was noted before."""

    def __init__(self) -> None:
        self.count, self.hash = 0, chain.GENESIS

    def watching(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in rows:
            self.count, self.hash = self.count + 1, row["hash"]
            yield row

    def __str__(self) -> str:
        return f"{self.count} entries, the last is sealed with {self.hash}"


def exported(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield chain.from_json(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise NoAnswer(f"line {number} of {file} is not an entry of the chain") from error


@audit.command()
@OUTPUT
def export(output: Path) -> None:
    """Write every entry as one line of JSON."""
    end = End()
    with database().reading() as db, output.open("w", encoding="utf-8") as file:
        for row in end.watching(chain.rows(db)):
            file.write(json.dumps(chain.as_json(row), ensure_ascii=False, sort_keys=True) + "\n")
    click.echo(f"Written to {output}: {end}")
