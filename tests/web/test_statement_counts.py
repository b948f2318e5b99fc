"""Home, register, monitoring and ranking cost as many statements at 10 as at 1,000 proposals, and load no document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select

from intake import clock
from intake.db import Database
from intake.models import Proposal
from tests import factories
from tests.web.conftest import Visitor

PAGES = {"/": None, "/register": None, "/monitoring": "secretary@demo.vn", "/ranking": "chair@demo.vn"}
FEW, MANY = 10, 1_000


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def fill(database: Database, count: int) -> None:
    """As many submitted, consented proposals as `count`, a third of them late, held by three bodies."""
    with database.writing() as db:
        states = ("reception", "ministry_review", "synthesis")
        models = [factories.proposal(db, state, publish_consent=True) for state in states]
        columns = [column.key for column in Proposal.__mapper__.column_attrs if column.key != "id"]
        rows = []
        for number in range(count - len(models)):
            values = {name: getattr(models[number % 3], name) for name in columns}
            values |= {
                "code": f"SK-2026-{number:04d}{count:04d}",
                "due_on": clock.today() + timedelta(days=number % 30 - 10),
                "register_year": 2026,
                "register_number": count * 10 + number,
            }
            rows.append(values)
        db.execute(insert(Proposal), rows)


def looked_at(database: Database, visitor: Visitor, url: str) -> list[str]:
    with statements(database) as seen:
        assert visitor.get(url).status_code == 200
    return seen


def test_pages_take_as_many_statements_at_1000_as_at_10(lasting_app) -> None:
    database: Database = lasting_app.extensions["intake"].database
    visitors = {url: Visitor(lasting_app) for url in PAGES}
    for url, email in PAGES.items():
        if email:
            assert visitors[url].post("/demo", {"email": email}).status_code == 303
    fill(database, FEW)
    few = {url: looked_at(database, visitor, url) for url, visitor in visitors.items()}
    fill(database, MANY - FEW)
    many = {url: looked_at(database, visitor, url) for url, visitor in visitors.items()}
    with database.reading() as db:
        assert len(db.scalars(select(Proposal.id)).all()) == MANY
    assert {url: len(seen) for url, seen in many.items()} == {url: len(seen) for url, seen in few.items()}
    assert max(len(seen) for seen in many.values()) < 25
    loading = [statement for seen in many.values() for statement in seen if "proposal.document," in statement]
    assert loading == []


@pytest.mark.parametrize("after", ["x", "2026-13-01.1", "2026-01-01", "2026-01-01.x", "2026.", ".", "9" * 30, "1.²"])
@pytest.mark.parametrize("url", ["/register", "/monitoring"])
def test_a_wrong_page_mark_is_told_and_never_an_error(lasting_app, url: str, after: str) -> None:
    visitor = Visitor(lasting_app)
    visitor.post("/demo", {"email": "secretary@demo.vn"})
    assert visitor.get(url, query_string={"after": after}).status_code == 422
