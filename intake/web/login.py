"""Who is signed in: the login row, its person and the acting membership, behind Flask-Login."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from intake import clock, log
from intake.errors import Forbidden, NotFound
from intake.i18n import N_
from intake.models import User
from intake.policy import Actor, Role
from intake.services import accounts, logins
from intake.services.accounts import Identity
from intake.web.resources import resources

IDLE_LIFETIME = timedelta(hours=2)
SEEN = "seen"
# The cookie is written again, and the list of logins told, only when the clock has moved by this much.
SEEN_STEP = timedelta(minutes=5)
WAITING = "second factor of"
WAITING_LIFETIME = timedelta(minutes=10)


class SignInFirst(Exception):
    """The page is for people who are signed in, and nobody is."""


class SecondFactorFirst(Exception):
    """The acting role asks for a second factor, and this login has shown none."""


class SignedIn(UserMixin):
    """One login as Flask-Login wants to see it: its id is the login's token, so that a revoked row ends it."""

    def __init__(self, token: str, identity: Identity, *, has_second_factor: bool) -> None:
        self.token, self.identity, self.has_second_factor = token, identity, has_second_factor

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask) -> None:
    """Load people from the signed cookie; nothing is remembered beyond the login row."""
    manager = LoginManager(app)
    manager.session_protection = ""  # a changed address or browser says nothing; the row does
    manager.user_loader(load)


def load(token: str) -> SignedIn | None:
    """The person of a login that is neither revoked, expired nor idle for too long."""
    now = int(clock.now().timestamp())
    idle = now - int(session.get(SEEN, 0))
    if idle > IDLE_LIFETIME.total_seconds():
        return None
    # A session of its own: what it loads must outlive a rolled back view.
    with resources().database.reading() as db:
        login = logins.of_token(db, token)
        if login is None:
            g.is_of_closed_account = logins.is_of_closed_account(db, token)
            return None
        try:
            identity = accounts.identity(db, login.user, login.membership_id)
        except NotFound:
            return None
    log.name_person(identity.user.id)
    if idle > SEEN_STEP.total_seconds():
        session[SEEN] = now
        resources().database.transact(lambda db: logins.note_seen(db, token))
    return SignedIn(token, identity, has_second_factor=login.second_factor_at is not None)


def current_identity() -> Identity | None:
    """The person, the memberships and the actor; None when nobody is signed in."""
    return current_user.identity if current_user.is_authenticated else None


def current_person() -> Identity:
    """Who is here, whatever the role: for one's own account, also while a second factor is still to be set up."""
    identity = current_identity()
    if identity is None and g.get("is_of_closed_account") and request.view_args:
        raise NotFound()  # what a closed account knew is gone for it, not waiting behind a sign-in
    if identity is None:
        raise SignInFirst()
    return identity


def current_actor() -> Actor:
    """Who acts in this request; raises SignInFirst when nobody does, SecondFactorFirst when the role asks for one."""
    actor = current_person().actor
    if must_show_second_factor(actor):
        raise SecondFactorFirst()
    return actor


def must_show_second_factor(actor: Actor) -> bool:
    """Officials act only in a login that has shown a second factor, where the settings ask for it."""
    return bool(
        resources().settings.require_mfa and actor.role is not Role.APPLICANT and not current_user.has_second_factor
    )


def must_have_second_factor(identity: Identity) -> bool:
    """Whether some role of the person asks for a second factor here."""
    is_official = any(held.role != Role.APPLICANT for held in identity.memberships)
    return bool(resources().settings.require_mfa and is_official)


def has_second_factor() -> bool:
    """Whether this login has shown one."""
    return current_user.has_second_factor


def current_token() -> str:
    """The token of the login that this request came with."""
    return current_user.get_id()


def sign_in(user: User, membership_id: int | None = None, *, has_second_factor: bool = False) -> Identity:
    """Start a login for `user` in a fresh cookie; whatever the old one carried is gone."""
    try:
        identity = accounts.identity(g.db, user, membership_id)
    except NotFound:
        raise Forbidden(N_("This account holds no role at present. Ask an administrator for one.")) from None
    token = logins.start(
        g.db,
        user,
        identity.membership.id,
        device=request.user_agent.string,
        address=request.remote_addr or "",
        has_second_factor=has_second_factor,
    )
    session.clear()
    session[SEEN] = int(clock.now().timestamp())
    login_user(SignedIn(token, identity, has_second_factor=has_second_factor))
    return identity


def wait_for_second_factor(user: User, wanted: str) -> None:
    """Remember in a fresh cookie whose password was right; nobody is signed in yet."""
    session.clear()
    now = int(clock.now().timestamp())
    session[WAITING] = {"user": user.id, "at": now, "password": mark_of(user), "next": wanted}


def waiting(db: Any) -> tuple[User, str] | None:
    """Who has to show a second factor now and where they wanted to go; None when nobody, or when it took too long."""
    kept = session.get(WAITING)
    if not isinstance(kept, dict) or clock.now().timestamp() - kept["at"] > WAITING_LIFETIME.total_seconds():
        return None
    user = db.get(User, kept["user"])
    if user is None or not user.is_active or mark_of(user) != kept["password"]:
        return None
    return user, kept["next"]


def mark_of(user: User) -> str:
    """Changes with the password, so that an old cookie is worth nothing after a new one was set."""
    return sha256(f"{user.id}:{user.password_hash}".encode()).hexdigest()[:16]


def sign_out() -> None:
    """End the login everywhere and empty the cookie."""
    if current_user.is_authenticated:
        logins.end(g.db, current_token())
    logout_user()
    session.clear()
