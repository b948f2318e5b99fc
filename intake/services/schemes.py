"""The scoring scheme as it stands in the database, where an administrator may put a newer one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.models import ScoringScheme
from intake.scoring.schemes import KH01_2025, Scheme

CACHED = "intake.scheme"


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
