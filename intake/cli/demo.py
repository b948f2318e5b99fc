"""`intake demo`: organisations, accounts and proposals in different states, made by the same services people use."""

from __future__ import annotations

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.cli.accounts import demo_password
from intake.cli.demo_stories import STORIES, Stage, tell
from intake.cli.demo_year import people, telling
from intake.cli.world import NoAnswer, database, settings
from intake.config import Environment
from intake.db import Database
from intake.models import BodyMember, Organisation, Proposal, User
from intake.services import accounts, passwords
from intake.services.demo_accounts import ACCOUNTS, UNIVERSITY, UNIVERSITY_NAME_EN, UNIVERSITY_NAME_VI, Account
from intake.vietnamese import sort_key


@click.command()
@click.option(
    "--short", is_flag=True, help="A dozen proposals, told as if all happened now: quick, and enough to test."
)
def demo(short: bool) -> None:
    """Fill an empty database with the demonstration; refuses one that holds real data."""
    if settings().env is Environment.PRODUCTION:
        raise NoAnswer("an installation in production has no demonstration")
    (build if short else build_year)(database())


def build_year(target: Database, *, password: str | None = None) -> None:
    """A year of proposals in every state, all or nothing; what is already there is left alone."""
    hashed = passwords.hasher().hash(password or demo_password())
    if is_empty(target):
        telling.tell(target, lambda db: add_people(db, hashed))
    else:
        with target.writing() as db:
            add_people(db, hashed)


def add_people(db: Session, hashed: str) -> None:
    """Everybody who takes part in the year."""
    add_everybody(db, hashed)
    people.add_bodies(db)
    for account in people.accounts():
        add_account(db, account, hashed)


def build(target: Database, *, password: str | None = None) -> None:
    """Accounts once, then each story; what is already there is left alone."""
    told = not is_empty(target)
    hashed = passwords.hasher().hash(password or demo_password())
    with target.writing() as db:
        add_everybody(db, hashed)
    if told:
        return
    stage = Stage(target)
    with click.progressbar(STORIES, label="Making demonstration proposals", show_pos=True) as stories:
        for story in stories:
            tell(stage, story)


def is_empty(target: Database) -> bool:
    """Whether nothing is told yet; NoAnswer where somebody's own proposals are."""
    with target.reading() as db:
        refuse_real_data(db)
        if not db.scalar(select(func.count()).select_from(Proposal)):
            return True
    click.echo("The demonstration is already there.")
    return False


def add_everybody(db: Session, hashed: str) -> None:
    """The university and the accounts that are shown."""
    add_university(db)
    for account in ACCOUNTS:
        add_account(db, account, hashed)


def refuse_real_data(db: Session) -> None:
    """Real data = a proposal that does not carry the demonstration's mark."""
    if db.scalar(select(Proposal.id).where(~Proposal.is_illustrative).limit(1)):
        raise NoAnswer("this database holds real proposals; the demonstration needs one of its own")


def add_university(db: Session) -> None:
    if db.get(Organisation, UNIVERSITY) is None:
        db.add(
            Organisation(
                id=UNIVERSITY,
                name_vi=UNIVERSITY_NAME_VI,
                name_en=UNIVERSITY_NAME_EN,
                kind="university",
                sort_key=sort_key(UNIVERSITY_NAME_VI),
            )
        )
        db.flush()


def add_account(db: Session, account: Account, hashed: str) -> None:
    """The person with memberships and seats; an account that exists only gets the password of today."""
    user = db.scalar(select(User).where(User.email == account.email))
    if user is not None:
        user.password_hash = hashed
        return
    for role, organisation, system in account.memberships:
        user = accounts.create_user(
            db,
            email=account.email,
            name=account.name,
            role=role,
            organisation_id=organisation,
            system=system,
            is_manager=account.is_manager,
        )
    assert user is not None
    user.password_hash = hashed
    for body, seat in account.seats:
        count = db.scalar(select(func.count()).select_from(BodyMember).where(BodyMember.body_id == body)) or 0
        db.add(BodyMember(body_id=body, user_id=user.id, seat=seat, title=account.title, position=count + 1))
    db.flush()
