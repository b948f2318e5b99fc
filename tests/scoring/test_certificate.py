"""A certificate recomputes to the same digits, here and with a script of its own, and shows tampering."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from intake.canonical import sha256_of
from intake.paths import REPOSITORY
from intake.scoring.certificate import issue, replay, sha256
from intake.scoring.schemes import KH01_2025
from tests.scoring.test_totals import FIRST, SECOND, THIRD
from tests.scoring.worlds import sheet_lists

SCRIPT = REPOSITORY / "scripts" / "replay_certificate.py"


def certificate() -> dict[str, Any]:
    return issue(KH01_2025, [THIRD, SECOND, FIRST], proposal="SK-2026-0123ABCD", version=2)


def replay_alone(folder: Path, content: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Run the independent script, isolated from our packages."""
    file = folder / "certificate.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return subprocess.run([sys.executable, "-I", "-S", SCRIPT, file], capture_output=True, text=True, check=False)


def test_certificate_holds_every_intermediate_number():
    made = certificate()
    assert made["numbers"] == {
        "sheets": [
            {
                "key": "a",
                "weighted_sum": 390,
                "answered_weight": 90,
                "total": "260/3",
                "coverage": "9/10",
                "is_valid": True,
            },
            {"key": "b", "weighted_sum": 400, "answered_weight": 100, "total": "80", "coverage": "1", "is_valid": True},
            {"key": "c", "weighted_sum": 380, "answered_weight": 100, "total": "76", "coverage": "1", "is_valid": True},
        ],
        "criteria": [
            {"id": id, "n": n, "sum": total, "mean": mean, "lowest": low, "highest": high, "is_below_floor": False}
            for id, n, total, mean, low, high in (
                ("strategic_fit", 3, 14, "14/3", 4, 5),
                ("breakthrough", 3, 11, "11/3", 3, 4),
                ("impact", 3, 12, "4", 4, 4),
                ("feasibility", 3, 12, "4", 4, 4),
                ("urgency", 3, 13, "13/3", 4, 5),
                ("social_resources", 2, 6, "3", 2, 4),
            )
        ],
        "n": 3,
        "mean": "728/9",
        "official": 80_888_888_889,
        "variance": "784/27",
        "sd": 5_388_602_512,
        "lowest": "76",
        "highest": "260/3",
        "range": "32/3",
        "has_enough_sheets": True,
        "is_below_floor": False,
        "band": "recommended",
    }


def test_certificate_replays_after_a_round_trip_through_json():
    made = certificate()
    again = json.loads(json.dumps(made))
    assert again == made
    assert replay(again)
    assert sha256(again) == sha256(made)


def test_certificate_does_not_depend_on_the_order_of_sheets():
    assert certificate() == issue(KH01_2025, [FIRST, SECOND, THIRD], proposal="SK-2026-0123ABCD", version=2)


@given(sheet_lists())
def test_every_certificate_replays(sheets):
    assert replay(issue(KH01_2025, sheets, proposal="SK-2026-0123ABCD", version=1))


@pytest.mark.parametrize(
    "path",
    [
        ("numbers", "official"),
        ("numbers", "sd"),
        ("numbers", "n"),
        ("inputs", "version"),
        ("inputs", "scheme", "criteria", 0, "weight"),
        ("inputs", "sheets", 0, "scores", "urgency"),
    ],
    ids=str,
)
def test_changed_number_no_longer_replays(path, tmp_path):
    changed = copy.deepcopy(certificate())
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] -= 1
    assert not replay(changed)
    assert replay_alone(tmp_path, changed).returncode == 1


@pytest.mark.parametrize("broken", [{}, {"inputs": None}, {"inputs": {"sheets": [{}]}}])
def test_malformed_certificate_does_not_replay(broken):
    assert replay(broken) is False


def test_script_that_imports_nothing_of_ours_gives_the_same_digits(tmp_path):
    made = certificate()
    done = replay_alone(tmp_path, made)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [made["inputs_sha256"], "3", "80888888889", "5388602512", "same"]


def test_script_is_short_and_imports_nothing_of_ours():
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    imported = [line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))]
    assert imported == ["hashlib", "json", "sys", "fractions", "math"]


def test_certificate_of_a_scheme_without_doubts_still_replays():
    older = copy.deepcopy(certificate())
    del older["inputs"]["scheme"]["doubts"]
    older["inputs_sha256"] = sha256_of(older["inputs"])
    assert replay(older)


def test_script_reads_a_certificate_without_any_valid_sheet(tmp_path):
    done = replay_alone(tmp_path, issue(KH01_2025, [], proposal="SK-2026-0123ABCD", version=1))
    assert (done.returncode, done.stdout.split()[1:]) == (0, ["0", "None", "None", "same"])
