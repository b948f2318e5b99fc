"""Working days, due dates and stopped clocks: pure rules on local dates; the calendar comes in as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from intake.workflow.procedure import Stage

DAY = timedelta(days=1)
SATURDAY = 5
REPORT_DAY = 25
RESUMED_AT_LEAST = 3


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days people work: Monday to Friday but the holidays, and Saturdays worked in exchange."""

    holidays: frozenset[date] = frozenset()
    extra_working_days: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day; an extra working day wins over weekend and holiday."""
        if day in self.extra_working_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def working_days_after(self, day: date) -> Iterator[date]:
        """Every working day after `day`, in order, without end."""
        while True:
            day += DAY
            if self.is_working(day):
                yield day


def due_on(event: date, days: int, calendar: WorkingCalendar) -> date:
    """Last day of a period of `days` working days that starts the working day after `event`."""
    if days < 1:
        raise ValueError(f"a period has at least one working day, not {days}")
    following = calendar.working_days_after(event)
    for _ in range(days - 1):
        next(following)
    return next(following)


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Working days after `start` up to and including `end`; negative, the other way round, when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(calendar.is_working(start + DAY * n) for n in range(1, (end - start).days + 1))


def next_day_25(day: date) -> date:
    """The next 25th after `day`: the report due monthly, weekend or not."""
    # Plan 01-KH/BCĐTW V.2 names the 25th and no exception.
    if day.day < REPORT_DAY:
        return day.replace(day=REPORT_DAY)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, REPORT_DAY)


def days_left(due: date, stopped: date, calendar: WorkingCalendar) -> int:
    """Working days a clock still has when it stops on `stopped`: that day is used, an overdue clock has none."""
    return max(0, working_days_between(stopped, due, calendar))


def resumed_due_on(event: date, left: int, calendar: WorkingCalendar) -> date:
    """Due date of a clock that goes on after `event` with `left` working days, at least three."""
    return due_on(event, max(left, RESUMED_AT_LEAST), calendar)


def stage_due_on(
    stage: Stage, event: date, calendar: WorkingCalendar, *, days: int | None = None, given: date | None = None
) -> date | None:
    """Due date of an open `stage` entered on `event`, None for one that is not open.

    `days` is the period in force when an administrator changed the declared one; `given` is the day named by the
    move, for stages that take one.
    """
    if not stage.is_open:
        return None
    if stage.due == "day_25":
        return next_day_25(event)
    if stage.due == "given_day" and given is not None:
        return given
    period = days if days is not None else stage.days
    if period is None:
        raise ValueError(f"{stage.id} declares no period")
    return due_on(event, period, calendar)
