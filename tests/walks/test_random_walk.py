"""Short form of the random walk, on both databases."""

from __future__ import annotations

from intake.db import Database
from proofs import walk
from proofs.walkers import Office, people


def test_promises_hold_whatever_people_try(database: Database) -> None:
    with database.writing() as db:
        people(db)
    made = walk.walked(Office(database), walk.SHORT, walk.STEPS_SHORT)
    straight = {"submit", "accept", "conclude_review", "assess", "refer", "approve", "assign", "complete"}
    assert straight <= set(made)
