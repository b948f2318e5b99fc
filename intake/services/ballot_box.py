"""The box of a secret vote: sealed while the item is open, shuffled with every ballot, opened or destroyed at close.

What somebody voted is never readable in the database while the vote is under way: each ballot is sealed with a secret
that the database does not hold. Whenever a ballot comes in, and once more when the box is opened, every ballot is
written again under a fresh random key, in the order of those keys and in one transaction, so that neither key, place,
row number nor the number of the writing transaction (PostgreSQL's xmin) tells which came when or from whom.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.db import secret_of
from intake.models import SecretBallot, SessionItem
from intake.models.sessions import CHOICES

LENGTH = 32
PURPOSE = b"secret ballot "


def pad(db: Session, key: str) -> bytes:
    """As many random-looking bytes as a choice is long, the same again only for the same key and secret."""
    return hmac.digest(secret_of(db), PURPOSE + key.encode(), "sha256")


def seal(db: Session, key: str, choice: str) -> str:
    """The choice, readable only with the secret of the installation; every choice gives as many characters."""
    words = choice.encode().ljust(LENGTH)
    return bytes(a ^ b for a, b in zip(words, pad(db, key), strict=True)).hex()


def unseal(db: Session, row: SecretBallot) -> str | None:
    """The choice; None when it was sealed with another secret."""
    words = bytes(a ^ b for a, b in zip(bytes.fromhex(row.sealed or ""), pad(db, row.key), strict=True))
    choice = words.decode(errors="replace").rstrip()
    return choice if choice in CHOICES else None


def put_in(db: Session, item: SessionItem, choice: str) -> None:
    """Add a ballot and seal all of them anew. The lock on the item keeps two voters apart."""
    choices = [unseal(db, row) for row in ballots_of(db, item)]
    readable = [found for found in choices if found is not None]
    # One that cannot be read any more is kept unreadable: the box is then destroyed at close.
    spoilt = [""] * (len(choices) - len(readable))
    empty(db, item)
    write(db, item, [*readable, *spoilt, choice], is_open=False)


def open_up(db: Session, item: SessionItem) -> list[str] | None:
    """What was voted, from now on for everybody to read; None when not every ballot can be read."""
    choices = [unseal(db, row) for row in ballots_of(db, item)]
    readable = [found for found in choices if found is not None]
    empty(db, item)
    if len(readable) < len(choices):
        return None
    write(db, item, readable, is_open=True)
    return readable


def empty(db: Session, item: SessionItem) -> None:
    """Destroy what is in the box."""
    db.execute(delete(SecretBallot).where(SecretBallot.item_id == item.id))


def ballots_of(db: Session, item: SessionItem) -> list[SecretBallot]:
    return list(db.scalars(select(SecretBallot).where(SecretBallot.item_id == item.id).order_by(SecretBallot.key)))


def write(db: Session, item: SessionItem, choices: Iterable[str], *, is_open: bool) -> None:
    keyed = sorted((secrets.token_hex(16), choice) for choice in choices)
    db.add_all(
        SecretBallot(key=key, item_id=item.id, choice=choice if is_open else None, sealed=sealed)
        for key, choice in keyed
        for sealed in [None if is_open else seal(db, key, choice)]
    )
    db.flush()
