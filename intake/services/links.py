"""One-time links: sent by mail or handed over by an administrator, they set a password or sign in, once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import OneTimeLink, User
from intake.policy import Actor, Role
from intake.services import accounts, addresses, audit, logins, notices, passwords
from intake.services.codes import hashed

LINK_LIFETIME = timedelta(days=3)
RESET_LIFETIME = timedelta(hours=2)
TOKEN_BYTES = 16  # 128 bits
SET_PASSWORD = "set_password"
UNKNOWN_SUBJECT = N_("There is no account with this address")
UNKNOWN_BODY = (
    N_("Somebody asked for a new password for this address, but no account uses it."),
    N_("If it was you, try another address of yours, or open an account. If it was not you, do nothing."),
)
DEAD = N_("This link was already used or has expired. Ask for a new one.")


def issue(db: Session, user: User, purpose: str, *, lifetime: timedelta = LINK_LIFETIME) -> str:
    """A one-time token for `set_password` or `sign_in`."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    link = OneTimeLink(
        token_hash=hashed(token), user_id=user.id, purpose=purpose, created_at=now, expires_at=now + lifetime
    )
    db.add(link)
    return token


def owner(db: Session, token: str) -> tuple[User, str]:
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
        raise NotFound(DEAD)
    return found.User, found.purpose


def use(db: Session, token: str, *, new_password_hash: str | None = None) -> User:
    """Consume the link, once even when followed twice at the same moment; optionally set the password."""
    user, _ = owner(db, token)
    used = db.scalar(
        update(OneTimeLink)
        .where(OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(OneTimeLink.id)
    )
    if used is None:
        raise NotFound(DEAD)
    if new_password_hash:
        set_password(db, user, new_password_hash)
    return user


def set_password(db: Session, user: User, new_hash: str) -> None:
    """The password is new: every login and every other link of the person is void, and the person is told."""
    db.execute(update(User).where(User.id == user.id).values(password_hash=new_hash))
    logins.end_all(db, user.id)
    void(db, user.id)
    audit.record(db, "password.set", actor=Actor(user_id=user.id, role=Role.APPLICANT), subject=f"user:{user.id}")
    body = [
        N_("The password of your account was changed, and every login was ended."),
        N_("If this was not you, set a new password at once and tell an administrator."),
    ]
    key = f"password:{clock.now().timestamp()}"
    notices.notify(db, [user.id], N_("Your password was changed"), body, key=key, path="/login/forgotten")


def void(db: Session, user_id: int) -> None:
    """Links that were not used yet open nothing any more."""
    waiting = (OneTimeLink.user_id == user_id, OneTimeLink.used_at.is_(None))
    db.execute(update(OneTimeLink).where(*waiting).values(used_at=clock.now()))


def ask_reset(db: Session, email: str, *, language: str) -> None:
    """Send a link that sets a new password. An address without an account gets a mail too: the answer, and the time
    it takes, tell nobody which of both it was.
    """
    address = addresses.checked(email)
    user = accounts.by_address(db, address)
    if user is None:
        notices.write(db, address, language, UNKNOWN_SUBJECT, UNKNOWN_BODY, key=fresh_key(), path="/account/new")
        return
    void(db, user.id)
    token = issue(db, user, SET_PASSWORD, lifetime=RESET_LIFETIME)
    asker = Actor(user_id=user.id, role=Role.APPLICANT)
    audit.record(db, "password.reset_asked", actor=asker, subject=f"user:{user.id}")
    body = [
        N_("Somebody asked for a new password for your account. The link works once, for two hours."),
        N_("If it was not you, do nothing: your password stays as it is."),
    ]
    send(db, user, N_("Set a new password"), body, token)


def invite_to_set_password(db: Session, user: User, body: list[Message]) -> None:
    """Send a new person the link with which the account begins."""
    token = issue(db, user, SET_PASSWORD)
    send(db, user, N_("Your account for breakthrough initiatives"), body, token)


def send(db: Session, user: User, subject: Message, body: list[Message], token: str) -> None:
    path = f"/link/{token}"
    notices.write(db, user.email, user.language, subject, body, key=fresh_key(), path=path, is_secret=True)


def fresh_key() -> str:
    """A key for a mail that is a new one each time."""
    return f"link:{secrets.token_hex(TOKEN_BYTES)}"


def own_words(user: User) -> tuple[str, str]:
    """What a password must not be made of."""
    return user.name, user.email


def hash_for(user: User, password: str) -> str:
    """The hash of a new password; Invalid when it is weak. Slow: outside write transactions."""
    return passwords.password_hash(password, about=own_words(user))


def refuse_wrong(user: User, password: str, path: str) -> None:
    """Raise Invalid at `path` unless this is the person's password."""
    if not passwords.fits(password, user.password_hash):
        raise Invalid(errors=[(path, N_("This is not your current password."))])
