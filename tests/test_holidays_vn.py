"""The days off that the installed calendar gives, against days written by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intake.holidays_vn import vietnam_extra_working_days, vietnam_holidays


def weekdays_off(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    found = vietnam_holidays(range(start.year, end.year + 1))
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [f"{day:%m-%d}" for day in days if day in found and day.weekday() < 5]


@pytest.mark.parametrize(
    ("first", "last", "off"),
    [
        # Tết
        ("2026-02-09", "2026-02-27", ["02-16", "02-17", "02-18", "02-19", "02-20"]),
        ("2027-02-01", "2027-02-15", ["02-04", "02-05", "02-08", "02-09", "02-10"]),
        # Hùng Kings, 30/4 and 1/5
        ("2026-04-20", "2026-05-08", ["04-27", "04-30", "05-01"]),
        ("2027-04-12", "2027-05-07", ["04-16", "04-30", "05-03"]),
        # 2/9
        ("2026-08-24", "2026-09-11", ["08-31", "09-01", "09-02"]),
        ("2027-08-25", "2027-09-10", ["09-02", "09-03"]),
        # Culture Day, from 2026
        ("2025-11-17", "2025-11-28", []),
        ("2026-11-16", "2026-11-27", ["11-24"]),
        # New Year, over the end of a year
        ("2025-12-29", "2026-01-09", ["01-01", "01-02"]),
        ("2026-12-28", "2027-01-08", ["01-01"]),
    ],
)
def test_weekdays_off(first: str, last: str, off: list[str]) -> None:
    assert weekdays_off(first, last) == off


def test_the_saturdays_exchanged_for_days_off_are_worked() -> None:
    """10 January for Friday 2 January, 22 August for the Monday before 2 September."""
    assert vietnam_extra_working_days([2026, 2027]) == {date(2026, 1, 10), date(2026, 8, 22)}


def test_a_saturday_is_found_in_its_own_year_when_exchanged_for_a_day_of_another() -> None:
    """31 December 2018 was off, Saturday 5 January 2019 was worked."""
    assert date(2019, 1, 5) in vietnam_extra_working_days([2019])
    assert date(2018, 12, 31) in vietnam_holidays([2018])


def test_no_year_has_no_day_off() -> None:
    assert vietnam_holidays([]) == vietnam_extra_working_days([]) == frozenset()
