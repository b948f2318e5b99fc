"""The built wheel works away from the repository: it carries templates, migrations and compiled messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from intake.paths import REPOSITORY

pytestmark = pytest.mark.slow

PROBE = """
import json
from intake import i18n, paths
print(json.dumps({
    "folders": [str(paths.PACKAGE), str(paths.TEMPLATES), str(paths.MIGRATIONS), str(paths.STATIC)],
    "exist": [folder.is_dir() for folder in (paths.TEMPLATES, paths.MIGRATIONS / "versions", paths.STATIC)],
    "languages": [i18n.catalogue(language).info().get("language") for language in i18n.LANGUAGES],
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked, as an installer leaves it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    site = folder / "site"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    return site


def run(installed: Path, folder: Path, *arguments: str) -> str:
    """What Python prints, away from the repository, with the installed package first on its path."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "INTAKE_DATA_DIR": str(folder / "data")}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_finds_its_own_folders_and_messages(installed, tmp_path):
    package = installed / "intake"
    assert json.loads(run(installed, tmp_path, "-c", PROBE)) == {
        "folders": [
            str(package),
            str(package / "_bundled" / "templates"),
            str(package / "_bundled" / "migrations"),
            str(package / "web" / "static"),
        ],
        "exist": [True, True, True],
        "languages": ["vi", "en"],
    }


def test_wheel_makes_a_database(installed, tmp_path):
    assert run(installed, tmp_path, "-m", "intake", "db", "upgrade") == "The database is up to date.\n"
    assert run(installed, tmp_path, "-m", "intake", "db", "check") == "The tables agree with the models.\n"
