"""Which proposals read alike: sketches of their wording, kept up to date by the worker, compared at the reception."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from intake import outline
from intake.db import Database
from intake.models import Proposal, ProposalVersion, WordingHash, WordingSketch
from intake.models.visibility import visible
from intake.policy import Actor
from intake.services.proposals import COVER

MOST_A_ROUND = 200
MOST_CANDIDATES = 20
MOST_ALIKE = 5
LEAST_SHARED = 0.2
"""Ours: of the 32 examples, two that were written apart share at most 0.14 (tests/outline/test_wording.py)."""


@dataclass(frozen=True)
class Alike:
    """Another proposal, and which share of the wording of the two stands in both, 0 to 1."""

    code: str
    title: str
    proposer_name: str
    share: float


def turn(database: Database) -> int:
    """Sketch what was submitted since the last round; how many proposals."""
    with database.reading() as db:
        waiting = unsketched(db)
    return sum(sketch(database, proposal_id) for proposal_id in waiting)


def unsketched(db: Session) -> list[int]:
    """Submitted proposals whose newest version has no sketch yet, the oldest first."""
    query = (
        select(Proposal.id)
        .outerjoin(WordingSketch, WordingSketch.proposal_id == Proposal.id)
        .where(
            Proposal.current_version > 0,
            or_(WordingSketch.version.is_(None), WordingSketch.version < Proposal.current_version),
        )
    )
    return list(db.scalars(query.order_by(Proposal.id).limit(MOST_A_ROUND)))


def sketch(database: Database, proposal_id: int) -> bool:
    """Sketch the newest version; False when another worker was quicker. No transaction waits for the hashing."""
    newest = select(ProposalVersion.number, ProposalVersion.document).where(ProposalVersion.proposal_id == proposal_id)
    with database.reading() as db:
        number, document = db.execute(newest.order_by(ProposalVersion.number.desc()).limit(1)).one()
    hashes = outline.wording_sketch(document)
    return database.transact(lambda db: keep(db, proposal_id, number, hashes))


def keep(db: Session, proposal_id: int, version: int, hashes: outline.Sketch) -> bool:
    db.execute(select(Proposal.id).where(Proposal.id == proposal_id).with_for_update())
    kept = db.get(WordingSketch, proposal_id)
    if kept is not None and kept.version >= version:
        return False
    db.merge(WordingSketch(proposal_id=proposal_id, version=version))
    db.execute(delete(WordingHash).where(WordingHash.proposal_id == proposal_id))
    if hashes:
        db.execute(insert(WordingHash), [{"hash": one, "proposal_id": proposal_id} for one in hashes])
    return True


def alike(db: Session, proposal: Proposal, *, actor: Actor) -> list[Alike] | None:
    """The few that read most alike of those `actor` may see, the most alike first; None until the worker has looked."""
    compared = db.get(WordingSketch, proposal.id)
    if compared is None or compared.version < proposal.current_version:
        return None
    own = hashes_of(db, [proposal.id]).get(proposal.id, set())
    common = func.count().label("common")
    candidates = (
        select(Proposal.id, Proposal.code, Proposal.title, Proposal.proposer_name)
        .join(WordingHash, WordingHash.proposal_id == Proposal.id)
        .where(WordingHash.hash.in_(own), Proposal.id != proposal.id, visible(actor, COVER))
        .group_by(Proposal.id, Proposal.code, Proposal.title, Proposal.proposer_name)
        .order_by(common.desc(), Proposal.id)
        .limit(MOST_CANDIDATES)
    )
    rows = db.execute(candidates).all()
    others = hashes_of(db, [row.id for row in rows])
    found = [Alike(row.code, row.title, row.proposer_name, outline.shared_wording(own, others[row.id])) for row in rows]
    return sorted((one for one in found if one.share >= LEAST_SHARED), key=lambda one: -one.share)[:MOST_ALIKE]


def hashes_of(db: Session, proposal_ids: list[int]) -> dict[int, set[int]]:
    """The sketch of each proposal that has one."""
    found: dict[int, set[int]] = {}
    rows = select(WordingHash.proposal_id, WordingHash.hash).where(WordingHash.proposal_id.in_(proposal_ids))
    for proposal_id, value in db.execute(rows):
        found.setdefault(proposal_id, set()).add(value)
    return found
