"""Working days and periods as they stand in the database, handed to the pure rules."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models import CalendarDay, Period
from intake.workflow.deadlines import WorkingCalendar

CACHED = "intake.calendar"


def calendar(db: Session) -> WorkingCalendar:
    """The working calendar; read once per database session."""
    if CACHED not in db.info:
        rows = db.execute(select(CalendarDay.on, CalendarDay.is_working)).all()
        db.info[CACHED] = WorkingCalendar(
            holidays=frozenset(row.on for row in rows if not row.is_working),
            extra_working_days=frozenset(row.on for row in rows if row.is_working),
        )
    return db.info[CACHED]


def period(db: Session, procedure: str, state: str, on: date) -> int | None:
    """Working days for `state` in force on the day `on`; None where the procedure sets no number of days."""
    newest = (
        select(Period.days)
        .where(Period.procedure == procedure, Period.state == state, Period.effective_from <= on)
        .order_by(Period.effective_from.desc())
        .limit(1)
    )
    return db.scalar(newest)


def days_in_force(db: Session, procedure: str, state: str, on: date) -> int:
    """Working days for a `state` that has a number of them; raises LookupError for one that has none."""
    days = period(db, procedure, state, on)
    if days is None:
        raise LookupError(f"{procedure} has no period for {state} on {on}")
    return days
