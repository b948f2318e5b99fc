"""Reports of the lead agency on the indicators of an approved proposal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from intake.api.calls import Call, Reply
from intake.api.operations import operation
from intake.api.pages import page_of
from intake.api.shapes import Answer, Body, Listing, Page, Sentence
from intake.i18n import N_
from intake.models import Report
from intake.services import reports
from intake.services.reports import LARGEST_VALUE, LONGEST_NOTE, Entry

TAG = "follow-up"
Value = Annotated[float, Field(ge=-LARGEST_VALUE, le=LARGEST_VALUE, allow_inf_nan=False)]


class KpiValue(Body):
    """The value of one indicator, by its code; null needs a note that says why."""

    kpi: Annotated[str, Field(max_length=20, examples=["KPI1"])]
    value: Value | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


class SentReport(Body):
    """One report. `period_on` is the 25th it is for; left out: the oldest one that is waited for."""

    period_on: date | None = None
    values: Annotated[list[KpiValue], Field(max_length=100)]
    progress: Sentence
    difficulties: Sentence = ""


class ReportedValue(Answer):
    """One indicator in one report."""

    kpi: str
    value: float | None
    note: str


class ReportRow(Answer):
    """The newest edition of one report."""

    period_on: date
    edition: int
    organisation: str
    progress: str
    difficulties: str
    sent_by: str
    sent_at: datetime
    values: list[ReportedValue]


class Indicator(Answer):
    """One indicator as it was approved."""

    code: str
    name: str
    unit: str | None
    direction: str | None
    baseline: float | None
    target: float | None
    deadline_on: date | None
    frequency: str | None
    responsible: str | None


class Reports(Listing[ReportRow]):
    """Reports by period, the newest first; `missing` are days passed without one, `due_on` is the next."""

    kpis: list[Indicator]
    missing: list[date]
    due_on: date | None


class Received(Answer):
    """What was kept, and until when the next one is due."""

    period_on: date
    edition: int
    due_on: date | None


@operation(
    "POST",
    "/proposals/<code>/reports",
    action="report.write",
    summary=N_("Report the indicators of what you implement"),
    tag=TAG,
    body=SentReport,
    answer=Received,
    status=201,
)
def send_report(call: Call, proposal: Any, body: SentReport) -> Reply:
    report = reports.send(
        call.db,
        proposal,
        entries=[Entry(one.kpi, one.value, one.note) for one in body.values],
        progress=body.progress,
        difficulties=body.difficulties,
        period_on=body.period_on,
        actor=call.actor,
    )
    return Reply(Received(period_on=report.period_on, edition=report.edition, due_on=proposal.due_on))


@operation(
    "GET",
    "/proposals/<code>/reports",
    action="report.read",
    summary=N_("The reports on an approved proposal, and its indicators"),
    tag=TAG,
    query=Page,
    answer=Reports,
)
def list_reports(call: Call, proposal: Any, query: Page) -> Reports:
    stands = reports.standing(call.db, proposal, actor=call.actor)
    shown, following = page_of(stands.sent, query, key=newest_first)
    names = Indicator.model_fields
    return Reports(
        items=[row_of(one) for one in shown],
        next=following,
        kpis=[Indicator(**{name: getattr(kpi, name) for name in names}) for kpi in stands.kpis],
        missing=list(stands.missing),
        due_on=stands.due_on,
    )


def newest_first(report: Report) -> str:
    return f"{date.max.toordinal() - report.period_on.toordinal():08}"


def row_of(report: Report) -> ReportRow:
    return ReportRow(
        period_on=report.period_on,
        edition=report.edition,
        organisation=report.organisation_id,
        progress=report.progress,
        difficulties=report.difficulties,
        sent_by=report.sent_by.name,
        sent_at=report.sent_at,
        values=[ReportedValue(kpi=one.kpi.code, value=one.value, note=one.note) for one in report.values],
    )
