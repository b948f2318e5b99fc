"""People, what they may act as, and how they prove who they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.models.base import Base, one_of
from intake.models.organisations import Organisation

ROLES = (
    "applicant",
    "secretary",
    "ministry_lead",
    "ministry_reviewer",
    "engineer",
    "adviser",
    "committee_member",
    "committee_chair",
    "implementer",
    "administrator",
    "auditor",
)


class User(Base):
    """A person. What the person may do comes from memberships, never from here."""

    __tablename__ = "user"
    __table_args__ = (one_of("language", "vi", "en"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="vi")
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", lazy="raise", foreign_keys="Membership.user_id"
    )


class Membership(Base):
    """A role of a person, in an organisation or for a system, from one instant to another."""

    __tablename__ = "membership"
    __table_args__ = (one_of("role", *ROLES), Index(None, "organisation_id", "role"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    system: Mapped[str | None]
    is_manager: Mapped[bool] = mapped_column(default=False)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id], lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class Login(Base):
    """One sign-in on one device, revocable; the cookie carries its id, the table only the hash."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")


class OneTimeLink(Base):
    """A link sent by mail or printed by the command line: sets a password or signs in, once."""

    __tablename__ = "one_time_link"
    __table_args__ = (one_of("purpose", "set_password", "sign_in"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """A bearer token of a person: scoped, expiring, kept as a hash."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    scope: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Clearance(Base):
    """The secretary's permission for one owner to draft on an initiative that is stopped for everybody else."""

    __tablename__ = "clearance"
    __table_args__ = (UniqueConstraint("owner_id", "initiative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    initiative: Mapped[str]
    reason: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime]
