"""Opening an account oneself: a link shows that the address is one's own; the answer tells nobody what is known."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import NotFound
from intake.i18n import N_
from intake.models import Registration, User
from intake.policy import Actor, Role
from intake.services import accounts, addresses, audit, links, memberships, notices
from intake.services.codes import hashed

LIFETIME = timedelta(days=1)


def ask(db: Session, *, name: str, email: str, language: str) -> None:
    """Send a link to the address; whoever has an account gets a mail that says so. The asker sees no difference."""
    address, full_name = addresses.checked(email), addresses.checked_name(name)
    known = accounts.by_address(db, address)
    if known is not None:
        tell_known(db, known)
        return
    token, now = secrets.token_urlsafe(links.TOKEN_BYTES), clock.now()
    db.add(
        Registration(
            token_hash=hashed(token),
            email=address,
            name=full_name,
            language=language,
            created_at=now,
            expires_at=now + LIFETIME,
        )
    )
    body = [
        N_("Open the link and set a password: then the account is yours. The link works once, for one day."),
        N_("If it was not you who asked, do nothing: no account is opened."),
    ]
    notices.write(
        db,
        address,
        language,
        N_("Confirm your address"),
        body,
        key=links.fresh_key(),
        path=f"/account/confirm/{token}",
        is_secret=True,
    )


def tell_known(db: Session, user: User) -> None:
    body = [
        N_("Somebody wanted to open an account with this address, but you have one already. Sign in with it."),
        N_("If you forgot the password, ask for a new one on the sign-in page. If it was not you, do nothing."),
    ]
    subject = N_("You already have an account")
    notices.write(db, user.email, user.language, subject, body, key=links.fresh_key(), path="/login")


def waiting(db: Session, token: str) -> Registration:
    """The registration behind a link; NotFound when it was used, has expired or never existed."""
    found = db.scalar(
        select(Registration).where(
            Registration.token_hash == hashed(token),
            Registration.used_at.is_(None),
            Registration.expires_at > clock.now(),
        )
    )
    if found is None:
        raise NotFound(links.DEAD)
    return found


def confirm(db: Session, token: str, new_hash: str) -> User:
    """Open the account: a person who acts as applicant, for nobody but themselves."""
    asked = waiting(db, token)
    taken = db.scalar(select(User.id).where(User.email == asked.email))
    open_links = (Registration.email == asked.email, Registration.used_at.is_(None))
    used = update(Registration).where(*open_links).values(used_at=clock.now()).returning(Registration.id)
    if not db.scalars(used).all() or taken is not None:
        raise NotFound(links.DEAD)
    return open_account(db, email=asked.email, name=asked.name, language=asked.language, new_hash=new_hash)


def open_account(db: Session, *, email: str, name: str, language: str, new_hash: str) -> User:
    """A new person with a password, who is an individual applicant and nothing else."""
    user = User(email=email, name=name, language=language, password_hash=new_hash, created_at=clock.now())
    db.add(user)
    db.flush()
    own = Actor(user_id=user.id, role=Role.APPLICANT)
    audit.record(db, "account.opened", actor=own, subject=f"user:{user.id}")
    memberships.add(db, user, role=Role.APPLICANT.value, actor=own)
    return user
