"""Figures for those who watch the machine: what waits, for how long, and who is at work. No names, no texts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from intake import clock
from intake.models import Heartbeat, Outbox, Proposal


@dataclass(frozen=True)
class Figures:
    """One look at the queues; ages in seconds."""

    undelivered: dict[str, int]
    failing: int
    oldest_undelivered: float
    open_proposals: dict[str, int]
    overdue_proposals: dict[str, int]
    workers: dict[str, float]


def look(db: Session) -> Figures:
    """Count; every query uses an index or a small table."""
    now = clock.now()
    waiting = Outbox.delivered_at.is_(None)
    oldest = db.scalar(select(func.min(Outbox.created_at)).where(waiting))
    per_state = select(Proposal.state, func.count()).where(Proposal.is_open).group_by(Proposal.state)
    undelivered = select(Outbox.kind, func.count()).where(waiting).group_by(Outbox.kind)
    seen = db.execute(select(Heartbeat.executor, Heartbeat.seen_at)).all()
    return Figures(
        undelivered=counted(db, undelivered),
        failing=db.scalar(select(func.count(Outbox.id)).where(waiting, Outbox.last_error.is_not(None))) or 0,
        oldest_undelivered=(now - oldest).total_seconds() if oldest else 0.0,
        open_proposals=counted(db, per_state),
        overdue_proposals=counted(db, per_state.where(Proposal.due_on < clock.today())),
        workers={row.executor: (now - row.seen_at).total_seconds() for row in seen},
    )


def counted(db: Session, query: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in db.execute(query)}
