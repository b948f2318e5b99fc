"""What was promised and what comes of it: indicators of approved proposals, and the reports of their lead agencies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Double, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.models.accounts import User
from intake.models.base import Base
from intake.models.organisations import Organisation


class Kpi(Base):
    """One indicator as it was approved; the lead agency reports its values."""

    __tablename__ = "kpi"
    __table_args__ = (UniqueConstraint("proposal_id", "row_id"), UniqueConstraint("proposal_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    version: Mapped[int]
    row_id: Mapped[str]
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str | None]
    direction: Mapped[str | None]
    baseline: Mapped[float | None] = mapped_column(Double)
    target: Mapped[float | None] = mapped_column(Double)
    deadline_on: Mapped[date | None]
    frequency: Mapped[str | None]
    responsible: Mapped[str | None]


class Report(Base):
    """What a lead agency reported for one 25th. Sent once and kept; a correction is the next edition."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("proposal_id", "period_on", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    period_on: Mapped[date]
    edition: Mapped[int]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    progress: Mapped[str]
    difficulties: Mapped[str]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime]

    sent_by: Mapped[User] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    values: Mapped[list[ReportValue]] = relationship(lazy="raise", order_by="ReportValue.id")


class ReportValue(Base):
    """One indicator in one report; without a value the note says why."""

    __tablename__ = "report_value"
    __table_args__ = (UniqueConstraint("report_id", "kpi_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    kpi_id: Mapped[int] = mapped_column(ForeignKey("kpi.id"))
    value: Mapped[float | None] = mapped_column(Double)
    note: Mapped[str]

    kpi: Mapped[Kpi] = relationship(lazy="raise")
