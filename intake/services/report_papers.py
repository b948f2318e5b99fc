"""A report of a lead agency as a paper that its head signs: made when somebody asks for it, once for each edition."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from intake import clock
from intake.catalogue import UNITS
from intake.documents.facts import to_data
from intake.documents.kpi_report import IndicatorFacts, KpiReportFacts
from intake.errors import NotFound
from intake.models import Decision, Document, Proposal, Report, ReportValue
from intake.policy import Actor
from intake.services import letterheads, paper_facts, papers, rights
from intake.services.codes import document_code
from intake.services.paper_facts import GIVEN_WHEN_MADE
from intake.services.papers import Paper
from intake.vietnamese import official_date

KIND = "kpi_report"


def made(db: Session, proposal: Proposal, *, actor: Actor) -> dict[int, Paper]:
    """The papers of this proposal's reports, by the report."""
    rights.ensure(db, proposal, "report.read", actor=actor)
    found = db.execute(select(Document, Document.facts["report"].as_integer().label("report")).where(*of(proposal)))
    return {row.report: papers.paper_of(row.Document, proposal) for row in found}


def ask(db: Session, proposal: Proposal, report_id: int, *, actor: Actor) -> Document:
    """The paper of one report; asking again changes nothing."""
    rights.hold(db, proposal, "report.read", actor=actor)
    report = db.scalar(
        select(Report)
        .where(Report.id == report_id, Report.proposal_id == proposal.id)
        .options(
            joinedload(Report.sent_by),
            joinedload(Report.organisation),
            selectinload(Report.values).joinedload(ReportValue.kpi),
        )
    )
    if report is None:
        raise NotFound()
    known = db.scalar(select(Document).where(*of(proposal), Document.facts["report"].as_integer() == report.id))
    if known is not None:
        return known
    facts = facts_of(db, proposal, report)
    return papers.promise(db, facts.doc, KIND, proposal, proposal.current_version, to_data(facts))


def of(proposal: Proposal) -> tuple:
    return Document.proposal_id == proposal.id, Document.kind == KIND


def facts_of(db: Session, proposal: Proposal, report: Report) -> KpiReportFacts:
    return KpiReportFacts(
        doc=document_code(),
        check_url=GIVEN_WHEN_MADE,
        report=report.id,
        proposal=paper_facts.proposal_facts(db, proposal),
        issuer=report.organisation_id,
        decided=decided(db, proposal),
        period_on=report.period_on,
        edition=report.edition,
        progress=report.progress,
        difficulties=report.difficulties,
        indicators=tuple(indicator(one) for one in report.values),
        author=report.sent_by.name,
        sent_at=report.sent_at,
        is_illustrative=proposal.is_illustrative,
        letterhead=letterheads.of(db, report.organisation_id, clock.today()),
    )


def indicator(one: ReportValue) -> IndicatorFacts:
    kpi = one.kpi
    return IndicatorFacts(
        code=kpi.code,
        name=kpi.name,
        unit=UNITS[kpi.unit].name.vi if kpi.unit in UNITS else "",
        baseline=kpi.baseline,
        target=kpi.target,
        deadline_on=kpi.deadline_on,
        value=one.value,
        note=one.note,
    )


def decided(db: Session, proposal: Proposal) -> str:
    """The issued paper that the agency carries out; empty while it has no number."""
    issued = db.scalar(
        select(Document)
        .join(Decision, Decision.document_id == Document.id)
        .where(Decision.proposal_id == proposal.id, Document.is_final)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    if issued is None or issued.number is None or issued.dated_on is None:
        return ""
    return f"văn bản số {issued.number}, {official_date(issued.dated_on)},"
