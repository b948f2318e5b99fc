"""How many working days each stage has, from which day on; what was in force before stays readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_
from intake.models import Period
from intake.policy import Actor, Subject
from intake.services import audit
from intake.workflow.procedure import Stage
from intake.workflow.procedures import DEFAULT_PROCEDURE

EDIT = "settings.edit"
MOST_DAYS = 250


@dataclass(frozen=True)
class StagePeriods:
    """One stage with the days in force, those to come, and those that were."""

    stage: Stage
    days: int | None
    coming: list[Period]
    former: list[Period]


def listing(db: Session, *, actor: Actor) -> list[StagePeriods]:
    """Every stage of the default procedure that has a period, in its order."""
    policy.ensure(actor, EDIT, Subject())
    rows = db.scalars(
        select(Period).where(Period.procedure == DEFAULT_PROCEDURE.id).order_by(Period.effective_from, Period.id)
    ).all()
    today, found = clock.today(), []
    for stage in DEFAULT_PROCEDURE.stages:
        own = [row for row in rows if row.state == stage.id]
        past = [row for row in own if row.effective_from <= today]
        if own:
            coming = [row for row in own if row.effective_from > today]
            found.append(StagePeriods(stage, past[-1].days if past else None, coming, past[:-1]))
    return found


def add(db: Session, *, state: str, days: int, effective_from: date, actor: Actor) -> None:
    """A new number of days from a day on, today at the earliest: due dates that were set stay as they are."""
    policy.ensure(actor, EDIT, Subject())
    known = {line.stage.id: line for line in listing(db, actor=actor)}
    errors = []
    if state not in known:
        errors.append(("state", N_("Choose a stage.")))
    if not 1 <= days <= MOST_DAYS:
        errors.append(("days", N_("Enter a number of working days from 1 to %(most)s.", most=MOST_DAYS)))
    if effective_from < clock.today():
        errors.append(("effective_from", N_("Choose today or a later day.")))
    if errors:
        raise Invalid(errors=errors)
    same_day = select(Period).where(
        Period.procedure == DEFAULT_PROCEDURE.id, Period.state == state, Period.effective_from == effective_from
    )
    row = db.scalar(same_day)
    old = row.days if row else known[state].days
    if row is None:
        row = Period(procedure=DEFAULT_PROCEDURE.id, state=state, days=days, effective_from=effective_from)
        db.add(row)
    row.days = days
    db.flush()
    data = {"old": old, "new": days, "effective_from": effective_from.isoformat()}
    audit.record(db, "period.set", actor=actor, subject=f"period:{state}", data=data)


def withdraw(db: Session, period_id: int, *, actor: Actor) -> None:
    """Take back a change that is still to come."""
    policy.ensure(actor, EDIT, Subject())
    row = db.get(Period, period_id)
    if row is None:
        raise NotFound()
    if row.effective_from <= clock.today():
        raise IllegalMove(N_("This period is in force already. Set another one from a later day."))
    db.execute(delete(Period).where(Period.id == row.id))
    data = {"old": row.days, "new": None, "effective_from": row.effective_from.isoformat()}
    audit.record(db, "period.withdrawn", actor=actor, subject=f"period:{row.state}", data=data)
