"""Every page and every operation of the API, asked by ten people on both engines: each answers as is written."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from intake.paths import REPOSITORY

LONG = 1
"""Every address; the suite asks every eighth."""
TESTS = "tests/policy/test_addresses.py"


def run(n: int) -> str:
    """Ask every n-th address; raises AssertionError with what the tests said when one answers otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--every-address={n}"]
        ran = subprocess.run(
            [*command, f"--junitxml={report}", TESTS], cwd=REPOSITORY, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout[-5000:] + ran.stderr[-3000:]
        asked = [int(one.attrib["value"]) for one in ElementTree.parse(report).iterfind(".//property[@name='asked']")]
    return f"{sum(asked)} requests of {len(asked)} people before a proposal, every one answered as written down"
