"""The command line in this process: the real commands on a database of their own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.cli import main, world
from intake.cli.demo import add_account, add_university
from intake.db import Database
from intake.services.demo_accounts import ACCOUNTS


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


@pytest.fixture(scope="module")
def peopled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the accounts of the demonstration and no proposal, made once."""
    copy = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("cli") / "intake.db"))
    database = Database(f"sqlite:///{copy}")
    with database.writing() as db:
        add_university(db)
        for account in ACCOUNTS:
            add_account(db, account, "no password")
    database.dispose()
    return copy


@pytest.fixture
def url(peopled: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(peopled, tmp_path / 'intake.db')}"


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
