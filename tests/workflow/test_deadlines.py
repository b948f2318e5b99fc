"""Periods in working days, against a calendar and dates worked out by hand."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Literal

import pytest

from intake.i18n import Message
from intake.workflow.deadlines import (
    WorkingCalendar,
    days_left,
    due_on,
    next_day_25,
    resumed_due_on,
    stage_due_on,
    working_days_between,
)
from intake.workflow.procedure import Stage
from intake.workflow.procedures import KH01


def day(text: str) -> date:
    return date.fromisoformat(text)


HOLIDAYS = frozenset(
    map(
        day,
        (
            "2026-01-01",
            # Tết 2026: Monday to Friday.
            *("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"),
            # Hùng Kings on a Sunday, made good on Monday; 30/4 and 1/5.
            *("2026-04-26", "2026-04-27", "2026-04-30", "2026-05-01"),
            # 2/9, with the Monday before exchanged for a Saturday.
            *("2026-08-31", "2026-09-01", "2026-09-02"),
            "2027-01-01",
            # Tết 2027: Thursday to the Wednesday after.
            *("2027-02-04", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10"),
            # 30/4 on a Friday, 1/5 on a Saturday made good on Monday.
            *("2027-04-16", "2027-04-30", "2027-05-01", "2027-05-03"),
            *("2027-09-02", "2027-09-03"),
        ),
    )
)
CALENDAR = WorkingCalendar(HOLIDAYS, frozenset({day("2026-08-22")}))

PERIODS = [
    # An ordinary Monday; a Friday; days on which nobody works.
    ("2026-03-02", 1, "2026-03-03"),
    ("2026-03-02", 5, "2026-03-09"),
    ("2026-03-02", 20, "2026-03-30"),
    ("2026-03-06", 1, "2026-03-09"),
    ("2026-03-07", 1, "2026-03-09"),
    ("2026-03-08", 5, "2026-03-13"),
    # Tết 2026.
    ("2026-02-12", 5, "2026-02-26"),
    ("2026-02-13", 1, "2026-02-23"),
    ("2026-02-18", 3, "2026-02-25"),
    ("2026-02-21", 1, "2026-02-23"),
    # Hùng Kings, 30/4 and 1/5 2026.
    ("2026-04-24", 5, "2026-05-06"),
    ("2026-04-29", 1, "2026-05-04"),
    # 2/9 2026, and the Saturday worked for it.
    ("2026-08-20", 5, "2026-08-26"),
    ("2026-08-21", 1, "2026-08-22"),
    ("2026-08-28", 1, "2026-09-03"),
    ("2026-08-28", 5, "2026-09-09"),
    # New Year, Tết 2027, 30/4 and 1/5, 2/9.
    ("2026-12-31", 15, "2027-01-22"),
    ("2027-02-01", 5, "2027-02-15"),
    ("2027-02-03", 1, "2027-02-11"),
    ("2027-04-29", 1, "2027-05-04"),
    ("2027-09-01", 1, "2027-09-06"),
]


@pytest.mark.parametrize(("event", "days", "due"), PERIODS)
def test_a_period_starts_the_working_day_after_and_ends_on_its_last(event: str, days: int, due: str) -> None:
    assert due_on(day(event), days, CALENDAR) == day(due)
    assert working_days_between(day(event), day(due), CALENDAR) == days


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_at_least_one_day(days: int) -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        due_on(day("2026-03-02"), days, CALENDAR)


@pytest.mark.parametrize(
    ("text", "is_working"),
    [
        ("2026-03-06", True),
        ("2026-03-07", False),
        ("2026-03-08", False),
        ("2026-02-17", False),
        ("2026-08-22", True),
        ("2026-08-31", False),
    ],
)
def test_a_day_is_worked_or_not(text: str, is_working: bool) -> None:
    assert CALENDAR.is_working(day(text)) is is_working


def test_a_worked_day_wins_over_a_holiday() -> None:
    both = WorkingCalendar(frozenset({day("2026-03-04")}), frozenset({day("2026-03-04")}))
    assert list(islice(both.working_days_after(day("2026-03-03")), 2)) == [day("2026-03-04"), day("2026-03-05")]


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-09", 5),
        ("2026-03-09", "2026-03-02", -5),
        ("2026-03-06", "2026-03-08", 0),
        ("2026-02-13", "2026-02-23", 1),
    ],
)
def test_working_days_are_counted_between(start: str, end: str, count: int) -> None:
    assert working_days_between(day(start), day(end), CALENDAR) == count


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-01-24", "2026-01-25"),
        ("2026-01-25", "2026-02-25"),
        ("2026-01-26", "2026-02-25"),
        ("2026-02-28", "2026-03-25"),
        ("2026-12-25", "2027-01-25"),
        ("2026-12-31", "2027-01-25"),
    ],
)
def test_the_report_is_due_on_the_next_25th(today: str, due: str) -> None:
    assert next_day_25(day(today)) == day(due)


@pytest.mark.parametrize(
    ("stopped", "left"),
    [("2026-03-09", 7), ("2026-03-13", 3), ("2026-03-17", 1), ("2026-03-18", 0), ("2026-03-27", 0)],
)
def test_a_stopped_clock_keeps_what_was_left_of_wednesday_18_march(stopped: str, left: int) -> None:
    assert days_left(day("2026-03-18"), day(stopped), CALENDAR) == left


@pytest.mark.parametrize(
    ("left", "due"),
    [(0, "2026-04-01"), (2, "2026-04-01"), (3, "2026-04-01"), (4, "2026-04-02"), (7, "2026-04-07")],
)
def test_a_clock_that_goes_on_has_at_least_three_days(left: int, due: str) -> None:
    assert resumed_due_on(day("2026-03-27"), left, CALENDAR) == day(due)


def test_a_clock_stopped_before_tet_goes_on_after_it() -> None:
    """Due Thursday 26 February, stopped Friday 13: Monday to Thursday are left."""
    left = days_left(day("2026-02-26"), day("2026-02-13"), CALENDAR)
    assert left == 4
    assert resumed_due_on(day("2026-03-06"), left, CALENDAR) == day("2026-03-12")


# Entered on Monday 2 March 2026.
DUE = {
    "draft": None,
    "reception": "2026-03-09",
    "supplement": "2026-03-30",
    "ministry_review": "2026-03-23",
    "engineer_assessment": "2026-03-16",
    "synthesis": "2026-03-09",
    "committee": "2026-03-30",
    "deferred": "2026-03-30",
    "revision": "2026-03-30",
    "approved": "2026-03-09",
    "implementation": "2026-03-25",
    "ineligible": None,
    "merged": None,
    "withdrawn": None,
    "lapsed": None,
    "rejected": None,
    "completed": None,
    "stopped": None,
}


@pytest.mark.parametrize(("state", "due"), DUE.items())
def test_every_open_stage_has_a_due_date(state: str, due: str | None) -> None:
    found = stage_due_on(KH01.stage(state), day("2026-03-02"), CALENDAR)
    assert found == (day(due) if due else None)


def test_a_deferred_proposal_waits_until_the_day_given() -> None:
    given = day("2026-06-15")
    assert stage_due_on(KH01.stage("deferred"), day("2026-03-02"), CALENDAR, given=given) == given
    assert stage_due_on(KH01.stage("reception"), day("2026-03-02"), CALENDAR, given=given) == day("2026-03-09")


def test_a_period_changed_by_an_administrator_wins_over_the_declared_one() -> None:
    assert stage_due_on(KH01.stage("reception"), day("2026-03-02"), CALENDAR, days=2) == day("2026-03-04")
    assert stage_due_on(KH01.stage("implementation"), day("2026-03-02"), CALENDAR, days=2) == day("2026-03-25")


@pytest.mark.parametrize("due", ["days", "given_day"])
def test_a_stage_without_a_period_is_named_instead_of_dated(due: Literal["days", "given_day"]) -> None:
    """No procedure takes such a stage; by itself it can be declared."""
    stage = Stage("desk", Message("Desk"), public=Message("Desk"), holder="secretariat", due=due)
    with pytest.raises(ValueError, match="desk declares no period"):
        stage_due_on(stage, day("2026-03-02"), CALENDAR)
