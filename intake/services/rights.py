"""Right, then stage: what every write on a proposal asks before it does anything."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import policy
from intake.errors import Forbidden, IllegalMove, Stale
from intake.i18n import N_
from intake.models import Proposal
from intake.policy import Actor
from intake.services.subjects import subject_of
from intake.workflow.procedures import PROCEDURES

ELSEWHERE = N_("This is not done at the stage the proposal is in now. Reload the page to see where it stands.")


def ensure(db: Session, proposal: Proposal, action: str, *, actor: Actor) -> None:
    """Raise NotFound, DeclareFirst, Forbidden, or IllegalMove when only the stage is in the way, in that order."""
    subject = subject_of(db, proposal, actor=actor)
    try:
        policy.ensure(actor, action, subject)
    except Forbidden:
        stages = PROCEDURES[proposal.procedure, proposal.procedure_version].stages
        if any(policy.allows(actor, action, replace(subject, stage=stage)) for stage in stages):
            raise IllegalMove(ELSEWHERE) from None
        raise


def hold(db: Session, proposal: Proposal, action: str, *, actor: Actor) -> None:
    """Ensure the right, and keep the proposal where it is until this transaction ends; Stale when it has just moved."""
    ensure(db, proposal, action, actor=actor)
    keep(db, proposal)


def keep(db: Session, proposal: Proposal) -> None:
    """Wait for whoever is writing about the proposal (SQLite's write transaction has already waited)."""
    locked = select(Proposal.revision).where(Proposal.id == proposal.id).with_for_update(key_share=True)
    if db.scalars(locked).one() != proposal.revision:
        raise Stale(code=proposal.code)
