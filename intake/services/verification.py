"""The public check of a document: whether it was issued, what its file must be, who has signed copies of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.models import Document, SignedCopy
from intake.services import papers

# Each of these takes the place of the one before it about the same proposal or session.
REPLACED_BY_THE_NEXT = frozenset({"receipt", "proposal", "decision", "minutes", "score_synthesis", "committee_report"})


@dataclass(frozen=True)
class Copy:
    """A signed copy: its own hash, who signed it."""

    sha256: str
    signatures: tuple[dict[str, Any], ...]
    uploaded_at: datetime


@dataclass(frozen=True)
class Verified:
    """What the public check page says of an issued document; nothing about what it is on."""

    doc: str
    kind: str
    number: str | None
    dated_on: date | None
    place: str | None
    signer: str | None
    issued_at: datetime | None
    sha256: str
    is_replaced: bool
    copies: tuple[Copy, ...]


def verify(db: Session, doc: str) -> Verified:
    """What was issued under this code; drafts do not exist for the public, and neither do their contents."""
    document = papers.found(db, doc)
    if document.state != "issued" or document.sha256 is None:
        raise NotFound()
    return Verified(
        doc=document.doc,
        kind=document.kind,
        number=document.number,
        dated_on=document.dated_on,
        place=document.place,
        signer=document.signer,
        issued_at=document.made_at,
        sha256=document.sha256,
        is_replaced=is_replaced(db, document),
        copies=copies(db, document),
    )


def is_replaced(db: Session, document: Document) -> bool:
    """Whether a later paper of the kind was issued; that one is being prepared says nothing."""
    if document.kind not in REPLACED_BY_THE_NEXT:
        return False
    later = select(Document.id).where(
        Document.kind == document.kind,
        Document.id > document.id,
        Document.state == "issued",
        Document.proposal_id == document.proposal_id
        if document.proposal_id is not None
        else Document.session_id == document.session_id,
    )
    return db.scalar(later.limit(1)) is not None


def copies(db: Session, document: Document) -> tuple[Copy, ...]:
    rows = db.scalars(select(SignedCopy).where(SignedCopy.document_id == document.id).order_by(SignedCopy.id.desc()))
    return tuple(Copy(row.sha256, tuple(row.signatures), row.uploaded_at) for row in rows)


def compare(found: Verified, content: bytes) -> str:
    """What a file is: `same`, byte for byte; a `signed` copy that was handed in; or `different`."""
    digest = hashlib.sha256(content).hexdigest()
    if digest == found.sha256:
        return "same"
    return "signed" if any(copy.sha256 == digest for copy in found.copies) else "different"
