"""The command line in this process: the real commands on a database of their own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.cli import main, world


@dataclass(frozen=True)
class Result:
    """What a command answered."""

    code: int
    out: str
    err: str


Command = Callable[..., Result]


def start(monkeypatch: pytest.MonkeyPatch, url: str, folder: Path) -> None:
    """Settings of the environment, and what the commands keep of earlier ones forgotten."""
    monkeypatch.setenv("INTAKE_DATABASE_URL", url)
    monkeypatch.setenv("INTAKE_DATA_DIR", str(folder))
    world.settings.cache_clear()
    world.database.cache_clear()


@pytest.fixture
def url(peopled_sqlite_url: str) -> str:
    return peopled_sqlite_url


@pytest.fixture
def intake(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, tmp_path: Path
) -> Iterator[Command]:
    """`intake("proposal", "validate", file)` runs the command and gives its exit code and what it printed."""
    start(monkeypatch, url, tmp_path / "data")

    def run(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["intake", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    yield run
    if world.database.cache_info().currsize:
        world.database().dispose()
    world.settings.cache_clear()
    world.database.cache_clear()
