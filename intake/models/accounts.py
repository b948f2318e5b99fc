"""People, what they may act as, and how they prove who they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text, true
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.models.base import Base, one_of
from intake.models.organisations import Organisation
from intake.vietnamese import fold

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


INVITED_TO = "(proposal_id IS NULL) <> (role IS NULL)"


def searched(name: str, email: str) -> str:
    """What an administrator's search looks at: name and address without marks."""
    return fold(f"{name} {email}")


def searched_at_first(context: DefaultExecutionContext) -> str:
    values = context.get_current_parameters()
    return searched(values["name"], values["email"])


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
    folded: Mapped[str] = mapped_column(default=searched_at_first, server_default="")

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
    """One sign-in on one device, revocable; the cookie carries its id, the table only the hash.

    `seen_at` moves in steps of minutes, and `second_factor_at` says that the second factor was shown in this login.
    """

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    second_factor_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="", server_default="")
    address: Mapped[str] = mapped_column(default="", server_default="")

    user: Mapped[User] = relationship(lazy="raise")


class SecondFactor(Base):
    """The shared secret of a person's authenticator; counts only once confirmed by a first code.

    `last_step` is the time step of the last code taken: the same code is never taken twice.
    """

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    secret: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """One of the codes that stand in for a lost authenticator, each once; kept as a hash."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]


class Registration(Base):
    """Somebody who wants an account and has not yet shown that the address is theirs."""

    __tablename__ = "registration"
    __table_args__ = (one_of("language", "vi", "en"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """An address that was asked to join an organisation in a role, or a proposal as co-author."""

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("role", *ROLES),
        one_of("relation", "coauthor_edit", "coauthor_read"),
        CheckConstraint(INVITED_TO, name="to_one_thing"),
        Index(None, "organisation_id"),
        Index(None, "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    role: Mapped[str | None]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    is_manager: Mapped[bool] = mapped_column(default=False, server_default=false())
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    relation: Mapped[str | None]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    invited_by: Mapped[User] = relationship(lazy="raise")


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
    __table_args__ = (
        Index(
            "uq_clearance_in_force",
            "owner_id",
            "initiative",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    initiative: Mapped[str]
    reason: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str | None]
