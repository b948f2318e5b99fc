"""Every line and every branch of the pure rules is reached by their own tests: workflow, scoring, policy, outline."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from intake.paths import REPOSITORY

LONG = 0
"""All of them."""
TESTS = (
    "tests/workflow",
    "tests/scoring",
    "tests/policy/test_table.py",
    "tests/policy/test_order_of_checks.py",
    "tests/outline",
)
# Drawn values are the same each time: a line that only luck reaches is not tested.
PYTEST = ("pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0")


def run(_: int) -> str:
    """Raises AssertionError naming the lines and branches that are not reached; what counts is in pyproject.toml."""
    with tempfile.TemporaryDirectory() as folder:
        data = f"--data-file={Path(folder) / 'coverage'}"
        ran = coverage("run", data, "-m", *PYTEST, *TESTS)
        assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
        report = coverage("report", data)
        assert report.returncode == 0, report.stdout + report.stderr
    statements, missed, branches, partial, share = report.stdout.partition("TOTAL")[2].split()[:5]
    passed = ran.stdout.strip().splitlines()[-1]
    return f"{share} of {statements} statements and {branches} branches; missed {missed} and {partial}; {passed}"


def coverage(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=dict(os.environ), capture_output=True, text=True, check=False)
