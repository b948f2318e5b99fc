"""Official papers: promised with the event they document, made by the worker, issued by the secretariat."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from intake import clock, policy
from intake.db import Database
from intake.documents.letterheads import Letterhead
from intake.errors import IllegalMove, Invalid, NotFound
from intake.files import Files
from intake.i18n import N_, Message
from intake.models import CommitteeSession, Decision, Document, Proposal, ProposalVersion, SessionItem
from intake.models.records import SESSION_KINDS
from intake.policy import Actor, Role, Subject
from intake.services import audit, letterheads, outbox, paper_facts, session_readings
from intake.services.codes import document_code
from intake.services.proposals import COVER
from intake.services.subjects import subject_of

CLOCK = Actor(user_id=None, role=Role.SYSTEM)
LONGEST_ENTRY = 200
# Any one of these rights to what a paper contains opens it; papers of a session are read as `session_readings` says.
READING = {
    "receipt": ("document.read",),
    "decision": ("proposal.read_decision",),
    "proposal": ("proposal.read",),
    "supplement_request": ("document.read",),
    "ineligibility_notice": ("document.read",),
    "assessment_request": ("assignment.read",),
    "ministry_opinion": ("opinion.read_all", "synthesis.read"),
    "assessment": ("opinion.read_all", "synthesis.read"),
    "kpi_report": ("report.read",),
}
# Drafts until somebody signs them; every other kind says when it is promised whether it is final.
SIGNED = frozenset(
    {
        "decision",
        "supplement_request",
        "ineligibility_notice",
        "assessment_request",
        "ministry_opinion",
        "assessment",
        "kpi_report",
        *SESSION_KINDS,
    }
)


@dataclass(frozen=True)
class Paper:
    """A document as its readers get it: `file_key` and `sha256` are None while the worker is making it."""

    doc: str
    kind: str
    state: str
    is_final: bool
    file_key: str | None
    sha256: str | None
    filename: str

    @property
    def awaits_signature(self) -> bool:
        """Whether number, date, place and signer are what it lacks."""
        return self.is_signed and not self.is_final

    @property
    def is_signed(self) -> bool:
        """Whether papers of this kind are signed at all."""
        return self.kind in SIGNED


def promise_receipt(db: Session, proposal: Proposal, version: ProposalVersion) -> Document:
    """The receipt of one version; final at once, because the register number and the arrival are known."""
    doc = document_code()
    facts = paper_facts.receipt(db, proposal, version, doc)
    return promise(db, doc, "receipt", proposal, version.number, facts, is_final=True)


def promise_decision(
    db: Session, session: CommitteeSession, item: SessionItem, proposal: Proposal, *, released_at: datetime
) -> Document:
    """The paper of one released item: a draft until number, date, place and signer are recorded."""
    doc = document_code()
    facts = paper_facts.decision(db, session, item, proposal, doc, released_at=released_at)
    return promise(db, doc, "decision", proposal, proposal.current_version, facts)


def promise(
    db: Session,
    doc: str,
    kind: str,
    about: Proposal | CommitteeSession,
    version: int,
    facts: dict[str, Any],
    *,
    is_final: bool = False,
) -> Document:
    """A new paper that the worker will make; `is_final` when nothing has to be signed."""
    document = Document(
        doc=doc,
        kind=kind,
        proposal_id=about.id if isinstance(about, Proposal) else None,
        session_id=about.id if isinstance(about, CommitteeSession) else None,
        version=version,
        facts=facts,
        state="promised",
        is_final=is_final,
        edition=1,
        created_at=clock.now(),
    )
    db.add(document)
    db.flush()
    promise_making(db, document)
    return document


def promise_making(db: Session, document: Document) -> None:
    key = f"document:{document.doc}:{document.edition}"
    outbox.promise(db, outbox.DOCUMENT, {"document_id": document.id}, key=key)


def make(database: Database, files: Files, document_id: int, *, base_url: str) -> None:
    """Render the promised edition, keep its bytes, note them. Running twice changes nothing the second time.

    No transaction is open while the pages are laid out and the bytes are stored.
    """
    with database.reading() as db:
        document = db.get_one(Document, document_id, options=[undefer(Document.facts)])
    if document.file_key is not None:
        return
    content = paper_facts.rendered(document, base_url=base_url)
    digest = hashlib.sha256(content).hexdigest()
    # The key names the bytes: another version of the engine may lay out the same facts differently.
    file_key = f"documents/{document.doc}/{document.edition}-{digest}.pdf"
    files.put(file_key, content)
    database.transact(lambda db: note_made(db, document, file_key, digest))


def note_made(db: Session, document: Document, file_key: str, digest: str) -> None:
    """Record the bytes of this edition unless somebody else has, or a newer edition was promised meanwhile."""
    state = "issued" if document.is_final else "draft"
    hit = db.scalar(
        update(Document)
        .where(Document.id == document.id, Document.edition == document.edition, Document.file_key.is_(None))
        .values(file_key=file_key, sha256=digest, made_at=clock.now(), state=state)
        .returning(Document.id),
        execution_options={"synchronize_session": False},
    )
    if hit is None:
        return
    data = {"kind": document.kind, "edition": document.edition, "state": state, "sha256": digest}
    subject = f"document:{document.doc}"
    audit.record(db, "document.made", actor=CLOCK, subject=subject, proposal_id=document.proposal_id, data=data)


def issue(db: Session, doc: str, *, number: str, date: Day | str, signer: str, place: str, actor: Actor) -> Document:
    """Record what turns the draft into the issued document, and promise its final edition."""
    document = found(db, doc)
    ensure_handles(db, document, actor=actor)
    refuse_unsignable(document)
    entries = {"number": number.strip(), "signer": signer.strip(), "place": place.strip()}
    dated_on, errors = readable_date(date)
    errors += [
        (name, N_("Fill this in, with at most %(count)s characters.", count=LONGEST_ENTRY))
        for name, value in entries.items()
        if not 0 < len(value) <= LONGEST_ENTRY
    ]
    if errors:
        raise Invalid(errors=errors)
    hit = db.scalar(
        update(Document)
        .where(Document.id == document.id, Document.edition == document.edition, ~Document.is_final)
        .values(
            **entries,
            dated_on=dated_on,
            facts=headed(db, document, dated_on or clock.today()),
            is_final=True,
            edition=document.edition + 1,
            state="promised",
            file_key=None,
            sha256=None,
            made_at=None,
        )
        .returning(Document.id),
        execution_options={"synchronize_session": False},
    )
    db.refresh(document)
    if hit is None:
        raise IllegalMove(N_("This document is already issued."))
    promise_making(db, document)
    data = entries | {"date": str(dated_on), "edition": document.edition}
    audit.record(
        db, "document.issued", actor=actor, subject=f"document:{doc}", proposal_id=document.proposal_id, data=data
    )
    return document


def headed(db: Session, document: Document, on: Day) -> dict[str, Any]:
    """The facts under the letterhead of the day that stands on the paper."""
    return document.facts | {"letterhead": letterheads.as_data(db, issuer_of(document), on)}


def head_now(db: Session, document: Document) -> Letterhead:
    """The letterhead that a paper issued today gets: its place and its usual signer."""
    return letterheads.of(db, issuer_of(document), clock.today())


def issuer_of(document: Document) -> str:
    """A paper of the body that decides is issued by it; every other one names who issues it."""
    return document.facts.get("issuer") or document.facts["body"]


def ensure_handles(db: Session, document: Document, *, actor: Actor) -> None:
    """Whether `actor` may issue papers, and this one: nothing it is about may be closed to the person."""
    if document.session_id is None:
        subject = subject_of(db, proposal_of(db, document), actor=actor)
        policy.ensure(actor, COVER, subject)
        policy.ensure(actor, "document.issue", subject)
        return
    policy.ensure(actor, "document.issue", Subject())
    if not session_readings.reads(db, document.kind, session_of(db, document), actor=actor):
        raise NotFound()


def proposal_of(db: Session, document: Document) -> Proposal:
    return db.get_one(Proposal, document.proposal_id)


def session_of(db: Session, document: Document) -> CommitteeSession:
    return db.get_one(CommitteeSession, document.session_id)


def refuse_unsignable(document: Document) -> None:
    """Signed is once, and only what is signed at all."""
    if document.is_final:
        raise IllegalMove(N_("This document is already issued."))
    if document.kind not in SIGNED:
        raise IllegalMove(N_("A document of this kind is not signed."))


def readable_date(value: Day | str) -> tuple[Day | None, list[tuple[str, Message]]]:
    try:
        return (value if isinstance(value, Day) else Day.fromisoformat(value)), []
    except (TypeError, ValueError):
        return None, [("date", N_("Give the date of the document."))]


def found(db: Session, doc: str) -> Document:
    document = db.scalar(select(Document).where(Document.doc == doc))
    if document is None:
        raise NotFound()
    return document


def fetch(db: Session, doc: str, *, actor: Actor) -> Paper:
    """The document with this code, for those who may read what it contains."""
    document = found(db, doc)
    if document.session_id is not None:
        session = session_of(db, document)
        if not session_readings.reads(db, document.kind, session, actor=actor):
            raise NotFound()
        return session_paper(document, session)
    proposal = proposal_of(db, document)
    subject = subject_of(db, proposal, actor=actor)
    if not reads(document, subject, actor):
        policy.ensure(actor, READING[document.kind][0], subject)
    if shows_a_draft(document) and not reads_drafts(proposal, subject, actor):
        raise NotFound()
    return paper_of(document, proposal)


def reads(document: Document, subject: Subject, actor: Actor) -> bool:
    """Whether a right to what the paper contains opens it; an opinion is also open to the body that signed it."""
    if any(policy.allows(actor, action, subject) for action in READING[document.kind]):
        return True
    return (
        document.kind == "ministry_opinion"
        and document.facts["issuer"] == actor.organisation_id
        and policy.allows(actor, "opinion.read_own", subject)
        and policy.allows(actor, COVER, subject)
    )


def shows_a_draft(document: Document) -> bool:
    """Whether the paper prints a text that was not handed in."""
    return document.kind == "proposal" and document.version == 0


def reads_drafts(proposal: Proposal, subject: Subject, actor: Actor) -> bool:
    """As with the text itself: authors read what they are changing; others only what was never handed in."""
    return not proposal.current_version or policy.allows(actor, "proposal.edit", subject)


def latest_decision(db: Session, proposal: Proposal, *, actor: Actor) -> Paper:
    """The newest released decision on a proposal; NotFound before the first release."""
    policy.ensure(actor, READING["decision"][0], subject_of(db, proposal, actor=actor))
    document = db.scalar(
        select(Document)
        .join(Decision, Decision.document_id == Document.id)
        .where(Decision.proposal_id == proposal.id)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    if document is None:
        raise NotFound()
    return paper_of(document, proposal)


def decision_paper(db: Session, code: str) -> int | None:
    """The document of the newest decision on this proposal, for the operator's export; None while there is none."""
    return db.scalar(
        select(Decision.document_id)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .where(Proposal.code == code)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def made_key(db: Session, document_id: int) -> str:
    """Where a paper that has been made is stored, for the operator's export."""
    key = db.get_one(Document, document_id).file_key
    if key is None:
        raise NotFound()
    return key


def listing(db: Session, proposal: Proposal, *, actor: Actor) -> list[Paper]:
    """Every document of a proposal that `actor` may read, oldest first."""
    subject = subject_of(db, proposal, actor=actor)
    documents = select(Document).where(Document.proposal_id == proposal.id)
    drafts = reads_drafts(proposal, subject, actor)
    return [
        paper_of(document, proposal)
        for document in db.scalars(documents.order_by(Document.id))
        if reads(document, subject, actor) and (drafts or not shows_a_draft(document))
    ]


def paper_of(document: Document, proposal: Proposal) -> Paper:
    return as_paper(document, proposal.code)


def session_paper(document: Document, session: CommitteeSession) -> Paper:
    return as_paper(document, f"{session.body_id}-{session.number}")


def as_paper(document: Document, about: str) -> Paper:
    return Paper(
        doc=document.doc,
        kind=document.kind,
        state=document.state,
        is_final=document.is_final,
        file_key=document.file_key,
        sha256=document.sha256,
        filename=f"{document.kind}-{about}-{document.doc}.pdf",
    )
