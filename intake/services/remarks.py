"""What the authors were asked to supplement or revise, section by section, as they read it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import policy
from intake.models import Proposal, Remark
from intake.policy import Actor
from intake.services.subjects import subject_of


def latest(db: Session, proposal: Proposal, *, actor: Actor) -> list[Remark]:
    """The remarks of the newest request, in the order they were written; empty when nothing was ever asked."""
    policy.ensure(actor, "proposal.read", subject_of(db, proposal, actor=actor))
    newest = select(func.max(Remark.revision)).where(Remark.proposal_id == proposal.id).scalar_subquery()
    asked = select(Remark).where(Remark.proposal_id == proposal.id, Remark.revision == newest)
    return list(db.scalars(asked.order_by(Remark.id)))
