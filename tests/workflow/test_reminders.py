"""Which reminder is due on which day: by the calendar, newest first told, never again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intake.holidays_vn import vietnam_extra_working_days, vietnam_holidays
from intake.workflow.deadlines import WorkingCalendar
from intake.workflow.reminders import last_due_worth_a_look, to_tell

YEARS = (2026, 2027)
CALENDAR = WorkingCalendar(vietnam_holidays(YEARS), vietnam_extra_working_days(YEARS))


def day(text: str) -> date:
    return date.fromisoformat(text)


def told_over(entered: str, due: str, last: str, *, from_day: str | None = None) -> list[tuple[str, str]]:
    """Day by day, what is said when every reminder is noted."""
    today, told, found = day(from_day or entered), set(), []
    while today <= day(last):
        for mark in to_tell(day(entered), day(due), today, CALENDAR, told=told):
            told.add(mark.id)
            found.append((f"{today:%m-%d}", mark.id))
        today += timedelta(days=1)
    return found


def test_over_tet_only_working_days_count() -> None:
    assert told_over("2026-02-09", "2026-02-23", "2026-03-31") == [
        ("02-11", "soon"),
        ("02-23", "last_day"),
        ("02-24", "late_1"),
        ("02-26", "lead_3"),
        ("03-02", "late_5"),
        ("03-09", "lead_10"),
        ("03-23", "lead_20"),
    ]


@pytest.mark.parametrize(
    ("entered", "due", "found"),
    [
        ("2026-06-01", "2026-06-04", [("06-04", "last_day")]),  # three days: "soon" would be the day it came
        ("2026-06-01", "2026-06-05", [("06-02", "soon"), ("06-05", "last_day")]),
        ("2026-06-01", "2026-06-01", []),  # nobody is reminded on the day it came
        ("2026-06-08", "2026-06-14", [("06-09", "soon"), ("06-12", "last_day")]),  # a Sunday, named by the body
    ],
)
def test_warnings_need_room_before_the_end(entered: str, due: str, found: list[tuple[str, str]]) -> None:
    assert told_over(entered, due, due) == found


@pytest.mark.parametrize(
    ("back_on", "first"),
    [
        ("2026-06-12", [("06-12", "soon")]),  # two days late with it, still before the end
        ("2026-06-13", []),  # Saturday after: over, and no working day late yet
        ("2026-06-15", [("06-15", "late_1")]),
        ("2026-06-24", [("06-24", "late_5"), ("06-24", "lead_3")]),
        ("2026-08-03", [("08-03", "late_5"), ("08-03", "lead_20")]),
    ],
)
def test_after_a_silence_only_the_newest_is_said(back_on: str, first: list[tuple[str, str]]) -> None:
    due = "2026-06-15" if back_on == "2026-06-12" else "2026-06-12"
    assert told_over("2026-06-01", due, back_on, from_day=back_on) == first


def test_an_earlier_reminder_never_follows_a_later_one() -> None:
    """The calendar may be edited: a day off that is added moves the marks."""
    entered, due, today = day("2026-06-01"), day("2026-06-12"), day("2026-06-15")
    assert [mark.id for mark in to_tell(entered, due, today, CALENDAR, told={"late_5"})] == []
    assert [mark.id for mark in to_tell(entered, due, today, CALENDAR, told={"lead_3"})] == ["late_1"]


@pytest.mark.parametrize("today", ["2026-06-10", "2026-06-12", "2026-06-13", "2026-02-11", "2026-02-14", "2026-08-20"])
def test_a_period_beyond_the_horizon_has_nothing_to_say(today: str) -> None:
    horizon = last_due_worth_a_look(day(today), CALENDAR)
    within = [n for n in range(60) if to_tell(day("2026-01-05"), day(today) + timedelta(days=n), day(today), CALENDAR)]
    assert max(within) == (horizon - day(today)).days
