"""Indicators of approved proposals as rows: written once, when the proposal is approved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from intake import outline
from intake.models import Kpi, Proposal, ProposalVersion

FOLLOWED = ("deciding_body", "lead_agency")
"""Who holds a proposal from its approval on."""


def list_approved(db: Session, proposal: Proposal) -> None:
    """Write down the indicators of the text that was approved."""
    text = select(ProposalVersion.document).where(
        ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == proposal.current_version
    )
    for position, row in enumerate(outline.kpi_rows(db.scalars(text).one()), 1):
        db.add(
            Kpi(
                proposal_id=proposal.id,
                version=proposal.current_version,
                row_id=row.row_id,
                position=position,
                code=row.code,
                name=row.name,
                unit=row.unit,
                direction=row.direction,
                baseline=row.baseline,
                target=row.target,
                deadline_on=date.fromisoformat(row.deadline_on) if row.deadline_on else None,
                frequency=row.frequency,
                responsible=row.responsible,
            )
        )
    db.flush()


def of(db: Session, proposal: Proposal) -> Sequence[Kpi]:
    """The indicators of an approved proposal, in their order."""
    return db.scalars(select(Kpi).where(Kpi.proposal_id == proposal.id).order_by(Kpi.position)).all()


def fill(db: Session) -> None:
    """Write down the indicators of what was approved before they were rows."""
    without = select(Proposal).where(
        Proposal.holder_kind.in_(FOLLOWED), ~exists().where(Kpi.proposal_id == Proposal.id)
    )
    for proposal in db.scalars(without.order_by(Proposal.id)).all():
        list_approved(db, proposal)
