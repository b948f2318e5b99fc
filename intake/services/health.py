"""Whether the database can serve: it answers, and it has been brought to this version."""

from __future__ import annotations

from enum import Enum, auto

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import ProcedureStage, schema


class Migration(Enum):
    """How the tables stand to this release."""

    NONE = auto()
    OLDER = auto()
    CURRENT = auto()
    NEWER = auto()


def migration(db: Session) -> Migration:
    """Whether the migrations of this release have been made; a database that does not answer raises."""
    found, known = schema.revision(db.connection()), schema.known_revisions()
    if found is None:
        return Migration.NONE
    if found == known[0]:
        return Migration.CURRENT
    return Migration.OLDER if found in known else Migration.NEWER


def is_seeded(db: Session) -> bool:
    return bool(db.scalar(select(func.count()).select_from(ProcedureStage)))


def is_ready(db: Session) -> bool:
    """True once the tables are as this release needs them and hold what it declares.

    A newer release may have migrated them already: during a change of versions its older neighbours keep serving.
    """
    return migration(db) in (Migration.CURRENT, Migration.NEWER) and is_seeded(db)
