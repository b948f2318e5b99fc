"""People: creating them, signing in and out, one-time links and API tokens."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from pwdlib import PasswordHash
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from intake import clock
from intake.errors import Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import ApiToken, Login, Membership, OneTimeLink, Organisation, User
from intake.models.accounts import ROLES
from intake.policy import Actor, Role
from intake.services import audit
from intake.services.codes import hashed

LOGIN_LIFETIME = timedelta(hours=12)
LINK_LIFETIME = timedelta(days=3)
SHORTEST_PASSWORD = 12
TOKEN_BYTES = 16  # 128 bits
SYSTEM = Actor(user_id=None, role=Role.SYSTEM)

ROLE_LABELS: dict[str, Message] = {
    "applicant": N_("Applicant"),
    "secretary": N_("Secretariat"),
    "ministry_lead": N_("Ministry lead"),
    "ministry_reviewer": N_("Ministry reviewer"),
    "engineer": N_("Chief engineer"),
    "adviser": N_("Adviser of the National Advisory Council"),
    "committee_member": N_("Committee member"),
    "committee_chair": N_("Committee chair"),
    "implementer": N_("Lead agency"),
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
}


@dataclass(frozen=True)
class Identity:
    """Who is signed in: the person, the acting membership, and what the policy sees of both."""

    user: User
    membership: Membership
    memberships: list[Membership]
    actor: Actor


@cache
def hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def decoy() -> str:
    """Checked when there is no such account, so that the answer takes equally long."""
    return hasher().hash(secrets.token_urlsafe())


def password_hash(password: str) -> str:
    """Argon2id; slow on purpose, so never called inside a write transaction."""
    if len(password) < SHORTEST_PASSWORD:
        message = N_("A password needs at least %(count)s characters.", count=SHORTEST_PASSWORD)
        raise Invalid(errors=[("password", message)])
    return hasher().hash(password)


def authenticate(db: Session, email: str, password: str) -> User | None:
    """The person with this address and password; read only, and equally slow for unknown addresses."""
    user = db.scalar(select(User).where(User.email == email.strip().casefold(), User.is_active))
    stored = user.password_hash if user and user.password_hash else decoy()
    fits = hasher().verify(password, stored)
    return user if user and user.password_hash and fits else None


def memberships_of(db: Session, user_id: int) -> list[Membership]:
    """What a person may act as now, oldest first."""
    current = select(Membership).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    return list(db.scalars(current.options(selectinload(Membership.organisation)).order_by(Membership.id)))


def identity(db: Session, user: User, membership_id: int | None) -> Identity:
    """The person acting under one membership: the chosen one, else the oldest; NotFound when there is none left."""
    memberships = memberships_of(db, user.id)
    if not memberships:
        raise NotFound()
    chosen = next((m for m in memberships if m.id == membership_id), memberships[0])
    return Identity(user, chosen, memberships, actor_of(chosen, memberships))


def actor_of(chosen: Membership, memberships: list[Membership]) -> Actor:
    """What the policy needs to know; conflicts look at every organisation the person belongs to."""
    return Actor(
        user_id=chosen.user_id,
        role=Role(chosen.role),
        organisation_id=chosen.organisation_id,
        organisations=frozenset(m.organisation_id for m in memberships if m.organisation_id),
        system=chosen.system,
    )


def start_login(db: Session, user: User) -> str:
    """A new login; the token is for the cookie, the database keeps its hash."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    membership = next(iter(memberships_of(db, user.id)), None)
    db.add(
        Login(
            token_hash=hashed(token),
            user_id=user.id,
            membership_id=membership.id if membership else None,
            created_at=now,
            expires_at=now + LOGIN_LIFETIME,
        )
    )
    audit.record(db, "login.started", actor=Actor(user_id=user.id, role=Role.APPLICANT), subject=f"user:{user.id}")
    return token


def login_of(db: Session, token: str) -> Login | None:
    """The login that is still good: not revoked, not expired, of an active person."""
    now = clock.now()
    return db.scalar(
        select(Login)
        .join(Login.user)
        .where(Login.token_hash == hashed(token), Login.revoked_at.is_(None), Login.expires_at > now, User.is_active)
        .options(selectinload(Login.user))
    )


def end_login(db: Session, token: str) -> None:
    """Signing out works everywhere at once: a copied cookie is dead too."""
    db.execute(
        update(Login)
        .where(Login.token_hash == hashed(token), Login.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def end_all_logins(db: Session, user_id: int) -> None:
    db.execute(update(Login).where(Login.user_id == user_id, Login.revoked_at.is_(None)).values(revoked_at=clock.now()))


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


def create_user(
    db: Session,
    *,
    email: str,
    name: str,
    role: str,
    organisation_id: str | None = None,
    system: str | None = None,
    language: str = "vi",
    actor: Actor = SYSTEM,
) -> User:
    """A person with one membership; an existing address gets the further membership."""
    if role not in ROLES:
        raise Invalid(
            errors=[
                ("role", N_("There is no role %(role)s. Known roles: %(known)s.", role=role, known=", ".join(ROLES)))
            ]
        )
    if organisation_id and db.get(Organisation, organisation_id) is None:
        raise Invalid(
            errors=[("organisation", N_("There is no organisation %(id)s in the catalogue.", id=organisation_id))]
        )
    address = email.strip().casefold()
    user = db.scalar(select(User).where(User.email == address))
    if user is None:
        user = User(email=address, name=name, language=language, created_at=clock.now())
        db.add(user)
        db.flush()
    db.add(
        Membership(
            user_id=user.id,
            role=role,
            organisation_id=organisation_id,
            system=system,
            granted_by_id=actor.user_id,
            granted_at=clock.now(),
        )
    )
    granted = {"role": role, "organisation": organisation_id, "system": system}
    audit.record(db, "membership.granted", actor=actor, subject=f"user:{user.id}", data=granted)
    return user


def issue_link(db: Session, user: User, purpose: str) -> str:
    """A one-time token for `set_password` or `sign_in`."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    link = OneTimeLink(
        token_hash=hashed(token), user_id=user.id, purpose=purpose, created_at=now, expires_at=now + LINK_LIFETIME
    )
    db.add(link)
    return token


def link_owner(db: Session, token: str) -> tuple[User, str]:
    """Whose link this is and what for; NotFound when it was used, has expired or never existed."""
    found = db.execute(
        select(User, OneTimeLink.purpose)
        .join(OneTimeLink, OneTimeLink.user_id == User.id)
        .where(
            OneTimeLink.token_hash == hashed(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
            User.is_active,
        )
    ).first()
    if found is None:
        raise NotFound(N_("This link was already used or has expired. Ask for a new one."))
    return found.User, found.purpose


def use_link(db: Session, token: str, *, new_password_hash: str | None = None) -> User:
    """Consume the link, once even when followed twice at the same moment; optionally set the password."""
    user, _ = link_owner(db, token)
    used = db.scalar(
        update(OneTimeLink)
        .where(OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(OneTimeLink.id)
    )
    if used is None:
        raise NotFound(N_("This link was already used or has expired. Ask for a new one."))
    if new_password_hash:
        db.execute(update(User).where(User.id == user.id).values(password_hash=new_password_hash))
        end_all_logins(db, user.id)
        audit.record(db, "password.set", actor=Actor(user_id=user.id, role=Role.APPLICANT), subject=f"user:{user.id}")
    return user


def create_token(db: Session, user: User, *, days: int, scope: str, membership_id: int | None = None) -> str:
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
    audit.record(db, "token.created", actor=SYSTEM, subject=f"user:{user.id}", data={"scope": scope, "days": days})
    return token


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
