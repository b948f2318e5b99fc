"""The demonstration's accounts, desk by desk, and how one is found for signing in with one click."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.i18n import N_, Message
from intake.models import User
from intake.services.demo_accounts import ACCOUNTS, Account

DESKS: tuple[tuple[Message, frozenset[str]], ...] = (
    (N_("Who proposes"), frozenset({"applicant"})),
    (N_("Standing agency"), frozenset({"secretary"})),
    (N_("Ministries"), frozenset({"ministry_lead", "ministry_reviewer"})),
    (N_("Chief engineers"), frozenset({"engineer"})),
    (N_("National Advisory Council"), frozenset({"adviser"})),
    (N_("Who decides"), frozenset({"committee_member", "committee_chair"})),
    (N_("Who carries out"), frozenset({"implementer"})),
    (N_("Who runs and checks the system"), frozenset({"administrator", "auditor"})),
)


@dataclass(frozen=True)
class Desk:
    """One group of accounts, under the name of their desk."""

    label: Message
    accounts: list[Account]


def desks() -> list[Desk]:
    """Every demonstration account at exactly one desk, that of its first role."""
    return [Desk(label, [a for a in ACCOUNTS if a.memberships[0][0] in roles]) for label, roles in DESKS]


def person(db: Session, email: str) -> User:
    """A demonstration account that exists; NotFound for every other address."""
    known = {account.email for account in ACCOUNTS}
    found = db.scalar(select(User).where(User.email == email, User.is_active)) if email in known else None
    if found is None:
        raise NotFound()
    return found
