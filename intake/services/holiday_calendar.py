"""Days that differ from the usual week, kept by an administrator: holidays, and Saturdays worked in exchange."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_
from intake.models import CalendarDay
from intake.policy import Actor, Subject
from intake.services import audit
from intake.services.calendars import CACHED

EDIT = "settings.edit"
LONGEST_NAME = 200
YEARS_AHEAD = 10


def years(db: Session, *, actor: Actor) -> list[int]:
    """Years that hold such days."""
    policy.ensure(actor, EDIT, Subject())
    return sorted({day.year for day in db.scalars(select(CalendarDay.on))} | {clock.today().year})


def listing(db: Session, year: int, *, actor: Actor) -> list[CalendarDay]:
    """The days of one year, in order."""
    policy.ensure(actor, EDIT, Subject())
    in_year = CalendarDay.on.between(date(year, 1, 1), date(year, 12, 31))
    return list(db.scalars(select(CalendarDay).where(in_year).order_by(CalendarDay.on)))


def set_day(db: Session, *, on: date, is_working: bool, name: str, actor: Actor) -> None:
    """Say what a coming day is; due dates that were set stay, those set from now on count it."""
    policy.ensure(actor, EDIT, Subject())
    words, today = " ".join(name.split()), clock.today()
    errors = []
    if not today <= on <= date(today.year + YEARS_AHEAD, 12, 31):
        errors.append(("on", N_("Choose today or a later day of the next %(count)s years.", count=YEARS_AHEAD)))
    if not words or len(words) > LONGEST_NAME or not words.isprintable():
        errors.append(("name", N_("Say what day it is, in at most %(count)s letters.", count=LONGEST_NAME)))
    if errors:
        raise Invalid(errors=errors)
    row = db.get(CalendarDay, on)
    old = as_data(row)
    if row is None:
        row = CalendarDay(on=on, is_working=is_working, name=words)
        db.add(row)
    row.is_working, row.name = is_working, words
    db.flush()
    db.info.pop(CACHED, None)
    data = {"old": old, "new": as_data(row)}
    audit.record(db, "calendar.day_set", actor=actor, subject=f"day:{on.isoformat()}", data=data)


def remove(db: Session, on: date, *, actor: Actor) -> None:
    """A coming day is like any other of its week again."""
    policy.ensure(actor, EDIT, Subject())
    row = db.get(CalendarDay, on)
    if row is None:
        raise NotFound()
    if on < clock.today():
        raise IllegalMove(N_("Days that have passed stay as they were counted."))
    old = as_data(row)
    db.execute(delete(CalendarDay).where(CalendarDay.on == on))
    db.info.pop(CACHED, None)
    audit.record(
        db, "calendar.day_removed", actor=actor, subject=f"day:{on.isoformat()}", data={"old": old, "new": None}
    )


def as_data(row: CalendarDay | None) -> dict[str, object] | None:
    return {"working": row.is_working, "name": row.name} if row else None
