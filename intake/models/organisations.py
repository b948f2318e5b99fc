"""Bodies of the state, the Party and society; who decides; what an administrator may edit about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.models.base import Base, one_of


class Organisation(Base):
    """One body; the id is the catalogue's (`byt`) or ours for those registered later."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True)
    name_vi: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    abbreviation: Mapped[str | None]
    sort_key: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    letterhead: Mapped[dict[str, Any]] = mapped_column(default=dict)
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))

    def name_in(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_vi


class FormerName(Base):
    """What an organisation was called before it was renamed or merged into another."""

    __tablename__ = "former_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_vi: Mapped[str]
    name_en: Mapped[str]
    abbreviation: Mapped[str | None]
    until_at: Mapped[datetime]


class Body(Base):
    """A body that sits and decides, with its rules as data (DESIGN: quorum and majority are ours)."""

    __tablename__ = "body"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    quorum_numerator: Mapped[int] = mapped_column(default=2)
    quorum_denominator: Mapped[int] = mapped_column(default=3)
    mode: Mapped[str] = mapped_column(default="ballot")

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    members: Mapped[list[BodyMember]] = relationship(
        back_populates="body", lazy="raise", order_by="BodyMember.position"
    )


class BodyMember(Base):
    """A seat in a body."""

    __tablename__ = "body_member"
    __table_args__ = (UniqueConstraint("body_id", "user_id"), one_of("seat", "chair", "deputy", "member"))

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.organisation_id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    seat: Mapped[str] = mapped_column(default="member")
    title: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    ended_on: Mapped[date | None]

    body: Mapped[Body] = relationship(back_populates="members", lazy="raise")


class LetterheadSetting(Base):
    """How the papers of an issuer look from a day on; the newest row not after a paper's date counts for it."""

    __tablename__ = "letterhead_setting"
    __table_args__ = (UniqueConstraint("issuer", "effective_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    effective_from: Mapped[date]
    declaration: Mapped[dict[str, Any]]


class ProcedureStage(Base):
    """A stage of a declared procedure, so that a proposal can only be where its procedure has a place."""

    __tablename__ = "procedure_stage"
    __table_args__ = (UniqueConstraint("procedure", "procedure_version", "state", "is_open"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure: Mapped[str]
    procedure_version: Mapped[int]
    state: Mapped[str]
    is_open: Mapped[bool]


class Period(Base):
    """Working days for a state from a day on; the newest row not in the future counts."""

    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("procedure", "state", "effective_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure: Mapped[str]
    state: Mapped[str]
    days: Mapped[int]
    effective_from: Mapped[date]


class CalendarDay(Base):
    """A day that differs from the usual week: a holiday, or a Saturday worked in exchange."""

    __tablename__ = "calendar_day"

    on: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str]


class RoutingDefault(Base):
    """Which ministry leads and which cooperate, by default, for an initiative or a system (ours, editable)."""

    __tablename__ = "routing_default"
    __table_args__ = (UniqueConstraint("subject", "organisation_id"), one_of("role", "lead", "cooperating"))

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str]
    position: Mapped[int]


class ScoringScheme(Base):
    """A version of the weights, anchors and floors, from a day on."""

    __tablename__ = "scoring_scheme"

    id: Mapped[str] = mapped_column(primary_key=True)
    declaration: Mapped[dict[str, Any]]
    effective_from: Mapped[date]
