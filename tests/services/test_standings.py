"""Standings: computed by the worker, stored, stale as soon as an input changes, and silent about what is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.errors import Forbidden
from intake.policy import Role
from intake.scoring.standings import StandingRow
from intake.scoring.turning_points import BandStep
from intake.services import audit, standing_rounds, standing_rows, standings, syntheses
from tests import factories

NANO = 10**9


def scored(db, *totals, state="synthesis", **changes):
    """A proposal with one sheet per score, all six criteria alike; what the services would note is noted."""
    proposal = factories.proposal(db, state, **changes)
    for number, score in enumerate(totals):
        factories.sheet(db, proposal, factories.reviewer(db, f"reviewer{number}"), score)
    happened(db, proposal)
    return proposal


def happened(db, proposal):
    audit.record(db, "test.happened", actor=factories.secretary(db), subject=proposal.code, proposal_id=proposal.id)


def read(database, system=None, **changes):
    with database.reading() as db:
        return standings.standing(db, system, **changes)


def test_the_worker_computes_what_pages_read_and_only_when_something_changed(database):
    with database.writing() as db:
        best, middle, low, none = (scored(db, *totals) for totals in ((5, 5, 5), (4, 4, 4), (2, 2, 5), ()))
    before = read(database)
    assert (before.computed_at, before.rows, before.is_stale) == (None, {}, True)
    assert [standing_rounds.turn(database) for _ in range(2)] == [2, 0]  # everything, and the one system
    now = read(database)
    assert now.computed_at is not None and not now.is_stale
    assert {code: (row.rank, row.interval, row.adjusted, row.adjusted_rank) for code, row in now.rows.items()} == {
        best.code: (1, (1, 1), 100 * NANO, 1),
        middle.code: (2, (2, 2), 80 * NANO, 2),
        low.code: (3, (3, 3), 60 * NANO, 3),
        none.code: (None, None, None, None),
    }
    assert [flag.id for flag in now.rows[low.code].flags] == ["total_range", "criterion_range", "one_sheet_decides"]
    assert now.rows[middle.code].turning.up is None
    assert now.rows[low.code].turning.up == BandStep("to_discuss", 5 * NANO)
    assert read(database, "ht3").rows == now.rows
    assert read(database, "ht5") == standings.Standing(None, None, is_stale=False, rows={})


def test_every_change_of_an_input_makes_it_stale_until_the_next_round(database):
    with database.writing() as db:
        first, second = scored(db, 5, 5, 5), scored(db, 4, 4, 4, state="committee")
        syntheses.freeze(db, second, actor=factories.secretary(db))
    standing_rounds.turn(database)

    def added(db):
        factories.sheet(db, first, factories.reviewer(db, "late"), 1)

    def conflicted(db):
        factories.declaration(db, first, factories.reviewer(db, "late"), kind="family")

    def entered(db):
        scored(db, 3, 3, 3, state="deferred")

    def left(db):
        db.merge(second).state = "approved"

    ranks = []
    for change in (added, conflicted, entered, left):
        assert not read(database).is_stale
        with database.writing() as db:
            change(db)
            happened(db, first)
        stale = read(database)
        assert stale.is_stale, change.__name__
        assert standing_rounds.turn(database) == 2
        ranks.append({code: row.rank for code, row in read(database).rows.items()})
    assert [len(found) for found in ranks] == [2, 2, 3, 2]
    assert [found[first.code] for found in ranks] == [1, 1, 1, 1]


def test_places_say_nothing_about_what_is_hidden(database):
    with database.writing() as db:
        hidden, seen = scored(db, 5, 5, 5), scored(db, 4, 4, 4)
        chair = factories.acting(db, "chair", Role.COMMITTEE_CHAIR, "tt_bcdtw")
        engineer = factories.engineer(db)
        factories.declaration(db, hidden, chair, kind="family")
    standing_rounds.turn(database)
    whole = read(database).rows
    assert (whole[seen.code].rank, whole[seen.code].interval) == (2, (2, 2))
    theirs = read(database, actor=chair)
    assert not theirs.is_stale
    assert theirs.rows.keys() == {seen.code}
    assert (theirs.rows[seen.code].rank, theirs.rows[seen.code].interval) == (1, (1, 1))
    assert theirs.rows[seen.code].turning.swaps == ()
    with database.reading() as db, pytest.raises(Forbidden):
        standings.standing(db, actor=engineer)


def test_a_set_too_large_is_looked_at_by_system(database, monkeypatch):
    with database.writing() as db:
        for system in ("ht1", "ht1", "ht2"):
            scored(db, 4, 4, 4, primary_system=system)
    monkeypatch.setattr(standings, "MOST_PROPOSALS", 2)
    assert standing_rounds.turn(database) == 2
    assert read(database) == standings.Standing(None, None, is_stale=False, rows={}, is_too_large=True)
    assert [len(read(database, system).rows) for system in ("ht1", "ht2")] == [2, 1]


def test_a_row_survives_the_database(database):
    with database.writing() as db:
        scored(db, 5, 4, 4)
        scored(db, 4, 5, 4)
    standing_rounds.turn(database)
    with database.reading() as db:
        [one, *_] = standing_rounds.all_sets(db)
        computed = standing_rounds.computed_rows(db, one)
    rows = {code: standing_rows.from_data(data) for code, data in computed.items()}
    assert rows == read(database).rows
    assert all(isinstance(row, StandingRow) and row.is_shared and row.turning.swaps for row in rows.values())
    assert rows != {code: replace(row, adjusted=0) for code, row in rows.items()}
