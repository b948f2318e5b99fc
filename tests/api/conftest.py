"""The API of a running application: fresh on each engine, or one that a module of tests shares."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.callers import World, running


@pytest.fixture
def world(peopled_url: str, tmp_path: Path) -> Iterator[World]:
    """A fresh one; the test runs once on each engine."""
    with running(peopled_url, tmp_path) as made:
        yield made


@pytest.fixture
def alone(peopled_sqlite_url: str, tmp_path: Path) -> Iterator[World]:
    """A fresh one on SQLite, for rules that the journey and the services prove on both engines."""
    with running(peopled_sqlite_url, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared(peopled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One for a whole module, for what does not depend on the engine."""
    folder = tmp_path_factory.mktemp("shared")
    with running(f"sqlite:///{shutil.copy(peopled_sqlite, folder / 'intake.db')}", folder) as made:
        yield made
