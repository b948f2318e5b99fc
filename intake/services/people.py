"""What a person says of themselves, and what is said of one person on the pages of an administrator."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.errors import Invalid
from intake.i18n import LANGUAGES, N_
from intake.models import User
from intake.models.accounts import searched
from intake.policy import Actor
from intake.services import addresses, audit


def describe(db: Session, user: User, *, name: str, language: str, actor: Actor) -> None:
    """Change name and language of a person, by themselves or by an administrator; old and new are recorded."""
    full_name = addresses.checked_name(name)
    if language not in LANGUAGES:
        raise Invalid(errors=[("language", N_("Choose a language."))])
    old, new = {"name": user.name, "language": user.language}, {"name": full_name, "language": language}
    if old == new:
        return
    db.execute(update(User).where(User.id == user.id).values(**new, folded=searched(full_name, user.email)))
    changed = {key for key in old if old[key] != new[key]}
    data = {"old": {key: old[key] for key in changed}, "new": {key: new[key] for key in changed}}
    audit.record(db, "user.described", actor=actor, subject=f"user:{user.id}", data=data)
