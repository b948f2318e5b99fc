"""Reports of the lead agency: due on the 25th of each month, sent once and kept; a correction is a new edition."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from intake import clock
from intake.errors import Invalid
from intake.i18n import N_, Message
from intake.models import AuditEntry, Kpi, Proposal, Report, ReportValue
from intake.policy import Actor
from intake.services import audit, kpis, rights, transitions, wordings
from intake.vietnamese import short_date
from intake.workflow.deadlines import next_day_25

LONGEST_TEXT, LONGEST_NOTE = 20_000, 2000
LARGEST_VALUE = 1e15
MONTHLY = "monthly"
ASSIGNED = "proposal.moved.assign"
DAY = timedelta(days=1)
Errors = list[tuple[str, Message]]


@dataclass(frozen=True)
class Entry:
    """The value of one indicator, by its code; without a value the note says why."""

    kpi: str
    value: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """How the reports of one proposal stand. `sent` holds the newest edition of each period, the newest period first;

    `missing` are the days passed without a report; `open_on` is the first day on which the one that is due next may be
    sent (None when it may be now, or when none is due).
    """

    kpis: Sequence[Kpi]
    sent: Sequence[Report]
    missing: Sequence[date]
    due_on: date | None
    open_on: date | None

    @property
    def wanted(self) -> list[date]:
        """The days for which a report is waited for now, the oldest first."""
        now = [self.due_on] if self.due_on is not None and self.open_on is None else []
        return [*self.missing, *now]


def standing(db: Session, proposal: Proposal, *, actor: Actor) -> Standing:
    """Everything reported so far, and what is still missing."""
    rights.ensure(db, proposal, "report.read", actor=actor)
    return found(db, proposal)


def found(db: Session, proposal: Proposal) -> Standing:
    newest = (
        select(Report.period_on, func.max(Report.edition).label("edition"))
        .where(Report.proposal_id == proposal.id)
        .group_by(Report.period_on)
        .subquery()
    )
    query = (
        select(Report)
        .join(newest, (newest.c.period_on == Report.period_on) & (newest.c.edition == Report.edition))
        .where(Report.proposal_id == proposal.id)
        .options(
            joinedload(Report.sent_by),
            joinedload(Report.organisation),
            selectinload(Report.values).joinedload(ReportValue.kpi),
        )
        .order_by(Report.period_on.desc())
    )
    sent = db.scalars(query).all()
    due_on = proposal.due_on if transitions.procedure_of(proposal).stage(proposal.state).takes_reports else None
    covered = {report.period_on for report in sent}
    passed = days_25(began_on(db, proposal), (due_on or clock.today()) - DAY)
    missing = [day for day in passed if day not in covered and day < clock.today()]
    begins = begins_on(due_on) if due_on is not None else None
    is_early = begins is not None and clock.today() < begins
    return Standing(kpis.of(db, proposal), sent, missing, due_on, begins if is_early else None)


def began_on(db: Session, proposal: Proposal) -> date:
    """The day on which the lead agency was named; reports are due from then on."""
    assigned = select(func.max(AuditEntry.at)).where(
        AuditEntry.proposal_id == proposal.id, AuditEntry.event == ASSIGNED
    )
    return clock.local_date(db.scalar(assigned) or proposal.state_since)


def days_25(after: date, until: date) -> list[date]:
    """Every 25th after a day, up to and including another."""
    days, day = [], next_day_25(after)
    while day <= until:
        days.append(day)
        day = next_day_25(day)
    return days


def begins_on(due_on: date) -> date:
    """The day after the 25th before: earlier there is nothing to say about that month."""
    last_of_month_before = due_on.replace(day=1) - DAY
    return last_of_month_before.replace(day=due_on.day) + DAY


def send(
    db: Session,
    proposal: Proposal,
    *,
    entries: Sequence[Entry],
    progress: str,
    difficulties: str = "",
    period_on: date | None = None,
    actor: Actor,
) -> Report:
    """Keep one report. The one that was due next lets the due date roll on to the following 25th."""
    rights.ensure(db, proposal, "report.write", actor=actor)
    transitions.lock(db, proposal)
    rights.ensure(db, proposal, "report.write", actor=actor)
    stands = found(db, proposal)
    day, errors = period_of(stands, period_on)
    errors += text_faults(progress, difficulties)
    errors += value_faults(stands.kpis, entries)
    if errors or day is None:
        raise Invalid(errors=errors)
    report = Report(
        proposal_id=proposal.id,
        period_on=day,
        edition=next_edition(stands, day),
        organisation_id=proposal.lead_agency_id,
        progress=wordings.plain(progress),
        difficulties=wordings.plain(difficulties),
        sent_by_id=actor.user_id,
        sent_at=clock.now(),
        values=values_of(stands.kpis, entries),
    )
    db.add(report)
    db.flush()
    data = {"period_on": day.isoformat(), "edition": report.edition}
    audit.record(db, "report.sent", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    if day == stands.due_on:
        roll_on(db, proposal, day, actor=actor)
    return report


def roll_on(db: Session, proposal: Proposal, day: date, *, actor: Actor) -> None:
    """What was due is here: the lead agency is held to the next 25th, and reminded of that one."""
    transitions.reassign(
        db,
        proposal,
        holder_kind="lead_agency",
        holder_organisation_id=proposal.holder_organisation_id,
        due_on=next_day_25(day),
        event="proposal.report_received",
        actor=actor,
    )


def next_edition(stands: Standing, day: date) -> int:
    return 1 + max((report.edition for report in stands.sent if report.period_on == day), default=0)


def period_of(stands: Standing, given: date | None) -> tuple[date | None, Errors]:
    """The day that is reported on: one that is waited for, or one whose report is corrected."""
    wanted = stands.wanted
    if given is None and wanted:
        return wanted[0], []
    if given is not None and (given in wanted or any(report.period_on == given for report in stands.sent)):
        return given, []
    if stands.open_on is not None and given in (None, stands.due_on):
        opens = short_date(stands.open_on)
        return None, [("period_on", N_("The next report can be sent from %(date)s on.", date=opens))]
    return None, [("period_on", N_("Choose a day for which a report is waited for, or one already reported."))]


def text_faults(progress: str, difficulties: str) -> Errors:
    errors: Errors = []
    for path, value in (("progress", progress), ("difficulties", difficulties)):
        if fault := wordings.fault(value, longest=LONGEST_TEXT):
            errors.append((path, fault))
    if not errors and not wordings.plain(progress):
        errors.append(("progress", N_("Write what was done since the last report.")))
    return errors


def value_faults(known: Sequence[Kpi], entries: Sequence[Entry]) -> Errors:
    """Each indicator once; those reported monthly with a value, or with a note that says why there is none."""
    errors: Errors = []
    codes, seen = {kpi.code for kpi in known}, set[str]()
    for index, entry in enumerate(entries):
        if entry.kpi not in codes or entry.kpi in seen:
            message = N_(
                "Name each indicator of the approved proposal once: %(codes)s.", codes=", ".join(sorted(codes))
            )
            errors.append((f"values.{index}.kpi", message))
        seen.add(entry.kpi)
        if entry.value is not None and not (math.isfinite(entry.value) and abs(entry.value) <= LARGEST_VALUE):
            errors.append((f"values.{index}.value", N_("Enter a number between -10^15 and 10^15.")))
        if fault := wordings.fault(entry.note, longest=LONGEST_NOTE):
            errors.append((f"values.{index}.note", fault))
    given = {entry.kpi for entry in entries if entry.value is not None or wordings.plain(entry.note)}
    places = {entry.kpi: index for index, entry in enumerate(entries)}
    for kpi in known:
        if kpi.code not in given and kpi.frequency in (None, MONTHLY):
            message = N_("Enter the value of %(code)s, or note why there is none yet.", code=kpi.code)
            errors.append((f"values.{places.get(kpi.code, len(entries))}.value", message))
    return errors


def values_of(known: Sequence[Kpi], entries: Sequence[Entry]) -> list[ReportValue]:
    """The rows of what was filled in, in the order of the indicators."""
    by_code: Mapping[str, Entry] = {entry.kpi: entry for entry in entries}
    return [
        ReportValue(kpi_id=kpi.id, value=entry.value, note=wordings.plain(entry.note))
        for kpi in known
        if (entry := by_code.get(kpi.code)) and (entry.value is not None or wordings.plain(entry.note))
    ]


def latest_values(stands: Standing) -> dict[str, tuple[float, date]]:
    """The newest reported value of each indicator, with the day it was reported for."""
    newest: dict[str, tuple[float, date]] = {}
    for report in stands.sent:
        for one in report.values:
            if one.value is not None:
                newest.setdefault(one.kpi.code, (one.value, report.period_on))
    return newest
