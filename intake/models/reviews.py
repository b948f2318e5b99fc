"""What ministries, engineers and advisers are asked, declare, score and sign; and the secretariat's synthesis."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.models.accounts import User
from intake.models.base import Base, one_of
from intake.models.organisations import Organisation

CONFLICT_KINDS = ("none", "same_organisation", "family", "financial", "co_author", "supervisor", "other")


class Routing(Base):
    """A ministry asked to review; the current ones have not ended."""

    __tablename__ = "routing"
    __table_args__ = (
        one_of("role", "lead", "cooperating"),
        Index(
            "uq_routing_current",
            "proposal_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "organisation_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str]
    due_on: Mapped[date]
    routed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    no_opinion_at: Mapped[datetime | None]
    no_opinion_reason: Mapped[str | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")


class Assignment(Base):
    """One person asked to act on one proposal: a reviewer of a ministry, or an adviser."""

    __tablename__ = "assignment"
    __table_args__ = (
        one_of("kind", "reviewer", "adviser"),
        Index(
            "uq_assignment_current",
            "proposal_id",
            "user_id",
            "kind",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "user_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    kind: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    due_on: Mapped[date]
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    assigned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise")


class Declaration(Base):
    """A person's word on a conflict of interest in one proposal; the current one has not been undone or replaced."""

    __tablename__ = "declaration"
    __table_args__ = (
        one_of("kind", *CONFLICT_KINDS),
        CheckConstraint("is_conflicted = (kind <> 'none')", name="kind_agrees"),
        Index(
            "uq_declaration_current",
            "proposal_id",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "user_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    is_conflicted: Mapped[bool]
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    declared_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    end_reason: Mapped[str | None]


class ScoreSheet(Base):
    """One person's six scores on one proposal."""

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("proposal_id", "user_id"), one_of("capacity", "ministry", "engineer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    capacity: Mapped[str]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    version: Mapped[int]
    scheme: Mapped[str]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    scores: Mapped[list[Score]] = relationship(back_populates="sheet", lazy="raise", order_by="Score.id")
    user: Mapped[User] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class Score(Base):
    """One criterion on one sheet; a null score says "cannot judge" and needs its justification."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("sheet_id", "criterion"),
        CheckConstraint("score IS NULL OR score BETWEEN 1 AND 5", name="score_on_scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"))
    criterion: Mapped[str]
    score: Mapped[int | None]
    justification: Mapped[str] = mapped_column(default="")
    section: Mapped[str | None]
    version: Mapped[int]

    sheet: Mapped[ScoreSheet] = relationship(back_populates="scores", lazy="raise")


class Opinion(Base):
    """The signed position of a ministry, an adviser, or the engineer (his assessment). A draft has no `signed_at`."""

    __tablename__ = "opinion"
    __table_args__ = (
        one_of("kind", "ministry", "adviser", "assessment"),
        one_of("position", "agree", "conditions", "disagree"),
        Index(None, "proposal_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    kind: Mapped[str]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    version: Mapped[int]
    position: Mapped[str]
    text: Mapped[str]
    conditions: Mapped[list[Any]]
    saved_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class Synthesis(Base):
    """What is put to the committee: the summary, differing opinions, and at referral the frozen certificate."""

    __tablename__ = "synthesis"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    summary: Mapped[str]
    differences: Mapped[list[Any]]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[datetime]


class Certificate(Base):
    """Every number behind an official score, frozen at referral; the newest counts."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    version: Mapped[int]
    scheme: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    sha256: Mapped[str]
    official: Mapped[int | None] = mapped_column(BigInteger)
    n: Mapped[int]
    frozen_at: Mapped[datetime]
