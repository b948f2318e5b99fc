"""Databases for tests. A new engine compiles every statement anew, so engines are kept and sent on to other files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from intake.db import Database, sqlalchemy_url

IDLE: dict[str, list[MovingDatabase]] = defaultdict(list)


class MovingDatabase(Database):
    """One engine; connects to the database that it was last sent to."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        event.listen(self.engine, "do_connect", self.connect_there)

    def connect_there(self, dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        there, named = dialect.create_connect_args(sqlalchemy_url(self.url))
        arguments[:] = there
        options |= named

    def move(self, url: str) -> None:
        self.dispose()
        self.url = url


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at `url`, which may be dropped afterwards."""
    kind = sqlalchemy_url(url).get_backend_name()
    database = IDLE[kind].pop() if IDLE[kind] else MovingDatabase(url)
    database.move(url)
    try:
        yield database
    finally:
        database.dispose()
        IDLE[kind].append(database)
