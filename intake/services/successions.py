"""Starting again from the text of a proposal that has ended, and the links between the old one and the new one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.models import Proposal
from intake.models.visibility import visible
from intake.policy import Actor
from intake.services import audit, proposals, rights


@dataclass(frozen=True)
class Relative:
    """Another proposal that this one comes from or goes on in."""

    code: str
    title: str


@dataclass(frozen=True)
class Relatives:
    """What a person may see of where a proposal comes from and where it went."""

    predecessor: Relative | None
    successors: list[Relative]
    merged_into: Relative | None


def restart(db: Session, proposal: Proposal, *, actor: Actor) -> Proposal:
    """A new draft with the last text its authors wrote; the old proposal stays as it ended."""
    rights.ensure(db, proposal, "proposal.restart", actor=actor)
    made = proposals.begin(
        db,
        proposals.draft_of(db, proposal),
        owner_id=actor.user_id,
        language=proposal.language,
        predecessor_id=proposal.id,
    )
    before, after = {"predecessor": proposal.code}, {"successor": made.code}
    audit.record(db, "proposal.created", actor=actor, subject=made.code, proposal_id=made.id, data=before)
    audit.record(db, "proposal.restarted", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=after)
    return proposals.get(db, made.code, actor=actor)


def relatives(db: Session, proposal: Proposal, *, actor: Actor) -> Relatives:
    """Predecessor, successors and the proposal it was merged into, as far as they exist for `actor`."""
    linked = or_(
        Proposal.id == proposal.predecessor_id,
        Proposal.predecessor_id == proposal.id,
        Proposal.id == proposal.merged_into_id,
    )
    columns = (Proposal.id, Proposal.code, Proposal.title, Proposal.predecessor_id)
    rows = db.execute(select(*columns).where(linked, visible(actor, proposals.COVER)).order_by(Proposal.id)).all()
    known = {row.id: Relative(row.code, row.title) for row in rows}
    return Relatives(
        predecessor=known.get(proposal.predecessor_id or 0),
        successors=[known[row.id] for row in rows if row.predecessor_id == proposal.id],
        merged_into=known.get(proposal.merged_into_id or 0),
    )
