"""`intake ranking` in its four formats, on the screen and in files."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from intake.cli import world
from intake.services import standing_rounds
from tests import factories


def ranked() -> str:
    """Two proposals, one title that looks like a formula, and the worker has been there."""
    with world.database().writing() as db:
        for title, level in (("=1+1", 4), ("Kém", 2)):
            made = factories.proposal(db, "synthesis", title=title)
            for number in range(3):
                factories.sheet(db, made, factories.reviewer(db, f"r{number}"), level)
    standing_rounds.turn(world.database())
    return made.code


def test_every_format_says_the_same(intake, tmp_path):
    last = ranked()
    table = intake("ranking").out.splitlines()
    assert table[1].split()[:6] == ["1", "80.0", "3", "0.0", "80.0-80.0", "1-1"]
    assert (len(table), table[-1].startswith("rank intervals of ")) == (4, True)
    items = json.loads(intake("ranking", "--format", "json").out)["items"]
    assert [(row["rank"], row["official"], row["flags"]) for row in items] == [(1, "80.0", []), (2, "40.0", [])]
    rows = list(csv.DictReader(io.StringIO(intake("ranking", "--format", "csv").out)))
    assert [(row["title"], row["rank_from"], row["code"]) for row in rows][1:] == [("Kém", "2", last)]
    assert rows[0]["title"] == "'=1+1"
    target = tmp_path / "ranking.xlsx"
    written = intake("ranking", "--format", "xlsx", "-o", target)
    assert (written.code, written.out) == (0, f"2 proposals written to {target}\n")
    assert zipfile.ZipFile(target).testzip() is None
    assert intake("ranking", "--system", "ht1").out.splitlines()[1:] == []
    assert intake("ranking", "--system", "ht9").code == 2
