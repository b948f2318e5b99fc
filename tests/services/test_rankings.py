"""The ranking: what stands in it, in which order, with which numbers, for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake import clock
from intake.errors import Forbidden
from intake.policy import Role
from intake.scoring.ranking import Place
from intake.services import rankings, sessions, standing_rounds, syntheses
from tests import factories
from tests.services import sittings
from tests.services.statements import counted


def scored(db, *totals, state="synthesis", **changes):
    """A proposal with one sheet per score, all six criteria alike."""
    proposal = factories.proposal(db, state, **changes)
    for number, score in enumerate(totals):
        factories.sheet(db, proposal, factories.reviewer(db, f"reviewer{number}"), score)
    return proposal


def codes(db, actor=None, **changes):
    return [row.code for row in rankings.ranking(db, actor=actor or factories.secretary(db), **changes)]


def test_best_official_score_first_unscored_last(database):
    with database.writing() as db:
        low, high, none = scored(db, 2, 2, 2), scored(db, 5, 5, 4), scored(db)
        middle = scored(db, 3, 3, 3, state="deferred")
        assert codes(db) == [high.code, middle.code, low.code, none.code]


def test_only_stages_of_the_ranking_and_one_system_if_asked(database):
    with database.writing() as db:
        for state in ("draft", "reception", "ministry_review", "engineer_assessment", "approved", "rejected"):
            scored(db, 5, state=state)
        here = scored(db, 3, state="committee")
        there = scored(db, 4, state="synthesis", primary_system="ht5")
        assert codes(db) == [there.code, here.code]
        assert codes(db, system="ht3") == [here.code]


def test_a_row_carries_the_numbers_behind_the_score(database):
    with database.writing() as db:
        scored(db, 5, 4, 2)
        [row] = rankings.ranking(db, actor=factories.secretary(db))
        nano = 10**9
        assert (row.official, row.n, row.low, row.high, row.range) == (
            73_333_333_333,
            3,
            40 * nano,
            100 * nano,
            60 * nano,
        )
        assert row.sd == 30_550_504_633
        assert set(row.criteria.values()) == {3_666_666_667}
        assert (row.band and row.band.id, row.tally.has_enough_sheets, row.tally.is_below_floor) == (
            "to_discuss",
            True,
            False,
        )
        assert (row.place, row.sha256) == (Place(1, is_shared=False), None)
        assert (row.interval, row.adjusted, row.adjusted_rank, row.panel, row.flags) == (None,) * 5


def test_ties_break_by_the_declared_chain(database):
    with database.writing() as db:
        now = clock.now()
        later = scored(db, 4, submitted_at=now)
        earlier = scored(db, 4, submitted_at=now - timedelta(days=1))
        fit = factories.proposal(db, "synthesis", submitted_at=now)
        factories.sheet(db, fit, factories.reviewer(db), 5, 3, 4, 4, 4, 4)
        assert codes(db) == [fit.code, earlier.code, later.code]


def test_equal_as_shown_is_equal_in_rank(database):
    with database.writing() as db:
        ranks = {}
        for scores in ((4, 4, 4), (4, 4, 4, 4), (5, 5), (3,)):
            ranks[scored(db, *scores).code] = scores
        found = [(ranks[row.code], row.place) for row in rankings.ranking(db, actor=factories.secretary(db))]
    assert {place for scores, place in found if scores[0] == 4} == {Place(2, is_shared=True)}
    assert [place for scores, place in found if scores[0] != 4] == [Place(1, False), Place(4, False)]


def test_what_the_worker_computed_stands_beside_until_inputs_change(database):
    with database.writing() as db:
        high, low = scored(db, 5, 4), scored(db, 2, 3, 1)
        secretary = factories.secretary(db)
    assert standing_rounds.turn(database) > 0
    with database.reading() as db:
        board = rankings.board(db, actor=secretary)
        assert [(row.code, row.interval) for row in board.rows] == [(high.code, (1, 1)), (low.code, (2, 2))]
        assert [[flag.id for flag in row.flags or ()] for row in board.rows] == [
            ["few_sheets"],
            ["total_range", "one_sheet_decides"],
        ]
        assert (board.is_stale, board.computed_at is not None, board.panels) == (False, True, 1)
    with database.writing() as db:
        factories.sheet(db, db.merge(low), factories.reviewer(db, "late"), 5)
    with database.reading() as db:
        board = rankings.board(db, actor=secretary)
        assert (board.is_stale, [row.n for row in board.rows], board.rows[1].interval) == (True, [2, 4], (2, 2))


def test_an_agenda_has_ranks_and_intervals_of_its_own(database):
    with database.writing() as db:
        outside, high, low = (scored(db, *scores, state="committee") for scores in ((5, 5, 5), (4, 4, 4), (2, 2, 2)))
        secretary, chair = factories.secretary(db), factories.acting(db, "chair", Role.COMMITTEE_CHAIR, "tt_bcdtw")
        called = {"body": "tt_bcdtw", "starts_at": sittings.STARTS_AT, "place": sittings.PLACE}
        number = sessions.create(db, **called, items=[low.code, high.code], actor=secretary).id
        factories.declaration(db, high, chair, kind="family")
        codes = [outside.code, high.code, low.code]
    standing_rounds.turn(database)
    with database.reading() as db:
        session = sessions.get(db, number, actor=secretary)
        everything = rankings.board(db, actor=secretary)
        agenda, of_chair = (rankings.board(db, actor=one, session=session) for one in (secretary, chair))
    assert [(row.code, row.interval) for row in everything.rows] == list(
        zip(codes, [(1, 1), (2, 2), (3, 3)], strict=True)
    )
    assert [(row.code, row.interval) for row in agenda.rows] == [(high.code, (1, 1)), (low.code, (2, 2))]
    # Nothing on the chair's agenda tells of the proposal that is hidden from them.
    assert [(row.code, row.place, row.interval) for row in of_chair.rows] == [(low.code, Place(1, False), (1, 1))]
    assert {board.is_stale for board in (everything, agenda, of_chair)} == {False}


def test_a_referred_proposal_keeps_its_frozen_score(database):
    with database.writing() as db:
        proposal = scored(db, 4, 4)
        frozen = syntheses.freeze(db, proposal, actor=factories.secretary(db))
        factories.sheet(db, proposal, factories.reviewer(db, "late"), 1)
        assert [row.n for row in rankings.ranking(db, actor=factories.secretary(db))] == [3]
        proposal.state = "committee"
        db.flush()
        [row] = rankings.ranking(db, actor=factories.secretary(db))
        assert (row.official, row.n, row.sha256) == (80 * 10**9, 2, frozen.sha256)


def test_secretary_and_chair_only_and_never_what_they_are_conflicted_in(database):
    with database.writing() as db:
        own, other = scored(db, 5), scored(db, 4)
        chair = factories.acting(db, "chair", Role.COMMITTEE_CHAIR, "tt_bcdtw")
        assert codes(db, actor=chair) == [own.code, other.code]
        factories.declaration(db, own, chair, kind="family")
        assert codes(db, actor=chair) == [other.code]
        factories.named(db, other, "owner", "Ban Chỉ đạo", "tt_bcdtw", settled=True)
        assert codes(db, actor=chair) == []
        assert codes(db) == [own.code, other.code]
        for actor in (factories.owner(db), factories.lead(db), factories.engineer(db), factories.reviewer(db)):
            with pytest.raises(Forbidden):
                rankings.ranking(db, actor=actor)


def test_the_number_of_queries_does_not_grow(database):
    with database.writing() as db:
        secretary = factories.secretary(db)
        sent = []
        for _ in range(2):
            for _ in range(3):
                syntheses.freeze(db, scored(db, 5, 4, state="committee"), actor=secretary)
                scored(db, 3, 3)
            db.flush()
            db.expire_all()
            with counted(db) as statements:
                rankings.ranking(db, actor=secretary)
            sent.append(len(statements))
        assert (len(codes(db)), sent[0]) == (12, sent[1])
        assert not any("proposal.document" in statement for statement in statements)
