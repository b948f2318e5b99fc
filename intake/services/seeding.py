"""What `intake db upgrade` does after the migrations: declarations of the code copied into rows, once each."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import catalogue, clock
from intake.catalogue.routing import routing_for
from intake.db import Database
from intake.holidays_vn import vietnam_extra_working_days, vietnam_holidays
from intake.models import (
    Body,
    CalendarDay,
    Organisation,
    Period,
    ProcedureStage,
    RoutingDefault,
    ScoringScheme,
    schema,
)
from intake.scoring.schemes import SCHEMES
from intake.services import audit, kpis
from intake.vietnamese import sort_key
from intake.workflow.procedures import PROCEDURES

FOREVER = date(2025, 6, 2)  # the Plan's own date: periods of the code count from then on
YEARS_AHEAD = 3


def upgrade(database: Database) -> None:
    """Bring tables to this version and add what the code declares and the rows do not know yet."""
    schema.migrate(database)
    with database.writing() as db:
        seed(db)


def seed(db: Session) -> None:
    """Add missing rows; rows an administrator may have edited stay as they are."""
    audit.start(db)
    add_missing(db, Organisation, [Organisation.id], organisations())
    for procedure in PROCEDURES.values():
        stages = [
            {"procedure": procedure.id, "procedure_version": procedure.version, "state": s.id, "is_open": s.is_open}
            for s in procedure.stages
        ]
        add_missing(
            db,
            ProcedureStage,
            [ProcedureStage.procedure, ProcedureStage.procedure_version, ProcedureStage.state],
            stages,
        )
        periods = [
            {"procedure": procedure.id, "state": s.id, "days": s.days, "effective_from": FOREVER}
            for s in procedure.stages
            if s.days
        ]
        add_missing(db, Period, [Period.procedure, Period.state], periods)
        bodies = [{"organisation_id": body.organisation_id} for body in procedure.bodies]
        add_missing(db, Body, [Body.organisation_id], bodies)
    add_missing(db, RoutingDefault, [RoutingDefault.subject], routing())
    add_missing(db, CalendarDay, [CalendarDay.on], calendar_days())
    declared = [{"id": s.id, "declaration": s.declaration(), "effective_from": FOREVER} for s in SCHEMES.values()]
    add_missing(db, ScoringScheme, [ScoringScheme.id], declared)
    kpis.fill(db)


def add_missing(db: Session, model: type[Any], key: list[Any], wanted: list[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    names = [column.key for column in key]
    known = {tuple(row) for row in db.execute(select(*key)).all()}
    db.add_all(model(**row) for row in wanted if tuple(row[name] for name in names) not in known)
    db.flush()


def organisations() -> list[dict[str, Any]]:
    return [
        {
            "id": o.id,
            "name_vi": o.name.vi,
            "name_en": o.name.en,
            "kind": o.kind,
            "abbreviation": o.abbreviation,
            "sort_key": sort_key(o.name.vi),
        }
        for o in catalogue.ORGANISATIONS.values()
    ]


def routing() -> list[dict[str, Any]]:
    """Default lead and cooperating ministries, per initiative and per system."""
    subjects = [(i.id, routing_for(i.id, i.system)) for i in catalogue.INITIATIVES.values()]
    subjects += [(s, routing_for(None, s)) for s in catalogue.SYSTEMS]
    return [
        {"subject": subject, "organisation_id": organisation, "role": role, "position": position}
        for subject, found in subjects
        for position, (organisation, role) in enumerate(
            [(found.lead, "lead"), *((o, "cooperating") for o in found.cooperating)]
        )
    ]


def calendar_days() -> list[dict[str, Any]]:
    """Public holidays of Vietnam and the Saturdays worked in exchange, from the Plan's year on."""
    years = range(FOREVER.year, clock.today().year + YEARS_AHEAD + 1)
    worked = vietnam_extra_working_days(years)
    days = [(day, False, "Ngày nghỉ lễ") for day in vietnam_holidays(years) - worked]
    days += [(day, True, "Ngày làm bù") for day in worked]
    return [{"on": on, "is_working": is_working, "name": name} for on, is_working, name in sorted(days)]
