"""The proposal: its text as a document, and everything the engine acts on as columns and rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.models.accounts import User
from intake.models.base import Base, Money, one_of
from intake.models.organisations import Organisation

HOLDERS = ("secretariat", "owner", "lead_ministry", "engineer", "body", "deciding_body", "lead_agency")
OPEN_MEANS_HELD = (
    "(is_open AND holder_kind IS NOT NULL AND due_on IS NOT NULL)"
    " OR (NOT is_open AND holder_kind IS NULL AND due_on IS NULL)"
)


class Proposal(Base):
    """Where one proposal stands. State, revision, holder and due date are written by services/transitions.py alone."""

    __tablename__ = "proposal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["procedure", "procedure_version", "state", "is_open"],
            [f"procedure_stage.{name}" for name in ("procedure", "procedure_version", "state", "is_open")],
            name="fk_proposal_stage",
        ),
        CheckConstraint(OPEN_MEANS_HELD, name="open_means_held"),
        one_of("holder_kind", *HOLDERS),
        UniqueConstraint("register_year", "register_number"),
        Index(None, "state", "due_on"),
        Index(None, "holder_kind", "holder_organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    register_year: Mapped[int | None]
    register_number: Mapped[int | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    track_key: Mapped[str | None]
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))

    procedure: Mapped[str]
    procedure_version: Mapped[int]
    state: Mapped[str]
    is_open: Mapped[bool]
    asked_by: Mapped[str | None]
    stage_days_left: Mapped[int | None]
    state_since: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    holder_kind: Mapped[str | None]
    holder_organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    due_on: Mapped[date | None]
    engineer_reached_at: Mapped[datetime | None]
    assessing_system: Mapped[str | None]
    deciding_body_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    lead_agency_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    defer_until: Mapped[date | None]

    outline: Mapped[str]
    language: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    document_revision: Mapped[int] = mapped_column(default=1)
    document_saved_at: Mapped[datetime]
    current_version: Mapped[int] = mapped_column(default=0)

    # Promoted from the document by services/proposals.promote, recomputed by a test.
    title: Mapped[str]
    kind: Mapped[str | None]
    initiative_ref: Mapped[str | None]
    primary_system: Mapped[str | None] = mapped_column(index=True)
    proposer_name: Mapped[str] = mapped_column(default="")
    lead_name: Mapped[str] = mapped_column(default="")
    total_vnd: Mapped[int | None] = mapped_column(Money)
    state_budget_vnd: Mapped[int | None] = mapped_column(Money)
    social_vnd: Mapped[int | None] = mapped_column(Money)
    other_vnd: Mapped[int | None] = mapped_column(Money)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    publish_consent: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(default="")

    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id], lazy="raise")
    holder_organisation: Mapped[Organisation | None] = relationship(foreign_keys=[holder_organisation_id], lazy="raise")
    organisations: Mapped[list[ProposalOrganisation]] = relationship(
        back_populates="proposal", lazy="raise", order_by="ProposalOrganisation.id"
    )


class ProposalVersion(Base):
    """What the reviewers read: frozen at submission, never updated."""

    __tablename__ = "proposal_version"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    outline: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    section_prints: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sha256: Mapped[str]
    warnings: Mapped[list[Any]]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class ProposalPerson(Base):
    """A co-author: may edit, or may only read."""

    __tablename__ = "proposal_person"
    __table_args__ = (
        UniqueConstraint("proposal_id", "user_id"),
        one_of("relation", "coauthor_edit", "coauthor_read"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    relation: Mapped[str]
    added_at: Mapped[datetime]


class ProposalOrganisation(Base):
    """A body named in the proposal; `is_settled` once linked, or recorded by the secretary as not in the catalogue."""

    __tablename__ = "proposal_organisation"
    __table_args__ = (one_of("role", "owner", "lead", "partner"), Index(None, "organisation_id", "role"))

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    role: Mapped[str]
    name: Mapped[str]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    is_settled: Mapped[bool] = mapped_column(default=False)

    proposal: Mapped[Proposal] = relationship(back_populates="organisations", lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class Remark(Base):
    """What a supplement or revision asks for, section by section."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    revision: Mapped[int]
    section: Mapped[str]
    text: Mapped[str]


class RegisterCounter(Base):
    """Last register number of a year: numbers are gap-free, in order of receipt."""

    __tablename__ = "register_counter"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
