"""Days and times as people here write them: 31/12/2026 and 14:30."""

from __future__ import annotations

from datetime import date, datetime, time

from intake.i18n import N_

DAY = "%d/%m/%Y"
TIME = "%H:%M"
WRITE_A_DAY = N_("Write the day as day/month/year, for example 31/12/2026.")
WRITE_A_TIME = N_("Write the time as hours:minutes, for example 14:30.")


def day_of(typed: str | None) -> date | None:
    """The day, or None when it is none."""
    try:
        return datetime.strptime((typed or "").strip(), DAY).date()
    except ValueError:
        return None


def time_of(typed: str | None) -> time | None:
    """The time of day, or None when it is none."""
    try:
        return datetime.strptime((typed or "").strip(), TIME).time()
    except ValueError:
        return None


def shown(day: date) -> str:
    """The day as it is typed."""
    return day.strftime(DAY)
