"""`intake decision`: the decision papers as PDF files."""

from __future__ import annotations

from pathlib import Path

import click

from intake.cli.world import NoAnswer, database, settings
from intake.files import StoredFiles
from intake.services import papers


@click.group()
def decision() -> None:
    """Decisions of the committee."""


@decision.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="A file, or a folder for many.")
def export(codes: tuple[str, ...], output: Path) -> None:
    """Write the newest decision PDF of each proposal."""
    into_folder = len(codes) > 1 or output.is_dir()
    if into_folder:
        output.mkdir(parents=True, exist_ok=True)
    files = StoredFiles(settings().files_url)
    missing = []
    with click.progressbar(codes, label="Writing decisions", show_pos=True, hidden=len(codes) < 3) as progress:
        for code in progress:
            with database().reading() as db:
                key = papers.decision_key(db, code)
            if key is None:
                missing.append(code)
                continue
            target = output / f"{code}.pdf" if into_folder else output
            target.write_bytes(files.get(key))
    if missing:
        raise NoAnswer(f"no decision PDF is ready for {', '.join(missing)}")
    click.echo(f"{len(codes)} decisions written to {output}")
