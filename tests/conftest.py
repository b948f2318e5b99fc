"""Fixtures that every test may use: databases on both engines, and the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intake.cli.demo import add_account, add_university
from intake.db import Database
from intake.services import accounts, seeding
from intake.services.demo_accounts import ACCOUNTS
from tests.databases import opened
from tests.postgres import PostgresServer

ENGINES = ("sqlite", "postgres")
PASSWORD = "mật khẩu của buổi thử"
# Debian's chromium without the windows, menus and bars around a page, which cost as much as the pages do.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium-headless-shell"
CHROMIUM_OPTIONS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages must be complete without the outside world.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-address", type=int, default=8, help="each person asks every n-th address")


def pytest_configure() -> None:
    """A developer's own settings must not reach the tests."""
    for name in [name for name in os.environ if name.startswith("INTAKE_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One throw-away PostgreSQL for this test process, started at its first use."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh SQLite database in a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'intake.db'}"


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database; the test runs once on each engine."""
    return request.getfixturevalue(f"{request.param}_url")


def upgraded(url: str) -> str:
    """The same URL, after what `intake db upgrade` does."""
    database = Database(url)
    seeding.upgrade(database)
    database.dispose()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite file, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("template") / "intake.db"
    upgraded(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of an upgraded PostgreSQL database, made once; tests work on copies."""
    return postgres_server.kept(upgraded(postgres_server.create()))


@pytest.fixture
def migrated_sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database as `intake db upgrade` leaves it."""
    copy = shutil.copy(sqlite_template, tmp_path / "intake.db")
    return f"sqlite:///{copy}"


@pytest.fixture
def migrated_postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A fresh PostgreSQL database as `intake db upgrade` leaves it."""
    url = postgres_server.lend(postgres_template)
    yield url
    postgres_server.give_back(url, postgres_template)


@pytest.fixture(params=ENGINES)
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A fresh database as `intake db upgrade` leaves it; the test runs once on each engine."""
    return request.getfixturevalue(f"migrated_{request.param}_url")


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    """A fresh, upgraded database on each engine, open."""
    with opened(migrated_url) as database:
        yield database


@pytest.fixture
def sqlite_database(migrated_sqlite_url: str) -> Iterator[Database]:
    """The same on SQLite alone, for what costs much and does not depend on the engine."""
    with opened(migrated_sqlite_url) as database:
        yield database


def people(url: str, hashed: str) -> None:
    """Make the accounts of the demonstration, without its proposals; `hashed` is the password of them all."""
    database = Database(url)
    with database.writing() as db:
        add_university(db)
        for account in ACCOUNTS:
            add_account(db, account, hashed)
    database.dispose()


@pytest.fixture(scope="session")
def password_hash() -> str:
    return accounts.password_hash(PASSWORD)


@pytest.fixture(scope="session")
def peopled_sqlite(sqlite_template: Path, password_hash: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite file with the demonstration's people, made once; tests work on copies."""
    copy = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("peopled") / "intake.db"))
    people(f"sqlite:///{copy}", password_hash)
    return copy


@pytest.fixture(scope="session")
def peopled_postgres(postgres_server: PostgresServer, postgres_template: str, password_hash: str) -> str:
    """The same as a template of PostgreSQL."""
    url = postgres_server.create(template=postgres_template)
    people(url, password_hash)
    return postgres_server.kept(url)


@pytest.fixture
def peopled_sqlite_url(peopled_sqlite: Path, tmp_path: Path) -> str:
    """A fresh SQLite database with the demonstration's people, who all have `PASSWORD`."""
    return f"sqlite:///{shutil.copy(peopled_sqlite, tmp_path / 'intake.db')}"


@pytest.fixture
def peopled_postgres_url(postgres_server: PostgresServer, peopled_postgres: str) -> Iterator[str]:
    """The same on PostgreSQL."""
    url = postgres_server.lend(peopled_postgres)
    yield url
    postgres_server.give_back(url, peopled_postgres)


@pytest.fixture(params=ENGINES)
def peopled_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with the demonstration's people; the test runs once on each engine."""
    return request.getfixturevalue(f"peopled_{request.param}_url")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's chromium instead of a download."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_OPTIONS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor in Viet Nam at a desk."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 800},
    }
