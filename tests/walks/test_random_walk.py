"""Short form of the random walk, on both databases."""

from __future__ import annotations

from intake.db import Database
from proofs import walk
from proofs.walkers import Office, people


def test_promises_hold_whatever_people_try(migrated_url: str) -> None:
    database = Database(migrated_url)  # of its own: the walk watches what its engine writes for as long as it lives
    with database.writing() as db:
        people(db)
    office = Office(database)
    made, straight = walk.walked(office, walk.SHORT, walk.STEPS_SHORT), walk.straight(office)
    database.dispose()
    assert made.total() > 0
    way = ("submit", "accept", "conclude_review", "assess", "refer", "approve", "assign", "complete")
    assert straight == dict.fromkeys(way, 1)
