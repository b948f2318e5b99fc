"""Mails to people, promised with the event they tell of; the worker writes them in the recipient's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.i18n import Message, Text
from intake.models import User
from intake.services import outbox


def packed(value: Any) -> Any:
    """A text as JSON; unpacked by the worker."""
    if isinstance(value, Message):
        return {"msgid": value.id, "args": {name: packed(arg) for name, arg in value.args.items()}}
    if isinstance(value, Text):
        return {"vi": value.vi, "en": value.en}
    return value


def unpacked(value: Any) -> Any:
    """The text that `packed` put away."""
    if isinstance(value, dict) and "msgid" in value:
        return Message(value["msgid"], {name: unpacked(arg) for name, arg in value["args"].items()})
    if isinstance(value, dict) and set(value) == {"vi", "en"}:
        return Text(vi=value["vi"], en=value["en"])
    return value


def notify(
    db: Session, user_ids: Iterable[int], subject: Message, body: Sequence[Message], *, key: str, path: str = "/"
) -> None:
    """Promise one mail to each active person; `key` names the event, so that nobody is told twice."""
    people = db.execute(
        select(User.id, User.email, User.language).where(User.id.in_(set(user_ids)), User.is_active).order_by(User.id)
    )
    for person in people.all():
        payload = {
            "to": person.email,
            "language": person.language,
            "subject": packed(subject),
            "body": [packed(line) for line in body],
            "path": path,
        }
        outbox.promise(db, outbox.MAIL, payload, key=f"{key}:{person.id}")
