"""A long desk costs the database as many statements as a short one."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from tests.web.desk_world import LEAD, SECRETARY, receive, route


def statements(database, visitor):
    """How many statements one look at the desk takes."""
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        assert visitor.get("/queue").status_code == 200
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
    return len(seen)


@pytest.mark.parametrize("email", [SECRETARY, LEAD])
def test_desk_of_50_takes_as_many_statements_as_one_of_5(database, sign_in, email):
    def add(count):
        with database.writing() as db:
            for _ in range(count):
                receive(db) if email == SECRETARY else route(db, email)

    visitor = sign_in(email)
    add(5)
    few = statements(database, visitor)
    add(45)
    assert visitor.get("/queue").text.count("govuk-link main") == 50
    assert statements(database, visitor) == few
