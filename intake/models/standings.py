"""What the worker computes about the ranking, so that no request has to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


class StoredStanding(Base):
    """Rank intervals, adjusted estimates and flags of one set of proposals, as of one moment.

    The set is all the ranking, one system's or one session's agenda (`scope`), without what one audience may not see;
    `audit_seq` and `checked_on` say until which event, and on which day, the inputs are known to be the same.
    """

    __tablename__ = "standing"
    __table_args__ = (UniqueConstraint("scope", "audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str]
    audience: Mapped[str]
    computed_at: Mapped[datetime]
    inputs_sha256: Mapped[str]
    audit_seq: Mapped[int]
    checked_on: Mapped[date]
    rows: Mapped[dict[str, Any]] = mapped_column(deferred=True)
