"""Whether the database can serve: it answers, and it has been brought to this version."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import ProcedureStage


def is_ready(db: Session) -> bool:
    """True once tables exist and are seeded; a database that does not answer raises."""
    return bool(db.scalar(select(func.count()).select_from(ProcedureStage)))
