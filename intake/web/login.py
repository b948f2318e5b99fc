"""Who is signed in: the login row, its person and the acting membership, behind Flask-Login."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from intake import clock
from intake.errors import Forbidden, NotFound
from intake.i18n import N_
from intake.policy import Actor
from intake.services import accounts
from intake.services.accounts import Identity
from intake.web.resources import resources

IDLE_LIFETIME = timedelta(hours=2)
SEEN = "seen"
# The cookie is written again only when its clock has moved by this much.
SEEN_STEP = timedelta(minutes=5)


class SignInFirst(Exception):
    """The page is for people who are signed in, and nobody is."""


class SignedIn(UserMixin):
    """One login as Flask-Login wants to see it: its id is the login's token, so that a revoked row ends it."""

    def __init__(self, token: str, identity: Identity) -> None:
        self.token, self.identity = token, identity

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
        login = accounts.login_of(db, token)
        if login is None:
            return None
        try:
            identity = accounts.identity(db, login.user, login.membership_id)
        except NotFound:
            return None
    if idle > SEEN_STEP.total_seconds():
        session[SEEN] = now
    return SignedIn(token, identity)


def current_identity() -> Identity | None:
    """The person, the memberships and the actor; None when nobody is signed in."""
    return current_user.identity if current_user.is_authenticated else None


def current_actor() -> Actor:
    """Who acts in this request; raises SignInFirst when nobody is signed in."""
    identity = current_identity()
    if identity is None:
        raise SignInFirst()
    return identity.actor


def current_token() -> str:
    """The token of the login that this request came with."""
    return current_user.get_id()


def sign_in(user: Any) -> Identity:
    """Start a login for `user` in a fresh cookie; whatever the old one carried is gone."""
    try:
        identity = accounts.identity(g.db, user, None)
    except NotFound:
        raise Forbidden(N_("This account holds no role at present. Ask an administrator for one.")) from None
    token = accounts.start_login(g.db, user)
    session.clear()
    session[SEEN] = int(clock.now().timestamp())
    login_user(SignedIn(token, identity))
    return identity


def sign_out() -> None:
    """End the login everywhere and empty the cookie."""
    if current_user.is_authenticated:
        accounts.end_login(g.db, current_token())
    logout_user()
    session.clear()
