"""What the worker does by the clock: its heartbeat, promises that nobody keeps, what days bring, standings,
and which proposals read alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import clock
from intake.db import Database
from intake.models import Heartbeat
from intake.services import likenesses, outbox, standing_rounds
from intake.worker import days

SILENT_AFTER = timedelta(seconds=60)
Round = Callable[[str, datetime], list[str]]


def heartbeat(database: Database) -> Round:
    """Say that this executor is alive; answers the executors that fell silent, each to one caller only."""

    def beat(executor: str, _: datetime) -> list[str]:
        def work(db: Session) -> list[str]:
            db.merge(Heartbeat(executor=executor, seen_at=clock.now()))
            db.flush()
            quiet = select(Heartbeat.executor).where(Heartbeat.seen_at < clock.now() - SILENT_AFTER)
            silent = list(db.scalars(quiet))
            db.execute(delete(Heartbeat).where(Heartbeat.executor.in_(silent)))
            return silent

        return database.transact(work)

    return beat


def sweep(database: Database, *, grace_seconds: int) -> Round:
    """Enqueue again what should have been delivered by now."""

    def look(_: str, __: datetime) -> list[str]:
        def work(db: Session) -> list[str]:
            for row in outbox.undelivered(db, older_than_seconds=grace_seconds):
                outbox.enqueue_again(db, row)
            return []

        return database.transact(work)

    return look


def pass_days(database: Database) -> Round:
    """Lapse, turn report days, remind: what became due since the last round, also when that was days ago."""

    def turn(_: str, __: datetime) -> list[str]:
        days.turn(database)
        return []

    return turn


def recompute_standings(database: Database) -> Round:
    """Compute rank intervals, adjusted estimates and flags anew where sheets or the ranking have changed."""

    def compute(_: str, __: datetime) -> list[str]:
        standing_rounds.turn(database)
        return []

    return compute


def compare_wording(database: Database) -> Round:
    """Sketch the wording of what was submitted, so that the reception sees what reads alike."""

    def compare(_: str, __: datetime) -> list[str]:
        likenesses.turn(database)
        return []

    return compare
