"""Official scores as they stand: recomputed while sheets may change, read from the frozen certificate afterwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.canonical import sha256_of
from intake.models import Certificate, Proposal
from intake.scoring import certificate
from intake.scoring.schemes import Scheme
from intake.scoring.totals import Sheet, Tally, tally
from intake.services import counted_sheets, schemes
from intake.services.kept_tallies import Kept, tally_of
from intake.workflow.procedures import PROCEDURES


@dataclass(frozen=True)
class Scored:
    """A tally with what it was made from; `sha256` and `frozen_at` only when a certificate stands behind it."""

    scheme: Scheme
    sheets: tuple[Sheet, ...]
    tally: Tally
    sha256: str | None
    frozen_at: datetime | None


FROZEN: Kept[Scored] = Kept()
SCHEMES: Kept[Scheme] = Kept(100)


def opened(content: Mapping[str, Any], sha256: str, frozen_at: datetime) -> Scored:
    """What a frozen certificate says, recomputed from its own inputs."""
    inputs = content["inputs"]
    scheme = scheme_of(inputs["scheme"])
    sheets = tuple(certificate.sheet_from_data(sheet) for sheet in inputs["sheets"])
    return Scored(scheme, sheets, tally(scheme, sheets), sha256, frozen_at)


def scheme_of(declaration: Mapping[str, Any]) -> Scheme:
    """The scheme of a certificate; those under the same scheme share it."""
    key = sha256_of(declaration)
    return SCHEMES.get(key) or SCHEMES.keep(key, Scheme.from_declaration(declaration))


def newest(db: Session, proposal_ids: Collection[int]) -> dict[int, Scored]:
    """The newest certificate of each proposal that has one."""
    last = (
        select(Certificate.proposal_id, func.max(Certificate.number).label("number"))
        .where(Certificate.proposal_id.in_(proposal_ids))
        .group_by(Certificate.proposal_id)
        .subquery()
    )
    rows = db.execute(
        select(Certificate.id, Certificate.proposal_id, Certificate.sha256, Certificate.frozen_at).join(
            last, (Certificate.proposal_id == last.c.proposal_id) & (Certificate.number == last.c.number)
        )
    ).all()
    known = {row.id: scored for row in rows if (scored := FROZEN.get((row.sha256, row.frozen_at))) is not None}
    unread = [row.id for row in rows if row.id not in known]
    contents = db.execute(select(Certificate.id, Certificate.content).where(Certificate.id.in_(unread)))
    content_of_id = {row.id: row.content for row in contents}
    return {
        row.proposal_id: known.get(row.id)
        or FROZEN.keep((row.sha256, row.frozen_at), opened(content_of_id[row.id], row.sha256, row.frozen_at))
        for row in rows
    }


def standing(db: Session, current_versions: Mapping[int, int]) -> dict[int, Scored]:
    """What the submitted sheets of these proposals (id to current version) come to now."""
    of_proposal = schemes.of_proposals(db, list(current_versions))
    found = counted_sheets.submitted_sheets(db, current_versions, of_proposal=of_proposal)
    return {
        id: Scored(of_proposal[id], sheets, tally_of(of_proposal[id], sheets), None, None)
        for id, sheets in found.items()
    }


def of(db: Session, proposal: Proposal) -> Scored:
    """The score of one proposal: frozen once it was referred, unless it is back where sheets may change."""
    stage = PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)
    frozen = {} if stage.accepts_scores else newest(db, [proposal.id])
    return frozen.get(proposal.id) or standing(db, {proposal.id: proposal.current_version})[proposal.id]


def stated(db: Session, proposal: Proposal) -> dict[str, Any]:
    """The certificate behind the score: as it was frozen, or as it would be frozen now while sheets may change."""
    stage = PROCEDURES[proposal.procedure, proposal.procedure_version].stage(proposal.state)
    frozen = None
    if not stage.accepts_scores:
        frozen = db.scalar(
            select(Certificate.content)
            .where(Certificate.proposal_id == proposal.id)
            .order_by(Certificate.number.desc())
            .limit(1)
        )
    return frozen if frozen is not None else content_of(db, proposal)[0]


def content_of(db: Session, proposal: Proposal) -> tuple[dict[str, Any], Scored]:
    """The certificate to be frozen now, with the tally in it."""
    live = standing(db, {proposal.id: proposal.current_version})[proposal.id]
    content = certificate.issue(live.scheme, live.sheets, proposal=proposal.code, version=proposal.current_version)
    return content, live
