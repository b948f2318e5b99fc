"""What proves and carries what happened: audit chain, outbox, documents, answered requests, workers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base, one_of

SESSION_KINDS = ("minutes", "score_synthesis", "committee_report")
DOCUMENT_KINDS = (
    "receipt",
    "decision",
    "proposal",
    "supplement_request",
    "ineligibility_notice",
    "assessment_request",
    "ministry_opinion",
    "assessment",
    "kpi_report",
    *SESSION_KINDS,
)


class AuditEntry(Base):
    """One thing that happened; each entry carries the hash of the one before."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "proposal_id", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    event: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    subject: Mapped[str]
    data: Mapped[dict[str, Any]]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class AuditHead(Base):
    """The end of the chain; its one row is what writers queue for."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str]


class Outbox(Base):
    """Work promised in the transaction that made it necessary: a mail, a document."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_undelivered",
            "created_at",
            sqlite_where=text("delivered_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class Document(Base):
    """An official paper about one proposal or one session: promised, then made by the worker; issued ones stay."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("kind", *DOCUMENT_KINDS),
        one_of("state", "promised", "draft", "issued"),
        CheckConstraint("(proposal_id IS NULL) <> (session_id IS NULL)", name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    doc: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"), index=True)
    version: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    state: Mapped[str] = mapped_column(default="promised")
    is_final: Mapped[bool]
    edition: Mapped[int] = mapped_column(default=1)
    number: Mapped[str | None]
    place: Mapped[str | None]
    signer: Mapped[str | None]
    dated_on: Mapped[date | None]
    created_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    file_key: Mapped[str | None]
    sha256: Mapped[str | None]


class SignedCopy(Base):
    """An issued document as it came back with digital signatures; the newest one counts, none is thrown away."""

    __tablename__ = "signed_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    file_key: Mapped[str]
    sha256: Mapped[str]
    signatures: Mapped[list[Any]]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime]


class Idempotency(Base):
    """A write that was already answered: the same key gets the same answer."""

    __tablename__ = "idempotency"
    __table_args__ = (UniqueConstraint("user_id", "operation", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    operation: Mapped[str]
    key: Mapped[str]
    request_sha256: Mapped[str]
    answer: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]


class Heartbeat(Base):
    """Which worker is alive, so that another can take over a silent one's work."""

    __tablename__ = "heartbeat"

    executor: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
