"""Work promised inside the transaction that makes it necessary, and done by the worker afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock, jobs
from intake.models import Outbox

MAIL = "mail"
DOCUMENT = "document"
SECRET = "is_secret"
FORGOTTEN = "/"


def promise(db: Session, kind: str, payload: Mapping[str, Any], *, key: str) -> Outbox:
    """Write the row and enqueue its delivery; `key` names the promise, so that it is made once."""
    row = Outbox(key=key, kind=kind, payload=dict(payload), created_at=clock.now(), attempts=0)
    db.add(row)
    db.flush()
    jobs.enqueue(db, row.id)
    return row


def undelivered(db: Session, *, older_than_seconds: int) -> list[Outbox]:
    """Promises that should have been kept by now."""
    limit = clock.now() - timedelta(seconds=older_than_seconds)
    found = select(Outbox).where(Outbox.delivered_at.is_(None), Outbox.created_at < limit).order_by(Outbox.id)
    return list(db.scalars(found.limit(500)))


def enqueue_again(db: Session, row: Outbox) -> None:
    """Promise the delivery anew; harmless while an earlier promise is still being worked on."""
    jobs.enqueue(db, row.id, attempt=row.attempts)


def note_attempt(db: Session, outbox_id: int, error: str) -> None:
    db.execute(
        update(Outbox).where(Outbox.id == outbox_id).values(attempts=Outbox.attempts + 1, last_error=error[:500])
    )


def note_delivery(db: Session, outbox_id: int) -> None:
    """The promise is kept; a secret that it carried is forgotten."""
    payload = db.scalar(select(Outbox.payload).where(Outbox.id == outbox_id)) or {}
    forgotten = {"payload": payload | {"path": FORGOTTEN}} if payload.get(SECRET) else {}
    db.execute(
        update(Outbox)
        .where(Outbox.id == outbox_id, Outbox.delivered_at.is_(None))
        .values(delivered_at=clock.now(), attempts=Outbox.attempts + 1, last_error=None, **forgotten)
    )
