"""What reached the secretariat on paper, and who it is from."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base, one_of

CHANNELS = ("letter", "word_file", "scan", "in_person")


class AssistedIntake(Base):
    """A proposal that the secretariat entered for a person without an account, who may claim it once."""

    __tablename__ = "assisted_intake"
    __table_args__ = (
        one_of("channel", *CHANNELS),
        CheckConstraint("(claimed_at IS NULL) = (claimed_by_id IS NULL)", name="claimed_by_somebody"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    channel: Mapped[str]
    arrived_on: Mapped[date]
    reference: Mapped[str] = mapped_column(default="")
    person_name: Mapped[str]
    contact: Mapped[str]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    claimed_at: Mapped[datetime | None]
