"""The two locks are complete, hashed, agree with each other and name no address."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from intake.paths import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"
ASKED = {
    RUN: PROJECT["dependencies"],
    DEVELOP: [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]],
}


def pins(name: str) -> dict[str, set[str]]:
    """Package -> locked versions (more than one when platforms differ)."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", (REPOSITORY / name).read_text(), re.M
    ):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


@pytest.mark.parametrize("name", ASKED)
def test_lock_satisfies_what_the_project_asks_for(name):
    locked = pins(name)
    unmet = [
        asked
        for asked in map(Requirement, ASKED[name])
        if not any(asked.specifier.contains(v, prereleases=True) for v in locked.get(canonicalize_name(asked.name), ()))
    ]
    assert unmet == []


@pytest.mark.parametrize("name", ASKED)
def test_every_locked_version_has_hashes(name):
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (REPOSITORY / name).read_text())[1:]
    assert len(blocks) == sum(len(versions) for versions in pins(name).values())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ASKED)
def test_lock_names_no_address(name):
    assert re.findall(r".*://.*", (REPOSITORY / name).read_text()) == []


def test_tests_run_on_the_versions_of_the_product():
    product, tools = pins(RUN), pins(DEVELOP)
    assert {name: versions for name, versions in product.items() if tools.get(name) != versions} == {}
