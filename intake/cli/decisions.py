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
    """Write the newest decision PDF of each proposal CODE."""
    into_folder = len(codes) > 1 or output.is_dir()
    if into_folder:
        output.mkdir(parents=True, exist_ok=True)
    files = StoredFiles(settings().files_url)
    missing = []
    with click.progressbar(codes, label="Writing decisions", show_pos=True, hidden=len(codes) < 3) as progress:
        for code in progress:
            content = pdf_of(code, files)
            if content is None:
                missing.append(code)
                continue
            target = output / f"{code}.pdf" if into_folder else output
            target.write_bytes(content)
    if missing:
        raise NoAnswer(f"nothing is decided yet about {', '.join(missing)}; see: intake proposal list")
    click.echo(f"{len(codes)} decisions written to {output}")


def pdf_of(code: str, files: StoredFiles) -> bytes | None:
    """The newest decision, made here and now unless the worker was faster; None while there is none."""
    target = database()
    with target.reading() as db:
        document_id = papers.decision_paper(db, code)
    if document_id is None:
        return None
    papers.make(target, files, document_id, base_url=settings().base_url)
    with target.reading() as db:
        return files.get(papers.made_key(db, document_id))
