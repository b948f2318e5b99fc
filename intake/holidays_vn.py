"""Public holidays of Vietnam, lunar Tết included, and the Saturdays worked in exchange for a day off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays

EXCHANGED = {date(2026, 1, 2): date(2026, 1, 10)}
"""Days off and the weekend days worked for them that the installed calendar lacks (Government, 25 December 2025)."""


def vietnam_holidays(years: Iterable[int]) -> frozenset[date]:
    """Days off in `years`: public holidays, days in lieu and exchanged days."""
    return frozenset().union(*(_holidays(year) for year in set(years)))


def vietnam_extra_working_days(years: Iterable[int]) -> frozenset[date]:
    """Weekend days of `years` that are worked because the Government exchanged them for a day off."""
    return frozenset().union(*(_worked_weekends(year) for year in set(years)))


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year)) | {day for day in EXCHANGED if day.year == year}


@lru_cache(maxsize=64)
def _worked_weekends(year: int) -> frozenset[date]:
    calendar = holidays.country_holidays("VN", years=year)
    worked = calendar.weekend_workdays | set(EXCHANGED.values())
    return frozenset(day for day in worked if day.year == year)
