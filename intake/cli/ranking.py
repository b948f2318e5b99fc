"""`intake ranking`: the ranking as the chair sees it."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from intake.catalogue import SYSTEMS
from intake.cli.world import OPERATOR, database
from intake.documents import spreadsheets
from intake.i18n import DEFAULT_LANGUAGE
from intake.services import ranking_lists, rankings
from intake.services.rankings import Board

FORMATS = ("table", "json", "csv", "xlsx")


@click.command()
@click.option("--system", type=click.Choice(sorted(SYSTEMS)), help="Only this strategic system.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="Of the answer.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file in place of the screen.")
def ranking(system: str | None, form: str, output: Path | None) -> None:
    """Proposals in synthesis, before the committee or deferred, best official score first."""
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("an Excel file is not for the screen: name one with -o FILE")
    with database().reading() as db:
        board = rankings.board(db, actor=OPERATOR, system=system)
    content = content_of(board, form)
    if output is not None:
        output.write_bytes(content)
        click.echo(f"{len(board.rows)} proposals written to {output}")
    else:
        click.echo(content, nl=False)


def content_of(board: Board, form: str) -> bytes:
    """The whole ranking in that format."""
    if form == "xlsx":
        return spreadsheets.workbook(ranking_lists.listing(board, DEFAULT_LANGUAGE))
    if form == "csv":
        return spreadsheets.csv_text(ranking_lists.data_listing(board)).encode()
    return (as_json(board) if form == "json" else table(board)).encode()


def table(board: Board) -> str:
    head = f"{'rank':>5} {'score':>6} {'n':>2} {'sd':>5} {'low-high':>11} {'ranks':>9}"
    lines = [f"{head}  {'system':6} {'code':16}  title"]
    for row in (ranking_lists.as_data(row) for row in board.rows):
        rank = "-" if row["rank"] is None else f"{row['rank']}{'=' if row['is_rank_shared'] else ''}"
        spread = f"{row['lowest']}-{row['highest']}" if row["n"] else "-"
        ranks = "?" if row["rank_from"] is None else f"{row['rank_from']}-{row['rank_to']}"
        numbers = f"{rank:>5} {word(row['official']):>6} {row['n']:>2} {word(row['sd']):>5} {spread:>11} {ranks:>9}"
        lines.append(f"{numbers}  {row['system'] or '-':6} {row['code']}  {row['title']}")
    return "\n".join([*lines, *notes(board)]) + "\n"


def notes(board: Board) -> list[str]:
    """What a reader of the table has to know about the ranks."""
    if board.computed_at is None:
        return ["rank intervals are not computed yet: the worker does it"] if board.rows else []
    stale = ", being recomputed" if board.is_stale else ""
    return [f"rank intervals of {board.computed_at:%Y-%m-%d %H:%M} UTC{stale}"]


def word(value: Decimal | None) -> str:
    return "-" if value is None else str(value)


def as_json(board: Board) -> str:
    """Numbers as text, so that no digit is lost on the way."""
    answer: dict[str, Any] = {
        "items": [ranking_lists.as_data(row) for row in board.rows],
        "computed_at": board.computed_at.isoformat() if board.computed_at else None,
        "is_stale": board.is_stale,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2, default=str) + "\n"
