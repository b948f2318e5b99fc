"""The audit chain: whole after real work, and every kind of tampering is named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from intake.db import Database
from intake.errors import Forbidden
from intake.policy import Actor, Role
from intake.services import audit
from intake.services.audit import Broken

SOMEBODY = Actor(user_id=None, role=Role.SYSTEM)


@pytest.fixture
def chain(database: Database) -> Database:
    """Five entries in three transactions, with Vietnamese in the data."""
    for count in (1, 3, 1):
        with database.writing() as db:
            for number in range(count):
                audit.record(db, "thing.happened", actor=SOMEBODY, subject=f"thing:{number}", data={"lý do": "đột phá"})
    return database


def verify(database: Database) -> Broken | None:
    with database.reading() as db:
        return audit.verify(db)


def test_an_untouched_chain_is_whole(chain: Database) -> None:
    assert verify(chain) is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            "UPDATE audit_entry SET subject = 'thinG:1' WHERE seq = 3",
            Broken(3, "entry 3 was changed after it was written"),
        ),
        ("UPDATE audit_entry SET role = 'chair' WHERE seq = 1", Broken(1, "entry 1 was changed after it was written")),
        ("DELETE FROM audit_entry WHERE seq = 2", Broken(2, "entry 2 is missing")),
        ("DELETE FROM audit_entry WHERE seq = 5", Broken(5, "entries after 4 were removed")),
        (
            "UPDATE audit_entry SET previous = '00' WHERE seq = 4",
            Broken(4, "entry 4 does not follow entry 3"),
        ),
        ("UPDATE audit_head SET seq = 6", Broken(6, "entries after 5 were removed")),
    ],
)
def test_tampering_is_named(chain: Database, change: str, named: Broken) -> None:
    with chain.engine.begin() as connection:
        connection.execute(text(change))
    assert verify(chain) == named


def test_a_transaction_that_fails_leaves_no_entry(chain: Database) -> None:
    with pytest.raises(Forbidden), chain.writing() as db:
        audit.record(db, "thing.happened", actor=SOMEBODY, subject="thing")
        raise Forbidden()
    with chain.reading() as db:
        assert len(list(audit.rows(db))) == 5
    assert verify(chain) is None


def test_entries_survive_export_and_import(chain: Database) -> None:
    with chain.reading() as db:
        exported = [audit.as_json(row) for row in audit.rows(db)]
    assert audit.first_broken(audit.from_json(entry) for entry in exported) is None
    exported[2]["data"]["lý do"] = "đột  phá"
    assert audit.first_broken(audit.from_json(entry) for entry in exported) == Broken(
        3, "entry 3 was changed after it was written"
    )


def test_concurrent_writers_make_one_chain(database: Database) -> None:
    def write(number: int) -> None:
        database.transact(lambda db: audit.record(db, "thing.happened", actor=SOMEBODY, subject=f"thing:{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with database.reading() as db:
        assert {row["subject"] for row in audit.rows(db)} == {f"thing:{number}" for number in range(40)}
    assert verify(database) is None
