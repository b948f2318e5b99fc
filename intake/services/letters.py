"""Letters to the proposer, promised with the move that makes them necessary; drafts until they are signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from intake import clock
from intake.documents.facts import IneligibilityFacts, RemarkFacts, SupplementRequestFacts, to_data
from intake.models import Document, Organisation, Proposal, User
from intake.policy import Actor
from intake.services import letterheads, paper_facts, papers
from intake.services.codes import document_code
from intake.services.paper_facts import GIVEN_WHEN_MADE

ISSUER = SupplementRequestFacts.issuer


def promise_supplement_request(
    db: Session,
    proposal: Proposal,
    *,
    actor: Actor,
    remarks: Sequence[tuple[str, str]],
    reason: str,
    answer_by: date,
    answer_days: int,
) -> Document:
    """The letter that says what is missing, until when, and how to answer."""
    facts = SupplementRequestFacts(
        **head(db, proposal),
        asked_by=asking_body(db, actor),
        reason=reason,
        remarks=tuple(RemarkFacts(section, text) for section, text in remarks),
        answer_by=answer_by,
        answer_days=answer_days,
    )
    return papers.promise(db, facts.doc, "supplement_request", proposal, proposal.current_version, to_data(facts))


def promise_ineligibility_notice(db: Session, proposal: Proposal, *, reason: str) -> Document:
    """The letter that says why the proposal was not accepted."""
    facts = IneligibilityFacts(**head(db, proposal), reason=reason)
    return papers.promise(db, facts.doc, "ineligibility_notice", proposal, proposal.current_version, to_data(facts))


def head(db: Session, proposal: Proposal) -> dict[str, Any]:
    """What every letter about a proposal says; who has no account is answered on paper."""
    owner = db.get(User, proposal.owner_id) if proposal.owner_id is not None else None
    return {
        "doc": document_code(),
        "check_url": GIVEN_WHEN_MADE,
        "answer_url": GIVEN_WHEN_MADE,
        "proposal": paper_facts.proposal_facts(db, proposal),
        "addressee": proposal.proposer_name or (owner.name if owner else proposal.code),
        "written_at": clock.now(),
        "is_online": owner is not None,
        "is_illustrative": proposal.is_illustrative,
        "letterhead": letterheads.of(db, ISSUER, clock.today()),
    }


def asking_body(db: Session, actor: Actor) -> str:
    """The body that asks, unless it is the one that issues the letter."""
    asking = actor.organisation_id or (f"tcts_{actor.system}" if actor.system else ISSUER)
    if asking == ISSUER:
        return ""
    organisation = db.get(Organisation, asking)
    return organisation.name_vi if organisation else ""
