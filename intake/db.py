"""One database behind one URL: a session for reading, a session for writing, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import DateTime, Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, Dialect, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")
BUSY_TIMEOUT_MS = 30_000
SERIALIZATION_FAILURES = {"40001", "40P01"}
ATTEMPTS = 5
READ_ONLY = "intake_read_only"
SECRET = "intake_secret"


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values on the way in and is UTC-aware on the way out (SQLite drops zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sqlalchemy_url(url: str) -> URL:
    """`url` with the driver we use: psycopg 3 for PostgreSQL."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed


class Database:
    """Reads never take a write lock, writes never start as reads: a session is never upgraded."""

    def __init__(self, url: str, *, echo: bool = False, secret: str = "") -> None:
        """`secret` seals what must not be readable in the database itself; every node needs the same one."""
        self.url = url
        parsed = sqlalchemy_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {"echo": echo}
        if self.is_sqlite:
            options["connect_args"] = {"timeout": BUSY_TIMEOUT_MS / 1000}
        else:
            options |= {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
        self.engine = create_engine(parsed, **options)
        if self.is_sqlite:
            prepare_sqlite(self.engine)
        reader = self.engine.execution_options(**{READ_ONLY: True, "postgresql_readonly": True})
        kept = {SECRET: secret.encode()}
        self.read = sessionmaker(reader, expire_on_commit=False, autoflush=False, info=kept)
        self.write = sessionmaker(self.engine, expire_on_commit=False, info=kept)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that can only read."""
        with self.read() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one instant for as long as it is open, and holds up no writer."""
        repeatable = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        options = {READ_ONLY: True} if self.is_sqlite else repeatable
        with self.engine.connect() as connection:
            connection.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits once, on success only."""
        with self.write() as session, session.begin():
            yield session

    def transact(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one write transaction; on PostgreSQL, repeat it whole when the database asks for that."""
        for attempt in range(ATTEMPTS):
            try:
                with self.writing() as session:
                    return work(session)
            except DBAPIError as error:
                if attempt == ATTEMPTS - 1 or not is_serialization_failure(error):
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))
        raise AssertionError("unreachable")

    def dispose(self) -> None:
        self.engine.dispose()


def secret_of(session: Session) -> bytes:
    """The secret of the installation, which is kept outside the database."""
    return session.info[SECRET]


def is_serialization_failure(error: DBAPIError) -> bool:
    """Whether the database says: nothing is wrong, run the same transaction again."""
    return getattr(error.orig, "sqlstate", None) in SERIALIZATION_FAILURES


def prepare_sqlite(engine: Engine) -> None:
    """Settings and transaction starts that make SQLite safe for several processes (measured: no lost update)."""

    @event.listens_for(engine, "connect")
    def settings(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
