"""Papers of the review, made when they are asked for: the request to the ministries, each signed opinion."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.documents.facts import to_data
from intake.documents.review_facts import AssessmentRequestFacts, OpinionFacts
from intake.errors import IllegalMove, NotFound
from intake.i18n import N_
from intake.models import Document, Opinion, Organisation, Proposal, User
from intake.policy import Actor
from intake.services import letterheads, paper_facts, papers, routings
from intake.services.codes import document_code
from intake.services.paper_facts import GIVEN_WHEN_MADE
from intake.services.subjects import subject_of

OFFICE = AssessmentRequestFacts.issuer
OPINION_PAPERS = {"ministry": "ministry_opinion", "assessment": "assessment"}


def ask_request(db: Session, proposal: Proposal, *, actor: Actor) -> Document:
    """The letter to the ministries that are asked now; asking again for the same round changes nothing."""
    ensure_secretary(db, proposal, actor)
    asked = routings.current(db, proposal)
    if not asked:
        raise IllegalMove(N_("No ministry is asked about this proposal."))
    facts = request_facts(db, proposal, asked)
    known = db.scalar(newest(proposal, "assessment_request"))
    if known is not None and same_round(known.facts, facts):
        return known
    doc = facts["doc"]
    return papers.promise(db, doc, "assessment_request", proposal, proposal.current_version, facts)


def request_facts(db: Session, proposal: Proposal, asked: list[Any]) -> dict[str, Any]:
    lead = next((row for row in asked if row.role == "lead"), asked[0])
    engineer = db.get(Organisation, f"tcts_{proposal.assessing_system}")
    return to_data(
        AssessmentRequestFacts(
            doc=document_code(),
            check_url=GIVEN_WHEN_MADE,
            proposal=paper_facts.proposal_facts(db, proposal),
            lead=lead.organisation.name_vi,
            cooperating=tuple(row.organisation.name_vi for row in asked if row is not lead),
            engineer=engineer.name_vi if engineer else "",
            due_on=lead.due_on,
            written_at=clock.now(),
            answer_url=GIVEN_WHEN_MADE,
            is_illustrative=proposal.is_illustrative,
            letterhead=letterheads.of(db, OFFICE, clock.today()),
        )
    )


def same_round(before: dict[str, Any], now: dict[str, Any]) -> bool:
    names = ("proposal", "lead", "cooperating", "engineer", "due_on")
    return all(before[name] == now[name] for name in names)


def ask_opinion(db: Session, proposal: Proposal, opinion_id: int, *, actor: Actor) -> Document:
    """The paper of one signed opinion of a ministry or the engineer, made once."""
    ensure_secretary(db, proposal, actor)
    opinion = db.get(Opinion, opinion_id)
    if opinion is None or opinion.proposal_id != proposal.id or opinion.signed_at is None:
        raise NotFound()
    kind = OPINION_PAPERS.get(opinion.kind)
    if kind is None:
        raise IllegalMove(N_("The opinion of an adviser is not issued as a paper."))
    known = db.scalar(newest(proposal, kind).where(Document.facts["opinion"].as_integer() == opinion.id))
    if known is not None:
        return known
    facts = opinion_facts(db, proposal, opinion)
    return papers.promise(db, facts["doc"], kind, proposal, opinion.version, facts)


def opinion_facts(db: Session, proposal: Proposal, opinion: Opinion) -> dict[str, Any]:
    issuer = opinion.organisation_id or f"tcts_{proposal.assessing_system}"
    return to_data(
        OpinionFacts(
            doc=document_code(),
            check_url=GIVEN_WHEN_MADE,
            opinion=opinion.id,
            proposal=paper_facts.proposal_facts(db, proposal),
            issuer=issuer,
            kind=opinion.kind,
            author=db.get_one(User, opinion.user_id).name,
            position=opinion.position,
            text=opinion.text,
            conditions=tuple(opinion.conditions),
            version=opinion.version,
            signed_at=opinion.signed_at or clock.now(),
            is_illustrative=proposal.is_illustrative,
            letterhead=letterheads.of(db, issuer, clock.today()),
        )
    )


def newest(proposal: Proposal, kind: str) -> Any:
    found = select(Document).where(Document.proposal_id == proposal.id, Document.kind == kind)
    return found.order_by(Document.id.desc()).limit(1)


def ensure_secretary(db: Session, proposal: Proposal, actor: Actor) -> None:
    """Papers are prepared by whoever issues them and may read what they tell."""
    subject = subject_of(db, proposal, actor=actor)
    policy.ensure(actor, "opinion.read_all", subject)
    policy.ensure(actor, "document.issue", subject)
