"""Time: instants in UTC, days in the legal zone of Vietnam."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Let it be `moment` in this context, for the demonstration, which tells what happened before; never the future."""
    if moment > datetime.now(UTC):
        raise ValueError(f"{moment} has not happened yet")
    before = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(before)


def local_date(at: datetime) -> date:
    """The legal day on which the instant `at` falls; refuses naive values."""
    if at.tzinfo is None:
        raise ValueError("a naive time has no legal day")
    return at.astimezone(ZONE).date()


def today() -> date:
    """The legal day now."""
    return local_date(now())
