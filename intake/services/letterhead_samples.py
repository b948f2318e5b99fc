"""A sample document under a letterhead that is not in force yet, made by the worker like every other PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import policy
from intake.canonical import sha256_of
from intake.catalogue import CRITERIA
from intake.documents.facts import (
    ConditionFacts,
    CriterionScore,
    NoticeFacts,
    ProposalFacts,
    QuorumFacts,
    ScoreFacts,
    SittingFacts,
    VoteFacts,
    from_data,
    to_data,
)
from intake.documents.kinds import make_pdf
from intake.documents.letterheads import Letterhead
from intake.errors import NotFound
from intake.files import Files
from intake.models import Outbox
from intake.policy import Actor, Subject
from intake.services import outbox
from intake.services.letterheads import EDIT

AT = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
CODE = "SK-2026-00000000"
SHA256 = "0" * 64


def promise(db: Session, head: Letterhead, *, actor: Actor) -> str:
    """Have the sample made, once for the same letterhead; answers the word by which it is fetched."""
    policy.ensure(actor, EDIT, Subject())
    data = to_data(head)
    name = sha256_of(data)
    if db.scalar(select(Outbox.id).where(Outbox.key == key_of(name))) is None:
        outbox.promise(db, outbox.DOCUMENT, {"sample": name, "letterhead": data}, key=key_of(name))
    return name


def key_of(name: str) -> str:
    return f"letterhead-sample:{name}"


def make(files: Files, payload: dict[str, Any]) -> None:
    """The worker's part; the same letterhead gives the same bytes."""
    facts = to_data(sample(from_data(Letterhead, payload["letterhead"])))
    files.put(file_key(payload["sample"]), make_pdf("decision", facts))


def file_key(name: str) -> str:
    return f"samples/letterhead-{name}.pdf"


def ready(db: Session, name: str, *, actor: Actor) -> str | None:
    """Where the sample is stored; None while it is being made, NotFound when nobody has asked for it."""
    policy.ensure(actor, EDIT, Subject())
    row = db.scalar(select(Outbox).where(Outbox.key == key_of(name)))
    if row is None:
        raise NotFound()
    return file_key(name) if row.delivered_at is not None else None


def sample(head: Letterhead) -> NoticeFacts:
    """A decision that nobody took, marked as a draft and as an illustration."""
    scores = tuple(CriterionScore(one.name.vi, 1, (3, 4, 5), Decimal(4), Decimal(1)) for one in CRITERIA.values())
    counts = {"approve": 0, "approve_with_conditions": 5, "abstain": 1}
    return NoticeFacts(
        doc="0000000000",
        check_url="",
        body=head.organisation_id,
        outcome="approve_with_conditions",
        proposal=ProposalFacts(CODE, "Đề xuất mẫu", 1, SHA256, "Đơn vị mẫu", "Đơn vị mẫu", "Hệ thống mẫu"),
        sitting=SittingFacts(1, AT.date(), head.place, "Nguyễn Văn A", 7, 6),
        vote=VoteFacts(
            mode="ballot",
            secret=False,
            entitled=7,
            present=6,
            base=6,
            quorum=QuorumFacts(5, True, True),
            cast=6,
            counts=counts,
            choice="approve_with_conditions",
        ),
        score=ScoreFacts("mẫu", 1, 1, 5, 3, scores, (Decimal(70), Decimal(80)), Decimal(75), Decimal(7), "", SHA256),
        summary="Đoạn tổng hợp mẫu.",
        text="Nội dung kết luận mẫu.",
        reason="Lý do mẫu.",
        conditions=(ConditionFacts("Điều kiện mẫu.", "Cơ quan mẫu", AT.date()),),
        differences=(),
        released_at=AT,
        is_illustrative=True,
        letterhead=head,
    )
