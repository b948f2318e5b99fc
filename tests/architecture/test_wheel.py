"""The wheel, installed into an environment of its own, works away from the repository and makes papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intake.documents.facts import to_data
from proofs import wheel
from tests.documents import samples

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
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel.build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(built: Path) -> Path:
    """The packages of a fresh environment with the wheel in it; its libraries are those of this one."""
    return wheel.install(built, built.parent / "environment")


def run(installed: Path, folder: Path, *arguments: str, told: str = "") -> str:
    """What the environment's Python prints, away from the repository."""
    done = wheel.call(installed, folder, *arguments, told=told)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_carries_the_whole_package_with_its_pages_and_migrations(built):
    assert wheel.left_out(built) == []


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


PAPER = """
import json, sys
from intake.documents.kinds import make_pdf
sys.stdout.write(make_pdf("receipt", json.load(sys.stdin))[:5].decode())
"""


def test_wheel_makes_a_paper(installed, tmp_path):
    facts = json.dumps(to_data(samples.receipt()))
    assert run(installed, tmp_path, "-c", PAPER, told=facts) == "%PDF-"
