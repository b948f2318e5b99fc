"""The briefing pack of a session: what its members should have read before they sit down."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock, outline
from intake.catalogue import UNITS
from intake.documents.facts import to_data
from intake.documents.kinds import make_pdf
from intake.documents.session_pack import AskedFacts, BriefFacts, PackFacts
from intake.errors import NotFound
from intake.models import BodyMember, CommitteeSession, Opinion, Organisation, Proposal, User
from intake.services import proposals
from intake.services.opinions import IN_FORCE
from intake.services.session_papers import agenda_item
from intake.services.session_readings import agenda
from intake.vietnamese import number, official_date

KIND = "session_pack"
MOST_KPIS = 4
ENGINEER = "Tổng công trình sư"
ADVISER = "Hội đồng Tư vấn quốc gia"


def facts(db: Session, session_id: int) -> PackFacts:
    """What the pack of this session says now, for the operator, who holds the database anyway."""
    session = db.get(CommitteeSession, session_id)
    if session is None:
        raise NotFound()
    items = [proposal for _, proposal in agenda(db, session)]
    return PackFacts(
        body=session.body_id,
        number=session.number,
        starts_at=session.starts_at,
        place=session.place,
        mode=session.mode,
        members=members(db, session),
        briefs=tuple(brief(db, place, proposal) for place, proposal in enumerate(items, start=1)),
        made_at=clock.now(),
        is_illustrative=any(proposal.is_illustrative for proposal in items),
    )


def make(found: PackFacts) -> bytes:
    """The pack as PDF; no transaction should be open meanwhile."""
    return make_pdf(KIND, to_data(found))


def members(db: Session, session: CommitteeSession) -> tuple[str, ...]:
    """Who holds a seat in the body, the chair first."""
    names = (
        select(User.name)
        .join(BodyMember, BodyMember.user_id == User.id)
        .where(BodyMember.body_id == session.body_id, BodyMember.ended_on.is_(None))
        .order_by(BodyMember.position, BodyMember.id)
    )
    return tuple(db.scalars(names))


def brief(db: Session, place: int, proposal: Proposal) -> BriefFacts:
    """One proposal as it was frozen for the committee."""
    document = proposals.version_of(db, proposal).document
    summary = outline.summarise(document)
    return BriefFacts(
        about=agenda_item(db, place, proposal),
        due=official_date(proposal.due_on) if proposal.due_on else "",
        starts_month=summary.starts_month,
        ends_month=summary.ends_month,
        total_vnd=summary.total_vnd,
        state_vnd=summary.state_budget_vnd,
        social_vnd=summary.social_vnd,
        other_vnd=summary.other_vnd,
        kpis=tuple(kpi_line(kpi) for kpi in outline.kpi_rows(document)[:MOST_KPIS]),
        asked=asked(db, proposal),
    )


def kpi_line(kpi: outline.Kpi) -> str:
    """An indicator with what it is and what it is to become."""
    ends = [number(value, "vi") for value in (kpi.baseline, kpi.target) if value is not None]
    unit = UNITS[kpi.unit].name.vi if kpi.unit in UNITS else kpi.unit
    measured = f"{' → '.join(ends)}{'' if unit == '%' else ' '}{unit}".strip()
    return f"{kpi.name or kpi.code} {measured}".strip()


def asked(db: Session, proposal: Proposal) -> tuple[AskedFacts, ...]:
    """The conditions of every signed opinion in force, under the body, not under the person."""
    rows = db.execute(
        select(Opinion.kind, Opinion.conditions, Organisation.name_vi)
        .outerjoin(Organisation, Organisation.id == Opinion.organisation_id)
        .where(Opinion.proposal_id == proposal.id, *IN_FORCE)
        .order_by(Opinion.id)
    )
    return tuple(
        AskedFacts(row.name_vi or (ENGINEER if row.kind == "assessment" else ADVISER), text)
        for row in rows
        for text in row.conditions
    )
