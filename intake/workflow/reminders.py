"""When somebody is reminded of a due date, and when the lead of a body hears of it: pure rules on working days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from intake.workflow.deadlines import DAY, WorkingCalendar, due_on, working_days_between

Audience = Literal["holder", "lead"]


@dataclass(frozen=True)
class Mark:
    """A point of a period: so many working days before its end, or after it when `is_late`; `to` is who is told."""

    id: str
    days: int
    to: Audience = "holder"
    is_late: bool = False

    def is_reached(self, entered: date, due: date, today: date, calendar: WorkingCalendar) -> bool:
        """Whether `today` is at this mark or past it; a warning ends with the period and needs room before it."""
        if self.is_late:
            return today > due and working_days_between(due, today, calendar) >= self.days
        has_room = working_days_between(entered, due, calendar) > self.days
        return entered < today <= due and has_room and working_days_between(today, due, calendar) <= self.days


# Ours: the Plan sets no reminders. Each list in order of time.
MARKS = (
    Mark("soon", 3),
    Mark("last_day", 0),
    Mark("late_1", 1, is_late=True),
    Mark("late_5", 5, is_late=True),
    Mark("lead_3", 3, to="lead", is_late=True),
    Mark("lead_10", 10, to="lead", is_late=True),
    Mark("lead_20", 20, to="lead", is_late=True),
)
AUDIENCES: tuple[Audience, ...] = ("holder", "lead")
FIRST_WARNING = max(mark.days for mark in MARKS if not mark.is_late)


def to_tell(
    entered: date, due: date, today: date, calendar: WorkingCalendar, *, told: Collection[str] = ()
) -> list[Mark]:
    """The newest mark that is reached, for each audience, unless it or a later one was `told`.

    What nobody said in time, because no worker ran, is not said afterwards: one reminder, never a flood.
    """
    newest = [_newest(audience, entered, due, today, calendar) for audience in AUDIENCES]
    return [mark for mark in newest if mark is not None and not _is_told(mark, told)]


def _newest(audience: Audience, entered: date, due: date, today: date, calendar: WorkingCalendar) -> Mark | None:
    reached = [mark for mark in MARKS if mark.to == audience and mark.is_reached(entered, due, today, calendar)]
    return reached[-1] if reached else None


def _is_told(mark: Mark, told: Collection[str]) -> bool:
    return any(later.id in told for later in MARKS[MARKS.index(mark) :] if later.to == mark.to)


def last_due_worth_a_look(today: date, calendar: WorkingCalendar) -> date:
    """No period that ends after this day has reached a mark."""
    return due_on(today, FIRST_WARNING + 1, calendar) - DAY
