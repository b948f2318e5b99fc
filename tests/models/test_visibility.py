"""The policy table says the same in Python and in SQL, on random worlds."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import select

from intake.db import Database
from intake.models import Proposal
from intake.models.visibility import RELATIONS as SQL_RELATIONS
from intake.models.visibility import visible
from intake.policy import ACTIONS, Relation, Role, allows
from intake.services.subjects import subject_of
from tests.models.worlds import RELATIONS, random_actor, random_world, subject_in, write

WORLDS = range(2)


def test_every_relation_is_compiled() -> None:
    assert set(SQL_RELATIONS) == set(Relation)


@pytest.mark.parametrize("seed", WORLDS)
def test_allows_and_visible_agree(database: Database, seed: int) -> None:
    random = Random(seed)
    world = random_world(random)
    with database.writing() as db:
        write(db, world)
    with database.reading() as db:
        for role in Role:
            actor = random_actor(random, role)
            subjects = {p["id"]: subject_in(world, p, actor) for p in world.proposals}
            columns = [visible(actor, action).label(action) for action in ACTIONS]
            in_sql = {row.id: row._mapping for row in db.execute(select(Proposal.id, *columns))}
            for action in ACTIONS:
                from_table = {number for number, subject in subjects.items() if allows(actor, action, subject)}
                assert {number for number, row in in_sql.items() if row[action]} == from_table, (actor, action)


@pytest.mark.parametrize("seed", WORLDS)
def test_a_subject_has_the_relations_of_the_world(database: Database, seed: int) -> None:
    random = Random(100 + seed)
    world = random_world(random)
    with database.writing() as db:
        write(db, world)
    with database.reading() as db:
        for role in Role:
            actor = random_actor(random, role)
            for proposal in db.scalars(select(Proposal).order_by(Proposal.id)):
                assert subject_of(db, proposal, actor=actor) == subject_in(
                    world, world.proposals[proposal.id - 1], actor
                )


def test_the_worlds_contain_every_relation() -> None:
    """A relation that never holds would make the agreement above say nothing."""
    seen: set[Relation] = set()
    for seed in WORLDS:
        random = Random(seed)
        world = random_world(random)
        for role in Role:
            actor = random_actor(random, role)
            seen |= {r for p in world.proposals for r, holds in RELATIONS.items() if holds(world, p, actor)}
    assert seen == set(Relation)
