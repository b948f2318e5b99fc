"""What the secretariat has checked by eye when a proposal came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


class ReceptionCheck(Base):
    """One point of the reception checklist on one version; the newest word on it counts."""

    __tablename__ = "reception_check"
    __table_args__ = (UniqueConstraint("proposal_id", "version", "point"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    version: Mapped[int]
    point: Mapped[str]
    is_met: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    checked_at: Mapped[datetime]
