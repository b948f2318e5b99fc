"""One's own API tokens: made, listed without their secret, revoked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import ApiToken, Membership
from intake.policy import Actor, Subject
from intake.services import accounts, audit
from intake.services.accounts import Identity

SCOPES = ("read", "write")
LONGEST_DAYS = 366
MOST_TOKENS = 20


@dataclass(frozen=True)
class TokenLine:
    """One token that is still good; the secret itself is kept nowhere."""

    id: int
    scope: str
    membership_id: int | None
    created_at: datetime
    expires_at: datetime


def listing(db: Session, *, actor: Actor) -> list[TokenLine]:
    """One's own tokens that are still good, the newest first."""
    policy.ensure(actor, "token.create", Subject())
    columns = (ApiToken.id, ApiToken.scope, ApiToken.membership_id, ApiToken.created_at, ApiToken.expires_at)
    good = (ApiToken.user_id == actor.user_id, ApiToken.revoked_at.is_(None), ApiToken.expires_at > clock.now())
    rows = db.execute(select(*columns).where(*good).order_by(ApiToken.id.desc()))
    return [TokenLine(**row._mapping) for row in rows]


def issue(db: Session, person: Identity, *, scope: str, days: int | None, membership_id: int | None) -> str:
    """A new token of the person, acting under one of their roles; the caller shows it once."""
    policy.ensure(person.actor, "token.create", Subject())
    errors = faults(person.memberships, scope, days, membership_id)
    if not errors and len(listing(db, actor=person.actor)) >= MOST_TOKENS:
        errors.append(("scope", N_("You have %(count)s tokens. Revoke one you no longer need.", count=MOST_TOKENS)))
    if errors or days is None:
        raise Invalid(errors=errors)
    return accounts.create_token(
        db, person.user, days=days, scope=scope, membership_id=membership_id, actor=person.actor
    )


def faults(
    held: Sequence[Membership], scope: str, days: int | None, membership_id: int | None
) -> list[tuple[str, Message]]:
    errors: list[tuple[str, Message]] = []
    if scope not in SCOPES:
        errors.append(("scope", N_("Choose what the token may do.")))
    if days is None or not 1 <= days <= LONGEST_DAYS:
        errors.append(("days", N_("Enter a number of days from 1 to %(count)s.", count=LONGEST_DAYS)))
    if membership_id not in {one.id for one in held}:
        errors.append(("membership", N_("Choose one of your roles.")))
    return errors


def revoke(db: Session, token_id: int, *, actor: Actor) -> None:
    """End one of one's own tokens at once; NotFound for any other."""
    policy.ensure(actor, "token.create", Subject())
    hit = db.scalar(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.user_id == actor.user_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(ApiToken.id)
    )
    if hit is None:
        raise NotFound()
    audit.record(db, "token.revoked", actor=actor, subject=f"user:{actor.user_id}", data={"token": token_id})
