"""The proposals of the ranking as one person may see them, each with its score: frozen, or as the sheets stand now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Proposal
from intake.models.visibility import at_stage_with, visible
from intake.policy import Actor
from intake.services import certificates
from intake.services.certificates import Scored
from intake.workflow.procedure import Stage
from intake.workflow.procedures import PROCEDURES


def ranked(db: Session, actor: Actor, system: str | None = None, codes: Sequence[str] | None = None) -> list[Any]:
    """The proposals at stages of the ranking that `actor` may see there, without their texts."""
    query = select(
        Proposal.id,
        Proposal.code,
        Proposal.title,
        Proposal.proposer_name,
        Proposal.procedure,
        Proposal.procedure_version,
        Proposal.state,
        Proposal.primary_system,
        Proposal.current_version,
        Proposal.submitted_at,
        Proposal.is_illustrative,
    ).where(at_stage_with("is_ranked"), visible(actor, "ranking.read"))
    if system is not None:
        query = query.where(Proposal.primary_system == system)
    if codes is not None:
        query = query.where(Proposal.code.in_(codes))
    return list(db.execute(query.order_by(Proposal.id)))


def scores_of(db: Session, rows: Sequence[Any]) -> dict[int, Scored]:
    """Frozen scores, except where sheets may still change."""
    live = {row.id: row.current_version for row in rows if stage_of(row).accepts_scores}
    frozen = certificates.newest(db, [row.id for row in rows if row.id not in live])
    unfrozen = {row.id: row.current_version for row in rows if row.id not in frozen}
    return frozen | certificates.standing(db, unfrozen)


def stage_of(row: Any) -> Stage:
    return PROCEDURES[row.procedure, row.procedure_version].stage(row.state)
