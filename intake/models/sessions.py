"""Sittings of a deciding body: agenda, attendance, recusals, ballots, conclusions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.models.accounts import User
from intake.models.base import Base, one_of
from intake.models.organisations import Organisation
from intake.models.proposals import Proposal

CHOICES = ("approve", "approve_with_conditions", "reject", "defer", "request_revision", "merge", "abstain")
OUTCOMES = CHOICES[:-1]


class CommitteeSession(Base):
    """One sitting of one body."""

    __tablename__ = "session"
    __table_args__ = (one_of("state", "planned", "open", "closed", "cancelled"), one_of("mode", "ballot", "consensus"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    body_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    starts_at: Mapped[datetime]
    place: Mapped[str]
    mode: Mapped[str]
    state: Mapped[str] = mapped_column(default="planned")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    minutes: Mapped[str] = mapped_column(default="")
    postponed_from: Mapped[datetime | None]
    change_reason: Mapped[str] = mapped_column(default="")

    body: Mapped[Organisation] = relationship(lazy="raise")
    items: Mapped[list[SessionItem]] = relationship(
        back_populates="session", lazy="raise", order_by="SessionItem.position"
    )
    attendance: Mapped[list[Attendance]] = relationship(lazy="raise", order_by="Attendance.id")


class Attendance(Base):
    """Whether an entitled or invited person was there."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("session_id", "user_id"),
        one_of("status", "expected", "present", "remote", "excused", "absent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    seat: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="expected")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise")


class AttendanceChange(Base):
    """One recorded arrival, departure or other change of attendance, and when it was recorded; never updated."""

    __tablename__ = "attendance_change"
    __table_args__ = (one_of("status", "expected", "present", "remote", "excused", "absent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    status: Mapped[str]
    changed_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class SessionItem(Base):
    """One proposal on one agenda. At close the tally is written down; at release the decision exists."""

    __tablename__ = "session_item"
    __table_args__ = (
        UniqueConstraint("session_id", "proposal_id"),
        one_of("state", "waiting", "open", "closed", "released", "removed"),
        one_of("outcome", *OUTCOMES),
        Index(
            "uq_session_item_live",
            "proposal_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'open', 'closed')"),
            postgresql_where=text("state IN ('waiting', 'open', 'closed')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(default="waiting")
    is_secret: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    opening: Mapped[dict[str, Any] | None]
    tally: Mapped[dict[str, Any] | None]
    outcome: Mapped[str | None]
    into_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    text: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    conditions: Mapped[list[Any]] = mapped_column(default=list)
    remarks: Mapped[list[Any] | None]
    defer_until: Mapped[date | None]
    concluded_at: Mapped[datetime | None]

    session: Mapped[CommitteeSession] = relationship(back_populates="items", lazy="raise")
    proposal: Mapped[Proposal] = relationship(foreign_keys=[proposal_id], lazy="raise")


class Recusal(Base):
    """A member who takes no part in one item."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("item_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("session_item.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise")


class Ballot(Base):
    """An open ballot; for a secret item the choice is null and only says that the person has voted.

    `file_key` is the scan of the paper that a recorded ballot was taken from; with one, a secret vote would be none.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("item_id", "user_id"),
        one_of("choice", *CHOICES),
        CheckConstraint(
            "file_key IS NULL OR (choice IS NOT NULL AND recorder_id IS NOT NULL AND sha256 IS NOT NULL)",
            name="scan_is_of_an_open_recorded_one",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("session_item.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    choice: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    into_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    cast_at: Mapped[datetime | None]
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    file_key: Mapped[str | None]
    sha256: Mapped[str | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise")


class SecretBallot(Base):
    """What was voted on a secret item: random key, no person, no time, no order; readable only once the item closes."""

    __tablename__ = "secret_ballot"
    # No hidden row number: it would keep the order in which the ballots were cast.
    __table_args__ = (
        one_of("choice", *CHOICES),
        CheckConstraint("(choice IS NULL) <> (sealed IS NULL)", name="sealed_or_open"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("session_item.id"), index=True)
    choice: Mapped[str | None]
    sealed: Mapped[str | None]


class Decision(Base):
    """What the body decided on one item, in force from release on."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("session_item.id"), unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    outcome: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    released_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime]

    proposal: Mapped[Proposal] = relationship(lazy="raise")
