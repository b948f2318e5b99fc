"""Databases for tests. A new engine compiles every statement anew, so engines are kept and sent on to other files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from intake.db import Database, sqlalchemy_url
from tests.postgres import POOL

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
        if not self.is_sqlite:
            options["application_name"] = POOL

    def move(self, url: str) -> None:
        if url != self.url:
            self.dispose()
        self.url = url

    def rest(self) -> None:
        """Nobody uses it now. A file may go away; connections to a server wait for the next who comes there."""
        if self.is_sqlite:
            self.dispose()


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at `url`, which may be dropped afterwards."""
    idle = IDLE[sqlalchemy_url(url).get_backend_name()]
    # The one that is there already, else the one that has rested longest.
    database = next((one for one in idle if one.url == url), idle[0] if idle else MovingDatabase(url))
    if database in idle:
        idle.remove(database)
    database.move(url)
    try:
        yield database
    finally:
        database.rest()
        idle.append(database)
