"""What commands work with: the settings and the database they name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.config import Settings
from intake.db import Database
from intake.models import User
from intake.policy import Actor, Role
from intake.services import accounts
from intake.services.accounts import Identity

# Whoever may type commands here could read the files of the database as well: they see what the secretariat sees.
OPERATOR = Actor(user_id=None, role=Role.SECRETARY)
WRITABLE = click.Path(dir_okay=False, writable=True, path_type=Path)
OUTPUT = click.option("-o", "--output", required=True, type=WRITABLE, help="The file to write.")


class NoAnswer(Exception):
    """The answer is "no": the text says why; the exit code is 1."""


@cache
def settings() -> Settings:
    return Settings()


@cache
def database() -> Database:
    return Database(settings().database_url)


def person(db: Session, email: str) -> User:
    """The account with this address; NoAnswer when there is none."""
    found = db.scalar(select(User).where(User.email == email.strip().casefold()))
    if found is None:
        raise NoAnswer(f"there is no account {email}; make one with: intake user create")
    return found


def acting(db: Session, email: str, *roles: str) -> Identity:
    """The person acting under the first membership with one of `roles` (any role when none is named)."""
    user = person(db, email)
    memberships = accounts.memberships_of(db, user.id)
    fitting = [membership for membership in memberships if not roles or membership.role in roles]
    if not fitting:
        raise NoAnswer(f"{email} does not act as {' or '.join(roles)}")
    return accounts.identity(db, user, fitting[0].id)
