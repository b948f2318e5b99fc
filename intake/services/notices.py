"""Mails to people, promised with the event they tell of; the worker writes them in the recipient's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.i18n import Message, packed
from intake.models import User
from intake.services import outbox

SILENT = "intake.silent"
"""Set in the `info` of a database session that tells of long ago: those people have read their mails."""


def notify(
    db: Session, user_ids: Iterable[int], subject: Message, body: Sequence[Message], *, key: str, path: str = "/"
) -> None:
    """Promise one mail to each active person; `key` names the event, so that nobody is told twice."""
    people = db.execute(
        select(User.id, User.email, User.language).where(User.id.in_(set(user_ids)), User.is_active).order_by(User.id)
    )
    for person in people.all():
        write(db, person.email, person.language, subject, body, key=f"{key}:{person.id}", path=path)


def write(
    db: Session,
    email: str,
    language: str,
    subject: Message,
    body: Sequence[Message],
    *,
    key: str,
    path: str = "/",
    is_secret: bool = False,
) -> None:
    """Promise one mail to an address. A secret path (a one-time link) is forgotten once the mail is delivered."""
    if db.info.get(SILENT):
        return
    payload = {
        "to": email,
        "language": language,
        "subject": packed(subject),
        "body": [packed(line) for line in body],
        "path": path,
    }
    outbox.promise(db, outbox.MAIL, payload | ({outbox.SECRET: True} if is_secret else {}), key=key)
