"""What a service leaves behind besides its rows: mails promised and events noted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import Outbox
from intake.services.audit import PENDING


def mails(db: Session) -> list[tuple[str, str]]:
    """Who is told, and the English subject, in order."""
    rows = db.scalars(select(Outbox).where(Outbox.kind == "mail").order_by(Outbox.id))
    return [(row.payload["to"].split("@")[0], row.payload["subject"]["msgid"]) for row in rows]


def events(db: Session) -> list[str]:
    """Names of the events noted in this transaction."""
    return [entry["event"] for entry in db.info.get(PENDING, [])]


def last_event(db: Session) -> tuple[str, dict[str, Any]]:
    """Name and data of the newest event noted in this transaction."""
    entry = db.info[PENDING][-1]
    return entry["event"], entry["data"]
