"""The fixtures give what they promise: real engines, fresh databases, a real browser without the outside world."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from intake.db import Database
from intake.models import schema
from tests.postgres import PostgresServer


@pytest.mark.parametrize("turn", (1, 2))
def test_database_is_fresh_on_both_engines(database_url, turn):
    database = Database(database_url)
    with database.writing() as session:
        session.execute(text("CREATE TABLE seen (turn integer)"))
        session.execute(text("INSERT INTO seen VALUES (:turn)"), {"turn": turn})
    with database.reading() as session:
        assert session.execute(text("SELECT turn FROM seen")).scalars().all() == [turn]
    database.dispose()


def test_postgres_copies_a_template(postgres_server: PostgresServer):
    template = postgres_server.create()
    database = Database(template)
    with database.writing() as session:
        session.execute(text("CREATE TABLE kept (id integer)"))
    database.dispose()
    copied = postgres_server.create(template=template.rsplit("/", 1)[1])
    copy = Database(copied)
    with copy.reading() as session:
        assert session.execute(text("SELECT count(*) FROM kept")).scalar_one() == 0
    copy.dispose()
    postgres_server.drop(copied)
    postgres_server.drop(template)


def test_used_postgres_database_comes_back_as_it_was(postgres_server: PostgresServer, postgres_template: str):
    url = postgres_server.lend(postgres_template)
    seen = [used(url), used(url)]
    postgres_server.give_back(url, postgres_template)
    assert postgres_server.lend(postgres_template) == url
    assert used(url) == seen[0] != seen[1]
    postgres_server.give_back(url, postgres_template)


def used(url: str) -> tuple[int, int]:
    """How many days the calendar had before one was taken out, and the number of a new mail."""
    database = Database(url)
    with database.writing() as session:
        days = session.execute(text("SELECT count(*) FROM calendar_day")).scalar_one()
        session.execute(text('DELETE FROM calendar_day WHERE "on" = (SELECT min("on") FROM calendar_day)'))
        number = session.execute(text("SELECT nextval(pg_get_serial_sequence('outbox', 'id'))")).scalar_one()
    database.dispose()
    return days, number


@pytest.mark.parametrize("turn", (1, 2))
def test_upgraded_database_agrees_with_the_models_and_is_fresh(database, turn):
    assert schema.differences(database) == ""
    with database.writing() as session:
        assert session.execute(text("SELECT id FROM scoring_scheme")).scalars().all() == ["kh01-2025/1"]
        assert session.execute(text("SELECT count(*) FROM heartbeat")).scalar_one() == 0
        session.execute(text("INSERT INTO heartbeat VALUES ('here', CURRENT_TIMESTAMP)"))


@pytest.mark.browser
def test_browser_speaks_vietnamese_and_reaches_nobody_outside(page):
    page.set_content("<p>Sáng kiến đột phá</p>")
    assert page.text_content("p") == "Sáng kiến đột phá"
    assert page.evaluate("navigator.language") == "vi-VN"
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://outside.example/")
