"""What papers are made from: gathered once, when a paper is promised, so that it never changes with the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, undefer

from intake import clock, outline
from intake.catalogue import CRITERIA, SYSTEMS
from intake.documents.facts import (
    ConditionFacts,
    DifferenceFacts,
    FileFacts,
    IssueFacts,
    MergeFacts,
    NoticeFacts,
    ProposalFacts,
    ReceiptFacts,
    ScoreFacts,
    SittingFacts,
    VoteFacts,
    from_data,
    to_data,
)
from intake.documents.kinds import make_pdf
from intake.documents.receipt import register_number
from intake.documents.score_table import score_facts
from intake.models import (
    AssistedIntake,
    Attendance,
    AuditEntry,
    Certificate,
    CommitteeSession,
    Document,
    Organisation,
    Proposal,
    ProposalVersion,
    Routing,
    SessionItem,
    Synthesis,
    User,
)
from intake.outline.rules_text import value_at
from intake.services import letterheads
from intake.services.calendars import calendar, days_in_force
from intake.services.syntheses import ENGINEER
from intake.workflow.deadlines import RESUMED_AT_LEAST, due_on
from intake.workflow.machine import Position, next_state
from intake.workflow.procedures import PROCEDURES
from intake.workflow.voting import ATTENDING, PRESIDING_SEATS

Data = dict[str, Any]
TEXT_PART = "Đề xuất theo Khung (14 mục, dữ liệu có cấu trúc)"
RECEIVED_BY_ITSELF = "Hệ thống tiếp nhận tự động"
GIVEN_WHEN_MADE = ""  # addresses depend on where the product runs; they are filled in when the pages are laid out


def receipt(db: Session, proposal: Proposal, version: ProposalVersion, doc: str) -> Data:
    """Facts of the receipt of one version, gathered while it is being handed in."""
    text = version.document
    submitter = db.get_one(User, version.submitted_by_id)
    answer_by, answer_days = answer(db, proposal)
    part = FileFacts(name=TEXT_PART, size=len(outline.canonical(text)), sha256=version.sha256)
    person = filled(value_at(text, f"lead_unit.proposer.{name}") for name in ("contact_person", "contact_position"))
    details = filled(value_at(text, f"lead_unit.proposer.{name}") for name in ("email", "phone"))
    paper = db.scalar(select(AssistedIntake).where(unclaimed(proposal)))
    return to_data(
        ReceiptFacts(
            doc=doc,
            check_url=GIVEN_WHEN_MADE,
            register_number=proposal.register_number or 0,
            register_year=proposal.register_year or 0,
            code=proposal.code,
            version=version.number,
            version_sha256=version.sha256,
            title=proposal.title,
            proposer=proposal.proposer_name or (paper.person_name if paper else submitter.name),
            contact=", ".join(person) or (paper.person_name if paper else submitter.name),
            contact_details="; ".join(details) or (paper.contact if paper else submitter.email),
            system=system_name(proposal),
            received_at=version.submitted_at,
            answer_by=answer_by,
            answer_days=answer_days,
            track_url=GIVEN_WHEN_MADE,
            key=proposal.track_key or "",
            files=(part,),
            submitted_by=paper.person_name if paper else submitter.name,
            received_by=submitter.name if paper else RECEIVED_BY_ITSELF,
            is_online=paper is None,
            channel=paper.channel if paper else "",
            arrived_on=paper.arrived_on if paper and version.number == 1 else None,
            is_illustrative=proposal.is_illustrative,
            letterhead=letterheads.of(db, ReceiptFacts.issuer, clock.today()),
        )
    )


def unclaimed(proposal: Proposal) -> ColumnElement[bool]:
    """It came on paper, and the secretariat still hands in for the person."""
    return and_(AssistedIntake.proposal_id == proposal.id, AssistedIntake.claimed_at.is_(None))


def filled(values: Any) -> list[str]:
    return [value.strip() for value in values if isinstance(value, str) and value.strip()]


def answer(db: Session, proposal: Proposal) -> tuple[date, int]:
    """Until when, and in how many working days, the stage that the proposal is about to enter answers."""
    procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
    here = procedure.stage(proposal.state)
    move = "submit" if here.is_initial else "resubmit"
    target = next_state(procedure, Position(proposal.state, asked_by=proposal.asked_by), move)
    today = clock.today()
    days = days_in_force(db, procedure.id, target, today)
    if here.stops_clock and proposal.stage_days_left is not None:
        days = max(proposal.stage_days_left, RESUMED_AT_LEAST)
    return due_on(today, days, calendar(db)), days


def system_name(proposal: Proposal) -> str:
    system = SYSTEMS.get(proposal.primary_system or "")
    return f"{system.code} - {system.name.vi}" if system else ""


def decision(
    db: Session,
    session: CommitteeSession,
    item: SessionItem,
    proposal: Proposal,
    doc: str,
    *,
    released_at: datetime,
) -> Data:
    """Facts of the paper of one released item: the vote as it was written down, the score as it was frozen."""
    synthesis = db.get(Synthesis, proposal.id)
    procedure = PROCEDURES[proposal.procedure, proposal.procedure_version]
    returned_to_owner = procedure.stage(proposal.state).owner_edits
    return to_data(
        NoticeFacts(
            doc=doc,
            check_url=GIVEN_WHEN_MADE,
            body=session.body_id,
            outcome=item.outcome or "",
            proposal=proposal_facts(db, proposal),
            sitting=sitting_facts(db, session),
            vote=from_data(VoteFacts, item.tally),
            score=frozen_score(db, proposal),
            summary=synthesis.summary if synthesis else "",
            text=item.text,
            reason=item.reason,
            conditions=conditions(db, item),
            differences=differences(db, synthesis),
            released_at=released_at,
            defer_until=item.defer_until,
            revise_by=proposal.due_on if returned_to_owner else None,
            into=merged_into(db, item),
            copies=copies(db, proposal),
            is_illustrative=proposal.is_illustrative,
            letterhead=letterheads.of(db, session.body_id, clock.today()),
        )
    )


def proposal_facts(db: Session, proposal: Proposal) -> ProposalFacts:
    version = db.scalars(
        select(ProposalVersion).where(
            ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == proposal.current_version
        )
    ).one()
    return ProposalFacts(
        code=proposal.code,
        title=proposal.title,
        version=version.number,
        version_sha256=version.sha256,
        proposer=proposal.proposer_name,
        lead=proposal.lead_name or proposal.proposer_name,
        system=system_name(proposal),
        register_number=register_number(proposal.register_number or 0, proposal.register_year or 0),
    )


def sitting_facts(db: Session, session: CommitteeSession) -> SittingFacts:
    """The whole body as it was recorded: who is recused from one item was there all the same."""
    seats = db.execute(
        select(Attendance.seat, Attendance.status, User.name)
        .join(User, User.id == Attendance.user_id)
        .where(Attendance.session_id == session.id, Attendance.seat.is_not(None))
        .order_by(Attendance.id)
    ).all()
    there = [row for row in seats if row.status in ATTENDING]
    # "chair" sorts before "deputy": the deputy presides only when the chair is away.
    presiding = sorted((row.seat, row.name) for row in there if row.seat in PRESIDING_SEATS)
    return SittingFacts(
        number=session.number,
        held_on=clock.local_date(session.starts_at),
        place=session.place,
        chair=presiding[0][1] if presiding else "",
        members=len(seats),
        present=len(there),
        remote=sum(row.status == "remote" for row in there),
    )


def frozen_score(db: Session, proposal: Proposal) -> ScoreFacts:
    """The newest certificate, and the reason given when the review was concluded with few sheets."""
    frozen = db.scalars(
        select(Certificate)
        .where(Certificate.proposal_id == proposal.id)
        .order_by(Certificate.number.desc())
        .limit(1)
        .options(undefer(Certificate.content))
    ).one()
    concluded = db.scalar(
        select(AuditEntry.data)
        .where(AuditEntry.proposal_id == proposal.id, AuditEntry.event == "proposal.moved.conclude_review")
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return score_facts(frozen.content, few_sheets_reason=concluded["reason"] if concluded else "")


def conditions(db: Session, item: SessionItem) -> tuple[ConditionFacts, ...]:
    """The conditions, each with its body named in full when it was given by its id."""
    names = organisation_names(db, {condition["owner"] for condition in item.conditions})
    return tuple(
        ConditionFacts(
            text=condition["text"],
            owner=names.get(condition["owner"]) or condition["owner"],
            due_on=date.fromisoformat(condition["due_on"]),
        )
        for condition in item.conditions
    )


def differences(db: Session, synthesis: Synthesis | None) -> tuple[DifferenceFacts, ...]:
    found: list[Mapping[str, Any]] = synthesis.differences if synthesis else []
    names = organisation_names(db, {body for entry in found for body in entry["bodies"]}) | {"engineer": ENGINEER.vi}
    return tuple(
        DifferenceFacts(
            bodies=tuple(names.get(body) or body for body in entry["bodies"]),
            text=entry["text"],
            resolution=entry["resolution"],
            criterion=CRITERIA[entry["criterion"]].name.vi if entry["criterion"] else "",
        )
        for entry in found
    )


def organisation_names(db: Session, ids: set[str]) -> dict[str, str]:
    rows = db.execute(select(Organisation.id, Organisation.name_vi).where(Organisation.id.in_(ids)))
    return {row.id: row.name_vi for row in rows}


def merged_into(db: Session, item: SessionItem) -> MergeFacts | None:
    if item.into_id is None:
        return None
    target = db.get_one(Proposal, item.into_id)
    return MergeFacts(code=target.code, title=target.title)


def copies(db: Session, proposal: Proposal) -> tuple[str, ...]:
    """Who gets the paper besides those whom the body always sends it to: proposer, ministries asked, chief engineer."""
    asked = db.scalars(
        select(Organisation.name_vi)
        .join(Routing, Routing.organisation_id == Organisation.id)
        .where(Routing.proposal_id == proposal.id, Routing.ended_at.is_(None))
        .order_by(Routing.role.desc(), Routing.id)  # lead before cooperating
    )
    engineer = db.get(Organisation, f"tcts_{proposal.assessing_system}")
    named = [proposal.proposer_name, *asked, engineer.name_vi if engineer else ""]
    return tuple(dict.fromkeys(name for name in named if name))


def rendered(document: Document, *, base_url: str) -> bytes:
    """The PDF of the present edition of a paper, with the addresses of this installation."""
    base = base_url.rstrip("/")
    facts: dict[str, Any] = document.facts | {"check_url": f"{base}/verify/{document.doc}"}
    if "answer_url" in facts:
        facts["answer_url"] = f"{base}/proposals/{facts['proposal']['code']}"
    if "track_url" in facts:
        facts["track_url"] = f"{base}/track"
    if document.number is not None and document.dated_on is not None:
        issued = IssueFacts(
            number=document.number,
            dated_on=document.dated_on,
            place=document.place or "",
            signer=document.signer or "",
        )
        facts["issue"] = to_data(issued)
    return make_pdf(document.kind, facts)
