"""What the secretariat has checked by eye when a proposal came in, and what the worker compares it by."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
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


class WordingSketch(Base):
    """Which version of a proposal its hashes in `wording_hash` are of."""

    __tablename__ = "wording_sketch"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    version: Mapped[int]


class WordingHash(Base):
    """One of the smallest hashes of a proposal's wording; proposals that read alike share many."""

    __tablename__ = "wording_hash"
    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_with_rowid": False}

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True, index=True)
