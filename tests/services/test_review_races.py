"""Several people at the same time: nothing is lost, and the certificate says what the sheets say."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from intake.catalogue import CRITERIA
from intake.db import Database
from intake.errors import DomainError
from intake.models import Assignment, Certificate, Proposal, ScoreSheet
from intake.policy import Actor
from intake.services import assignments, score_sheets, syntheses, transitions
from tests import factories
from tests.factories import entries

ROUNDS = 6


def together(database: Database, *works: Callable[[Session], object]) -> list[str]:
    """Do all at once, each in its own transaction; "done", or the type of the refusal."""
    barrier = Barrier(len(works))

    def attempt(work: Callable[[Session], object]) -> str:
        barrier.wait()
        try:
            database.transact(work)
        except DomainError as error:
            return error.type
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(attempt, works))


def reviewed(db: Session, state: str = "synthesis") -> tuple[int, Actor]:
    proposal = factories.proposal(db, state)
    factories.routing(db, proposal)
    reviewer = factories.reviewer(db)
    factories.assignment(db, proposal, reviewer)
    factories.declaration(db, proposal, reviewer)
    return proposal.id, reviewer


def test_six_criteria_saved_at_once_end_on_one_sheet(database):
    proposal_id, reviewer = database.transact(reviewed)

    def save(criterion: str) -> Callable[[Session], object]:
        def work(db: Session) -> object:
            given = {criterion: entries(4)[criterion]}
            return score_sheets.save(db, db.get_one(Proposal, proposal_id), given, submit=False, actor=reviewer)

        return work

    assert together(database, *(save(criterion) for criterion in CRITERIA)) == ["done"] * 6
    with database.reading() as db:
        [sheet] = db.scalars(select(ScoreSheet).options(selectinload(ScoreSheet.scores)))
        assert {score.criterion: score.score for score in sheet.scores} == dict.fromkeys(CRITERIA, 4)


def test_the_same_person_is_asked_once(database):
    def prepare(db: Session) -> tuple[int, Actor]:
        proposal = factories.proposal(db)
        factories.routing(db, proposal)
        lead = factories.lead(db)
        factories.declaration(db, proposal, lead)
        factories.reviewer(db)
        return proposal.id, lead

    proposal_id, lead = database.transact(prepare)

    def ask(db: Session) -> object:
        proposal = db.get_one(Proposal, proposal_id)
        return assignments.assign_reviewer(db, proposal, "reviewer@example.vn", actor=lead)

    assert sorted(together(database, *[ask] * 5)) == ["done"] + ["illegal-move"] * 4
    with database.reading() as db:
        assert len(db.scalars(select(Assignment)).all()) == 1


def test_a_sheet_changed_while_the_proposal_is_referred_is_in_the_certificate_or_refused(database):
    for _ in range(ROUNDS):
        proposal_id, reviewer, secretary = database.transact(ready_to_refer)

        def refer(db: Session, proposal_id: int = proposal_id, secretary: Actor = secretary) -> object:
            proposal = db.get_one(Proposal, proposal_id)
            return transitions.move(db, proposal, "refer", actor=secretary, seen=proposal.revision)

        def change(db: Session, proposal_id: int = proposal_id, reviewer: Actor = reviewer) -> object:
            proposal = db.get_one(Proposal, proposal_id)
            return score_sheets.save(db, proposal, entries(1), submit=True, actor=reviewer, reason="Đọc lại")

        referred, changed = together(database, refer, change)
        with database.reading() as db:
            frozen = db.scalars(
                select(Certificate).where(Certificate.proposal_id == proposal_id).options(undefer(Certificate.content))
            ).one()
            sheet = db.scalars(
                select(ScoreSheet).where(ScoreSheet.proposal_id == proposal_id).options(selectinload(ScoreSheet.scores))
            ).one()
        assert referred == "done"
        assert changed in ("done", "stale", "not-found", "illegal-move")
        stands = {score.criterion: score.score for score in sheet.scores}
        assert frozen.content["inputs"]["sheets"][0]["scores"] == stands
        assert stands == dict.fromkeys(CRITERIA, 1 if changed == "done" else 4)


def ready_to_refer(db: Session) -> tuple[int, Actor, Actor]:
    proposal_id, reviewer = reviewed(db)
    proposal, secretary = db.get_one(Proposal, proposal_id), factories.secretary(db)
    factories.sheet(db, proposal, reviewer, 4)
    syntheses.save(db, proposal, summary="Tổng hợp.", differences=[], actor=secretary)
    return proposal_id, reviewer, secretary
