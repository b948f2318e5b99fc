"""What a move leads to, before it is made: who gets the proposal, and which one it may be merged into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.errors import DeclareFirst, Forbidden, NotFound
from intake.i18n import Text
from intake.models import Organisation, Proposal
from intake.models.visibility import visible
from intake.policy import Actor
from intake.services import proposals, routings
from intake.services.proposals import COVER
from intake.services.transitions import SECRETARIAT
from intake.workflow.procedure import Stage

MOST_CANDIDATES = 8


def receiver(db: Session, proposal: Proposal, stage: Stage) -> Text | None:
    """The body that would hold the proposal in `stage`; None where it is only chosen with the move, or a person."""
    found = db.get(Organisation, body_of(db, proposal, stage) or "")
    return routings.name(found) if found is not None else None


def body_of(db: Session, proposal: Proposal, stage: Stage) -> str | None:
    if stage.holder == "secretariat":
        return SECRETARIAT
    if stage.holder == "lead_ministry":
        return next((row.organisation_id for row in routings.current(db, proposal) if row.role == "lead"), None)
    if stage.holder == "engineer":
        return f"tcts_{proposal.assessing_system}"
    return {"deciding_body": proposal.deciding_body_id, "lead_agency": proposal.lead_agency_id}.get(stage.holder or "")


def merge_target(db: Session, proposal: Proposal, code: str, *, actor: Actor) -> Proposal | None:
    """The other proposal of that code, if the person may see it."""
    try:
        found = proposals.get(db, code, actor=actor, action=COVER)
    except (NotFound, Forbidden, DeclareFirst):
        return None
    return found if found.id != proposal.id else None


def merge_candidates(db: Session, proposal: Proposal, *, actor: Actor) -> Sequence[Any]:
    """Open proposals on the same initiative, else of the same system: code, title, proposer, state."""
    same_initiative = Proposal.initiative_ref == proposal.initiative_ref
    columns = (
        Proposal.code,
        Proposal.title,
        Proposal.proposer_name,
        Proposal.procedure,
        Proposal.procedure_version,
        Proposal.state,
    )
    found = select(*columns).where(
        visible(actor, COVER),
        Proposal.is_open,
        Proposal.id != proposal.id,
        Proposal.primary_system == proposal.primary_system,
    )
    return db.execute(found.order_by(same_initiative.desc(), Proposal.id.desc()).limit(MOST_CANDIDATES)).all()
