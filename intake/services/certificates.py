"""Official scores as they stand: recomputed while sheets may change, read from the frozen certificate afterwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from intake.models import Certificate, Proposal, ScoreSheet
from intake.scoring import certificate
from intake.scoring.schemes import Scheme
from intake.scoring.totals import Sheet, Tally, tally
from intake.services import counted_sheets, schemes
from intake.workflow.procedures import PROCEDURES


@dataclass(frozen=True)
class Scored:
    """A tally with what it was made from; `sha256` and `frozen_at` only when a certificate stands behind it."""

    scheme: Scheme
    sheets: tuple[Sheet, ...]
    tally: Tally
    sha256: str | None
    frozen_at: datetime | None


def opened(row: Certificate) -> Scored:
    """What a frozen certificate says, recomputed from its own inputs."""
    inputs = row.content["inputs"]
    scheme = Scheme.from_declaration(inputs["scheme"])
    sheets = tuple(certificate.sheet_from_data(sheet) for sheet in inputs["sheets"])
    return Scored(scheme, sheets, tally(scheme, sheets), row.sha256, row.frozen_at)


def newest(db: Session, proposal_ids: Collection[int]) -> dict[int, Scored]:
    """The newest certificate of each proposal that has one."""
    last = (
        select(Certificate.proposal_id, func.max(Certificate.number).label("number"))
        .where(Certificate.proposal_id.in_(proposal_ids))
        .group_by(Certificate.proposal_id)
        .subquery()
    )
    rows = db.scalars(
        select(Certificate)
        .join(last, (Certificate.proposal_id == last.c.proposal_id) & (Certificate.number == last.c.number))
        .options(undefer(Certificate.content))
    )
    return {row.proposal_id: opened(row) for row in rows}


def standing(db: Session, current_versions: Mapping[int, int]) -> dict[int, Scored]:
    """What the submitted sheets of these proposals (id to current version) come to now."""
    scheme = schemes.in_force(db)
    only_submitted = ScoreSheet.submitted_at.is_not(None)
    found = counted_sheets.counted(db, current_versions, scheme=scheme, where=only_submitted)
    return {id: scored(scheme, [one.sheet for one in sheets]) for id, sheets in found.items()}


def scored(scheme: Scheme, sheets: list[Sheet]) -> Scored:
    return Scored(scheme, tuple(sheets), tally(scheme, sheets), None, None)


def of(db: Session, proposal: Proposal) -> Scored:
    """The score of one proposal: frozen once it was referred, unless it is back where sheets may change."""
    stage = PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)
    frozen = {} if stage.accepts_scores else newest(db, [proposal.id])
    return frozen.get(proposal.id) or standing(db, {proposal.id: proposal.current_version})[proposal.id]


def content_of(db: Session, proposal: Proposal) -> tuple[dict[str, Any], Scored]:
    """The certificate to be frozen now, with the tally in it."""
    live = standing(db, {proposal.id: proposal.current_version})[proposal.id]
    content = certificate.issue(live.scheme, live.sheets, proposal=proposal.code, version=proposal.current_version)
    return content, live
