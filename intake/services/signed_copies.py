"""Signed copies of issued documents: handed in by the secretariat, checked, kept beside the issued file."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.documents.signatures import Signature, Unacceptable, read_signed
from intake.errors import IllegalMove, Invalid
from intake.files import Files
from intake.i18n import N_
from intake.models import Document, SignedCopy
from intake.policy import Actor
from intake.services import audit, papers

LARGEST = 20_000_000


def original(db: Session, doc: str, *, actor: Actor) -> Document:
    """The issued document that a signed copy is handed in for; IllegalMove while there is none."""
    document = papers.found(db, doc)
    papers.ensure_handles(db, document, actor=actor)
    if document.state != "issued" or document.file_key is None:
        raise IllegalMove(N_("The document is not issued yet: record number, date, place and signer first."))
    return document


def checked(files: Files, document: Document, content: bytes) -> list[Signature]:
    """The signatures of the copy; Invalid in plain words for a file that is no faithful copy."""
    if len(content) > LARGEST:
        raise Invalid(errors=[("file", N_("The file is larger than %(size)s MB.", size=LARGEST // 1_000_000))])
    try:
        return read_signed(content, files.get(document.file_key or ""))
    except Unacceptable as refusal:
        raise Invalid(errors=[("file", refusal.message)]) from refusal


def keep(
    db: Session, files: Files, document: Document, content: bytes, signatures: list[Signature], *, actor: Actor
) -> SignedCopy:
    """Keep a checked copy; handing in the same file again changes nothing."""
    papers.ensure_handles(db, document, actor=actor)
    digest = hashlib.sha256(content).hexdigest()
    known = db.scalar(select(SignedCopy).where(SignedCopy.document_id == document.id, SignedCopy.sha256 == digest))
    if known is not None:
        return known
    key = f"documents/{document.doc}/signed-{digest}.pdf"
    files.put(key, content)
    row = SignedCopy(
        document_id=document.id,
        file_key=key,
        sha256=digest,
        signatures=[as_data(signature) for signature in signatures],
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )
    db.add(row)
    db.flush()
    data = {"sha256": digest, "signed_by": [signature.signer for signature in signatures]}
    subject = f"document:{document.doc}"
    audit.record(db, "document.signed_copy", actor=actor, subject=subject, proposal_id=document.proposal_id, data=data)
    return row


def as_data(signature: Signature) -> dict[str, Any]:
    at = signature.signed_at
    return asdict(signature) | {"signed_at": at.isoformat(timespec="seconds") if at else None}


def newest(db: Session, doc: str, *, actor: Actor) -> SignedCopy | None:
    """The signed copy that counts, for those who may read the document."""
    papers.fetch(db, doc, actor=actor)
    document = papers.found(db, doc)
    copies = select(SignedCopy).where(SignedCopy.document_id == document.id)
    return db.scalar(copies.order_by(SignedCopy.id.desc()).limit(1))
