"""Every right and every move changed one at a time: a test of who may do what, or of the procedure, fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from intake.paths import REPOSITORY

LONG = 0
"""All of them."""
SHORT = 4
TESTS = ("tests/policy/test_table.py", "tests/policy/test_order_of_checks.py", "tests/workflow")
SEED = 41


def run(n: int) -> str:
    """Judge `n` changes drawn by a fixed seed, or all; raises AssertionError naming every change that no test sees."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "proofs.mutation_loop"]
        command += [f"--mutants={n}", f"--mutants-seed={SEED}", f"--mutants-result={result}", *TESTS]
        ran = subprocess.run(command, cwd=REPOSITORY, env=dict(os.environ), capture_output=True, text=True, check=False)
        assert result.exists(), ran.stdout[-3000:] + ran.stderr[-3000:]
        found = json.loads(result.read_text(encoding="utf-8"))
    assert found["survivors"] == [], f"{len(found['survivors'])} of {found['n']} live on: {found['survivors']}"
    return f"killed {found['killed']} of {found['n']}: {found['by_test']} by a test, {found['by_declaration']} refused"
