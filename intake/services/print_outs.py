"""The proposal in full as a paper: one for each submitted version, and one for the draft as it was last printed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import outline
from intake.documents.facts import ProposalTextFacts, to_data
from intake.models import Document, Proposal, User
from intake.policy import Actor
from intake.services import papers, proposals
from intake.services.codes import document_code
from intake.services.paper_facts import GIVEN_WHEN_MADE
from intake.services.papers import Paper

KIND = "proposal"
DRAFT = 0


def current(db: Session, proposal: Proposal, *, actor: Actor, number: int | None = None) -> Paper | None:
    """The paper of the text that `actor` reads; None while nobody has asked for it as it is now."""
    text = proposals.text_of(db, proposal, actor=actor, number=number)
    document = up_to_date(db, proposal, text.number)
    return papers.paper_of(document, proposal) if document else None


def ask(db: Session, proposal: Proposal, *, actor: Actor, number: int | None = None) -> Document:
    """Promise the paper of the text that `actor` reads; asking again for the same text changes nothing."""
    text = proposals.text_of(db, proposal, actor=actor, number=number)
    return promised(db, proposal, text.number)


def ask_current(db: Session, proposal: Proposal) -> Document:
    """The same for the operator at the command line: the newest version, or the draft of what was never submitted."""
    return promised(db, proposal, proposal.current_version)


def up_to_date(db: Session, proposal: Proposal, number: int) -> Document | None:
    """The paper of that version; of a draft only while it was not saved since."""
    found = select(Document).where(
        Document.proposal_id == proposal.id, Document.kind == KIND, Document.version == number
    )
    if number == DRAFT:
        found = found.where(Document.facts["draft_revision"].as_integer() == proposal.document_revision)
    return db.scalar(found.order_by(Document.id.desc()).limit(1))


def promised(db: Session, proposal: Proposal, number: int) -> Document:
    document = up_to_date(db, proposal, number)
    if document is not None:
        return document
    before = select(Document).where(
        Document.proposal_id == proposal.id, Document.kind == KIND, Document.version == DRAFT
    )
    old = db.scalar(before.order_by(Document.id.desc()).limit(1)) if number == DRAFT else None
    doc = old.doc if old else document_code()
    facts = draft_facts(db, proposal, doc) if number == DRAFT else version_facts(db, proposal, number, doc)
    if old is not None:
        return printed_anew(db, old, facts)
    return papers.promise(db, doc, KIND, proposal, number, facts, is_final=number != DRAFT)


def printed_anew(db: Session, old: Document, facts: dict[str, Any]) -> Document:
    """The next edition of a draft's paper; whoever else asked meanwhile has promised the same."""
    hit = db.scalar(
        update(Document)
        .where(Document.id == old.id, Document.edition == old.edition)
        .values(edition=old.edition + 1, facts=facts, state="promised", file_key=None, sha256=None, made_at=None)
        .returning(Document.id),
        execution_options={"synchronize_session": False},
    )
    db.refresh(old)
    if hit is not None:
        papers.promise_making(db, old)
    return old


def version_facts(db: Session, proposal: Proposal, number: int, doc: str) -> dict[str, Any]:
    version = proposals.version_of(db, proposal, number)
    by = name_of(db, version.submitted_by_id)
    return facts_of(proposal, doc, number, version.document, version.submitted_at, by)


def draft_facts(db: Session, proposal: Proposal, doc: str) -> dict[str, Any]:
    document, by = proposals.draft_of(db, proposal), name_of(db, proposal.owner_id)
    facts = facts_of(proposal, doc, DRAFT, document, proposal.document_saved_at, by)
    return facts | {"draft_revision": proposal.document_revision}


def name_of(db: Session, user_id: int | None) -> str:
    """Who wrote or handed in; nobody yet for what came on paper and waits to be claimed."""
    user = db.get(User, user_id) if user_id is not None else None
    return user.name if user else ""


def facts_of(
    proposal: Proposal, doc: str, number: int, document: dict[str, Any], saved_at: datetime, by: str
) -> dict[str, Any]:
    summary = outline.summarise(document)
    return to_data(
        ProposalTextFacts(
            doc=doc,
            check_url=GIVEN_WHEN_MADE,
            code=proposal.code,
            version=number,
            text_sha256=outline.fingerprint(document),
            document=document,
            saved_at=saved_at,
            submitted_by=by,
            proposer=summary.proposer_name or by,
            register_number=proposal.register_number or 0,
            register_year=proposal.register_year or 0,
            is_illustrative=summary.is_illustrative,
        )
    )
