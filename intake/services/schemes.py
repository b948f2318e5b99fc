"""The scoring schemes as they stand in the database: the one in force, and the one each proposal keeps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import clock
from intake.models import Proposal, ScoreSheet, ScoringScheme
from intake.scoring.schemes import KH01_2025, Scheme

CACHED = "intake.scheme"
DECLARED = "intake.schemes"


def in_force(db: Session, on: date | None = None) -> Scheme:
    """The newest scheme not in the future on that day; read once per database session."""
    day = on or clock.today()
    known: dict[date, Scheme] = db.info.setdefault(CACHED, {})
    if day not in known:
        declared = db.scalar(
            select(ScoringScheme.declaration)
            .where(ScoringScheme.effective_from <= day)
            .order_by(ScoringScheme.effective_from.desc(), ScoringScheme.id.desc())
            .limit(1)
        )
        known[day] = Scheme.from_declaration(declared) if declared else KH01_2025
    return known[day]


def of(db: Session, proposal: Proposal) -> Scheme:
    """The scheme one proposal is scored on."""
    return of_proposals(db, [proposal.id])[proposal.id]


def of_proposals(db: Session, ids: Collection[int]) -> dict[int, Scheme]:
    """The scheme each is scored on: that of its first sheet, which it keeps; the one in force while it has none."""
    first = select(func.min(ScoreSheet.id)).where(ScoreSheet.proposal_id.in_(ids)).group_by(ScoreSheet.proposal_id)
    kept = select(ScoreSheet.proposal_id, ScoreSheet.scheme).where(ScoreSheet.id.in_(first))
    now = in_force(db)
    found = dict.fromkeys(ids, now)
    for id, scheme in db.execute(kept):
        found[id] = now if scheme == now.id else named(db, scheme)
    return found


def named(db: Session, id: str) -> Scheme:
    """The scheme of that id, read once per database session."""
    known: dict[str, Scheme] = db.info.setdefault(DECLARED, {})
    if id not in known:
        declared = db.scalar(select(ScoringScheme.declaration).where(ScoringScheme.id == id))
        known[id] = Scheme.from_declaration(declared) if declared else KH01_2025
    return known[id]


def forget(db: Session) -> None:
    """Read the schemes again, after one was added or taken back."""
    db.info.pop(CACHED, None)
    db.info.pop(DECLARED, None)
