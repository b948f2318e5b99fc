"""The demonstration's scores: every frozen one replays alone to the same digits, and is what the raw rows come to."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from intake.paths import REPOSITORY
from intake.scoring.certificate import sha256
from tests.browser.world import World

SCRIPT = REPOSITORY / "scripts" / "replay_certificate.py"
WEIGHTS = {
    "strategic_fit": 20,
    "breakthrough": 20,
    "impact": 20,
    "feasibility": 20,
    "urgency": 10,
    "social_resources": 10,
}
SHEETS = """
SELECT s.proposal_id, s.id, c.criterion, c.score FROM score_sheet s JOIN score c ON c.sheet_id = s.id
JOIN proposal p ON p.id = s.proposal_id
WHERE s.submitted_at IS NOT NULL AND c.version = p.current_version AND c.score IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM declaration d
    WHERE d.proposal_id = s.proposal_id AND d.user_id = s.user_id AND d.is_conflicted AND d.ended_at IS NULL
)
"""


def rows(world: World, query: str) -> list[Any]:
    path = world.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def files(shown_world: World, tmp_path: Path) -> list[Path]:
    """The certificate of every decided proposal, and of those that wait for the decision, as files."""
    found = []
    for number, (content, digest) in enumerate(rows(shown_world, "SELECT content, sha256 FROM certificate")):
        assert sha256(json.loads(content)) == digest
        found.append(tmp_path / f"{number}.json")
        found[-1].write_text(content, encoding="utf-8")
    return found


def replay(files: Sequence[Path]) -> subprocess.CompletedProcess[str]:
    """Run the script over all the files at once, isolated from our packages."""
    return subprocess.run([sys.executable, "-I", "-S", SCRIPT, *files], capture_output=True, text=True, check=False)


def test_every_certificate_of_the_demonstration_replays_alone(shown_world, files):
    undecided = "SELECT count(*) FROM decision d WHERE d.proposal_id NOT IN (SELECT proposal_id FROM certificate)"
    assert rows(shown_world, undecided) == [(0,)]
    done = replay(files)
    stated = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    expected = [
        f"{one['inputs_sha256']} {one['numbers']['n']} {one['numbers']['official']} {one['numbers']['sd']} same"
        for one in stated
    ]
    assert len(expected) >= 5
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, expected, "")


def test_one_digit_changed_anywhere_is_found(files, tmp_path):
    text = files[0].read_text(encoding="utf-8")
    numbers = text.index('"numbers"')
    changed = []
    for number, digit in enumerate(re.finditer(r"(?<=[:\s\"/])\d(?=[\d/,\"}])", text[numbers:])):
        place = numbers + digit.start()
        changed.append(tmp_path / f"changed{number}.json")
        changed[-1].write_text(f"{text[:place]}{9 - int(text[place])}{text[place + 1 :]}", encoding="utf-8")
    done = replay(changed)
    verdicts = [line.rsplit(" ", 1)[1] for line in done.stdout.splitlines()]
    assert len(changed) > 40
    assert (done.returncode, verdicts) == (1, ["DIFFERENT"] * len(changed))


def test_stored_totals_are_what_the_raw_rows_come_to(shown_world):
    sheets: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for proposal, sheet, criterion, score in rows(shown_world, SHEETS):
        sheets[proposal][sheet][criterion] = score
    stored = rows(shown_world, "SELECT proposal_id, n, official FROM certificate")
    assert len(stored) >= 5
    for proposal, n, official in stored:
        totals = [
            Fraction(20 * sum(WEIGHTS[id] * level for id, level in given.items()), sum(WEIGHTS[id] for id in given))
            for given in sheets[proposal].values()
            if sum(WEIGHTS[id] for id in given) >= 80
        ]
        mean = sum(totals) / len(totals)
        assert (n, official) == (len(totals), (2 * mean * 10**9 + 1) // 2)
