"""What the passing of days brings: each thing in a transaction of its own, so that none holds up the others."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from intake.db import Database
from intake.services import lapses, reminders

logger = logging.getLogger(__name__)
FAILED = "failed"


@dataclass(frozen=True)
class Turn:
    """Finding what is due, and doing one of it; `do` answers whether there was still something to do."""

    name: str
    find: Callable[[Session], list[Any]]
    do: Callable[[Session, Any], bool]


# What has lapsed is reminded of no more, so reminders come last.
TURNS = (
    Turn("lapses", lapses.run_out, lapses.lapse),
    Turn("report days", lapses.passed_report_days, lapses.turn_report_day),
    Turn("reminders", reminders.waiting, reminders.remind),
)


def turn(database: Database) -> dict[str, int]:
    """Do all that is due by now; how much of each, and how much failed. Safe to run at any time, anywhere at once."""
    done = Counter({name: 0 for name in (*(one.name for one in TURNS), FAILED)})
    for kind in TURNS:
        with database.reading() as db:
            found = kind.find(db)
        for item in found:
            done.update(attempt(database, kind, item))
    return dict(done)


def attempt(database: Database, kind: Turn, item: Any) -> dict[str, int]:
    """Do one item; what to count."""
    try:
        return {kind.name: int(database.transact(lambda db: kind.do(db, item)))}
    except Exception:
        # The others must not wait for this one; the next round tries it again.
        logger.exception("%s failed for %s", kind.name, item)
        return {FAILED: 1}
