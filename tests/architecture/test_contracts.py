"""Every import contract catches a violation: one is planted for each in a copy of the package, and seen."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from intake.paths import REPOSITORY

CONTRACTS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}
LAYERS = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "layers")

# Contract -> (module to plant, what it imports, how the report says so).
PLANTS = {
    "layers": [
        ("services.planted", "intake.web", "intake.services is not allowed to import intake.web"),
        ("policy.planted", "intake.models", "intake.policy is not allowed to import intake.models"),
        ("workflow.planted", "intake.scoring", "intake.workflow is not allowed to import intake.scoring"),
        ("web.planted", "intake.api", "intake.web is not allowed to import intake.api"),
        ("services.planted", "intake.forms", "intake.services is not allowed to import intake.forms"),
        ("clock.planted", "intake.catalogue", "intake.clock is not allowed to import intake.catalogue"),
        ("utils", "json", "intake.utils"),
    ],
    "channels-without-sql": [
        ("web.planted", "sqlalchemy", "intake.web is not allowed to import sqlalchemy"),
        ("api.planted", "sqlalchemy.orm", "intake.api is not allowed to import sqlalchemy"),
        ("forms.planted", "sqlalchemy", "intake.forms is not allowed to import sqlalchemy"),
    ],
    "no-framework-below": [
        ("services.planted", "flask", "intake.services is not allowed to import flask"),
        ("models.planted", "flask_login", "intake.models is not allowed to import flask_login"),
        ("documents.planted", "werkzeug", "intake.documents is not allowed to import werkzeug"),
        ("mail.planted", "wtforms", "intake.mail is not allowed to import wtforms"),
    ],
    "pure-rules": [
        ("scoring.planted", "sqlalchemy", "intake.scoring is not allowed to import sqlalchemy"),
        ("outline.planted", "intake.db", "intake.outline is not allowed to import intake.db"),
        ("policy.planted", "intake.mail", "intake.policy is not allowed to import intake.mail"),
    ],
    "pdf-in-documents": [("services.planted", "weasyprint", "intake.services is not allowed to import weasyprint")],
    "babel-in-web": [("api.planted", "flask_babel", "intake.api is not allowed to import flask_babel")],
    "queue-behind-jobs": [("web.planted", "dbos", "intake.web is not allowed to import dbos")],
}


def copy_of_the_package(folder: Path) -> None:
    shutil.copytree(
        REPOSITORY / "intake", folder / "intake", ignore=lambda _, names: {n for n in names if n == "__pycache__"}
    )
    shutil.copy(REPOSITORY / "pyproject.toml", folder)


def plant(folder: Path, module: str, imports: str) -> None:
    """Add an import to `module` of the copy; a module that is a file there becomes a folder first."""
    target = folder / "intake" / (module.replace(".", "/") + ".py")
    as_file = target.parent.with_suffix(".py")
    if as_file.is_file():
        target.parent.mkdir()
        as_file.rename(target.parent / "__init__.py")
    with target.open("a") as file:
        file.write(f"import {imports}\n")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `lint-imports` says about the copy, not about the installed package."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "400", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report on a copy with all the violations in it."""
    folder = tmp_path_factory.mktemp("planted")
    copy_of_the_package(folder)
    for plants in PLANTS.values():
        for module, imports, _ in plants:
            plant(folder, module, imports)
    done = lint(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def part_of(report: str, contract: str) -> str:
    """The section of the report about one broken contract."""
    heading = re.escape(NAMES[contract])
    ends = "|".join(rf"\n{re.escape(name)}\n-+\n" for name in NAMES.values())
    found = re.search(rf"\n{heading}\n-+\n(.*?)(?={ends}|\Z)", report, re.DOTALL)
    assert found, f"{contract} is not reported as broken:\n{report}"
    return found[1]


def test_every_contract_has_a_violation_to_catch():
    assert list(PLANTS) == list(NAMES)


@pytest.mark.parametrize(
    ("contract", "sentence"),
    [(contract, sentence) for contract, plants in PLANTS.items() for _, _, sentence in plants],
)
def test_contract_catches_a_planted_violation(report, contract, sentence):
    assert sentence in part_of(report, contract)


def test_package_keeps_every_contract(tmp_path):
    copy_of_the_package(tmp_path)
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(NAMES)} kept, 0 broken" in done.stdout
