"""People: who they are, what they act as now, and their API tokens."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake import clock
from intake.errors import NotFound
from intake.models import ApiToken, Membership, User
from intake.policy import Actor, Role
from intake.services import addresses, audit, memberships, passwords
from intake.services.codes import hashed

SYSTEM = Actor(user_id=None, role=Role.SYSTEM)


@dataclass(frozen=True)
class Identity:
    """Who is signed in: the person, the acting membership, and what the policy sees of both."""

    user: User
    membership: Membership
    memberships: list[Membership]
    actor: Actor


def password_hash(password: str) -> str:
    """Argon2id; slow on purpose, so never called inside a write transaction."""
    return passwords.password_hash(password)


def authenticate(db: Session, email: str, password: str) -> User | None:
    """The person with this address and password; read only, and equally slow for unknown addresses."""
    user = by_address(db, email)
    return user if passwords.fits(password, user.password_hash if user else None) else None


def by_address(db: Session, email: str) -> User | None:
    """The active account with this address."""
    return db.scalar(select(User).where(User.email == addresses.plain(email), User.is_active))


def memberships_of(db: Session, user_id: int) -> list[Membership]:
    """What a person may act as now, oldest first."""
    current = select(Membership).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    return list(db.scalars(current.options(selectinload(Membership.organisation)).order_by(Membership.id)))


def identity(db: Session, user: User, membership_id: int | None) -> Identity:
    """The person acting under one membership: the chosen one, else the oldest; NotFound when there is none left."""
    held = memberships_of(db, user.id)
    if not held:
        raise NotFound()
    chosen = next((m for m in held if m.id == membership_id), held[0])
    return Identity(user, chosen, held, actor_of(chosen, held))


def actor_of(chosen: Membership, held: list[Membership]) -> Actor:
    """What the policy needs to know; conflicts look at every organisation the person belongs to."""
    return Actor(
        user_id=chosen.user_id,
        role=Role(chosen.role),
        organisation_id=chosen.organisation_id,
        organisations=frozenset(m.organisation_id for m in held if m.organisation_id),
        system=chosen.system,
        is_manager=chosen.is_manager,
    )


def create_user(
    db: Session,
    *,
    email: str,
    name: str,
    role: str,
    organisation_id: str | None = None,
    system: str | None = None,
    language: str = "vi",
    is_manager: bool = False,
    actor: Actor = SYSTEM,
) -> User:
    """A person with one membership; an existing address gets the further membership."""
    memberships.refuse_impossible(db, role=role, organisation_id=organisation_id, system=system)
    address = addresses.plain(email)
    user = db.scalar(select(User).where(User.email == address))
    if user is None:
        user = User(email=address, name=name, language=language, created_at=clock.now())
        db.add(user)
        db.flush()
    memberships.add(
        db, user, role=role, organisation_id=organisation_id, system=system, is_manager=is_manager, actor=actor
    )
    return user


def create_token(
    db: Session, user: User, *, days: int, scope: str, membership_id: int | None = None, actor: Actor = SYSTEM
) -> str:
    """An API token for this person; only its hash is kept."""
    token, now = f"intake_{secrets.token_urlsafe(32)}", clock.now()
    db.add(
        ApiToken(
            token_hash=hashed(token),
            user_id=user.id,
            membership_id=membership_id,
            scope=scope,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    audit.record(db, "token.created", actor=actor, subject=f"user:{user.id}", data={"scope": scope, "days": days})
    return token


def is_of_closed_account(db: Session, token: str) -> bool:
    """Whether this is a token of somebody whose account is closed now."""
    closed = select(ApiToken.id).join(User, User.id == ApiToken.user_id)
    return db.scalar(closed.where(ApiToken.token_hash == hashed(token), ~User.is_active)) is not None


def token_identity(db: Session, token: str) -> tuple[Identity, str] | None:
    """Whose token this is and its scope, or None when it is not good (any more)."""
    found = db.execute(
        select(User, ApiToken.membership_id, ApiToken.scope)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(
            ApiToken.token_hash == hashed(token),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > clock.now(),
            User.is_active,
        )
    ).first()
    if found is None:
        return None
    acting = identity(db, found.User, found.membership_id)
    if found.membership_id not in (None, acting.membership.id):
        return None  # the role it was made for has ended
    return acting, found.scope
