"""What the clock has said to whom: the memory that lets a reminder go out once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


class Reminder(Base):
    """One mark of one period that has been told; of several workers one gets to write the row and sends.

    The period is that of the stage, or of one person asked when `assignment_id` is given.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("proposal_id", "assignment_id", "state", "due_on", "mark"),
        # A missing assignment is no value to a unique constraint.
        Index(
            "uq_reminder_of_stage",
            "proposal_id",
            "state",
            "due_on",
            "mark",
            unique=True,
            sqlite_where=text("assignment_id IS NULL"),
            postgresql_where=text("assignment_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    state: Mapped[str]
    due_on: Mapped[date]
    mark: Mapped[str]
    recipient_count: Mapped[int]
    sent_at: Mapped[datetime]
