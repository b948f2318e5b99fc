"""`intake ranking`: the ranking as the chair sees it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import click

from intake.catalogue import CRITERIA, SYSTEMS
from intake.cli.world import database
from intake.policy import Actor, Role
from intake.scoring.totals import shown
from intake.services import rankings

OPERATOR = Actor(user_id=None, role=Role.SECRETARY)
COLUMNS = ("code", "title", "system", "state", "official", "n", "sd", "lowest", "highest")


@click.command()
@click.option("--system", type=click.Choice(sorted(SYSTEMS)), help="Only this strategic system.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def ranking(system: str | None, form: str) -> None:
    """Proposals in synthesis, before the committee or deferred, best official score first."""
    with database().reading() as db:
        rows = [as_data(row) for row in rankings.ranking(db, actor=OPERATOR, system=system)]
    click.echo(FORMS[form](rows), nl=False)


def as_data(row: rankings.RankRow) -> dict[str, Any]:
    """One line with numbers as people read them; the official score also exactly, in 10^-9 points."""
    return {
        "code": row.code,
        "title": row.title,
        "system": row.system,
        "state": row.stage.id,
        "official": points(row.official),
        "official_nano": row.official,
        "n": row.n,
        "sd": points(row.sd),
        "lowest": points(row.low),
        "highest": points(row.high),
        "criteria": {criterion: points(row.criteria.get(criterion), 2) for criterion in CRITERIA},
    }


def points(nano: int | None, places: int = 1) -> str | None:
    return None if nano is None else str(shown(nano, places=places))


def table(rows: list[dict[str, Any]]) -> str:
    lines = [f"{'score':>6} {'n':>2} {'sd':>5} {'low-high':>11}  {'system':6} code              title"]
    for row in rows:
        spread = f"{row['lowest'] or '-'}-{row['highest'] or '-'}"
        numbers = f"{row['official'] or '-':>6} {row['n']:>2} {row['sd'] or '-':>5} {spread:>11}"
        lines.append(f"{numbers}  {row['system'] or '-':6} {row['code']}  {row['title']}")
    return "\n".join(lines) + "\n"


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Comma separated; a text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*COLUMNS, *CRITERIA], extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        flat = {**row, **row["criteria"]}
        writer.writerow({name: inert(value) for name, value in flat.items() if name != "criteria"})
    return out.getvalue()


def inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps({"items": rows}, ensure_ascii=False, indent=2) + "\n"


FORMS = {"table": table, "csv": as_csv, "json": as_json}
