"""Logins: one row a device, started at sign-in, listed for its person, ended one by one or all at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from intake import clock
from intake.errors import NotFound
from intake.models import Login, Membership, User
from intake.policy import Actor, Role
from intake.services import audit
from intake.services.codes import hashed

LOGIN_LIFETIME = timedelta(hours=12)
TOKEN_BYTES = 16  # 128 bits
LONGEST_DEVICE = 300
LONGEST_ADDRESS = 64


@dataclass(frozen=True)
class LoginLine:
    """One login of one's own; `device` is what the browser says of itself."""

    id: int
    device: str
    address: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_this: bool


def start(
    db: Session,
    user: User,
    membership_id: int | None,
    *,
    device: str = "",
    address: str = "",
    has_second_factor: bool = False,
) -> str:
    """A new login; the token is for the cookie, the database keeps its hash."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    db.add(
        Login(
            token_hash=hashed(token),
            user_id=user.id,
            membership_id=membership_id,
            created_at=now,
            expires_at=now + LOGIN_LIFETIME,
            seen_at=now,
            second_factor_at=now if has_second_factor else None,
            device=device[:LONGEST_DEVICE],
            address=address[:LONGEST_ADDRESS],
        )
    )
    audit.record(db, "login.started", actor=Actor(user_id=user.id, role=Role.APPLICANT), subject=f"user:{user.id}")
    return token


def of_token(db: Session, token: str) -> Login | None:
    """The login that is still good: not revoked, not expired, of an active person."""
    now = clock.now()
    return db.scalar(
        select(Login)
        .join(Login.user)
        .where(Login.token_hash == hashed(token), Login.revoked_at.is_(None), Login.expires_at > now, User.is_active)
        .options(selectinload(Login.user))
    )


def is_of_closed_account(db: Session, token: str) -> bool:
    """Whether this was a login of somebody whose account is closed now."""
    closed = select(Login.id).join(Login.user).where(Login.token_hash == hashed(token), ~User.is_active)
    return db.scalar(closed) is not None


def listing(db: Session, user_id: int | None, token: str) -> list[LoginLine]:
    """One's own logins that are still good, the last used first."""
    good = (Login.user_id == user_id, Login.revoked_at.is_(None), Login.expires_at > clock.now())
    rows = db.scalars(select(Login).where(*good).order_by(Login.seen_at.desc(), Login.id.desc()))
    return [
        LoginLine(
            id=row.id,
            device=row.device,
            address=row.address,
            created_at=row.created_at,
            seen_at=row.seen_at or row.created_at,
            expires_at=row.expires_at,
            is_this=row.token_hash == hashed(token),
        )
        for row in rows
    ]


def note_seen(db: Session, token: str) -> None:
    """Remember that the login is in use; called in steps of minutes, not at every page."""
    db.execute(update(Login).where(Login.token_hash == hashed(token)).values(seen_at=clock.now()))


def note_second_factor(db: Session, token: str) -> None:
    db.execute(update(Login).where(Login.token_hash == hashed(token)).values(second_factor_at=clock.now()))


def end(db: Session, token: str) -> None:
    """Signing out works everywhere at once: a copied cookie is dead too."""
    revoke(db, Login.token_hash == hashed(token))


def end_one(db: Session, login_id: int, *, actor: Actor) -> None:
    """End one of one's own logins, on a device left behind; NotFound for any other."""
    if not revoke(db, Login.id == login_id, Login.user_id == actor.user_id):
        raise NotFound()
    audit.record(db, "login.ended", actor=actor, subject=f"user:{actor.user_id}", data={"login": login_id})


def end_everywhere(db: Session, *, actor: Actor) -> None:
    """Sign out on every device, this one included."""
    assert actor.user_id is not None
    ended = end_all(db, actor.user_id)
    audit.record(db, "login.all_ended", actor=actor, subject=f"user:{actor.user_id}", data={"count": ended})


def end_all(db: Session, user_id: int) -> int:
    """Revoke every login of a person; how many there were."""
    return revoke(db, Login.user_id == user_id)


def end_others(db: Session, user_id: int, token: str) -> int:
    """Revoke every login of a person but this one."""
    return revoke(db, Login.user_id == user_id, Login.token_hash != hashed(token))


def revoke(db: Session, *which: object) -> int:
    conditions = [Login.revoked_at.is_(None), *which]
    ended = update(Login).where(*conditions).values(revoked_at=clock.now()).returning(Login.id)
    return len(db.scalars(ended, execution_options={"synchronize_session": False}).all())


def act_as(db: Session, token: str, membership_id: int, *, actor: Actor) -> None:
    """Change the acting membership of a login; NotFound unless it is one's own and current."""
    own = db.scalar(
        select(Membership.id).where(
            Membership.id == membership_id, Membership.user_id == actor.user_id, Membership.ended_at.is_(None)
        )
    )
    if own is None:
        raise NotFound()
    db.execute(update(Login).where(Login.token_hash == hashed(token)).values(membership_id=membership_id))
