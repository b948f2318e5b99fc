"""Time: instants in UTC, days in the legal zone of Vietnam."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """The legal day on which the instant `at` falls; refuses naive values."""
    if at.tzinfo is None:
        raise ValueError("a naive time has no legal day")
    return at.astimezone(ZONE).date()


def today() -> date:
    """The legal day now."""
    return local_date(now())
