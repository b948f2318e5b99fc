"""As many proposals as a test wants on every desk at once, written in bulk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from intake import clock, outline
from intake.catalogue import CRITERIA
from intake.models import (
    Assignment,
    CommitteeSession,
    Declaration,
    Proposal,
    ProposalVersion,
    Routing,
    Score,
    ScoreSheet,
    SessionItem,
)
from intake.workflow.procedures import DEFAULT_PROCEDURE
from tests import factories
from tests.web.desk_world import ADVISER, APPLICANT, CHAIR, ENGINEER, LEAD2, MEMBER, REVIEWER, SECRETARY, actor

# Somebody who reviews, and the chief engineer, have scored the first of two versions: the second asks them again.
SCORED_BY = (REVIEWER, ENGINEER)
DECLARED = (LEAD2, REVIEWER, ENGINEER, ADVISER, MEMBER, CHAIR)
CHANGED = "novelty"


def crowd(db: Session, count: int) -> None:
    """`count` proposals altogether, each asked of everybody at once; `bring_to` says where they stand."""
    before = db.scalar(select(func.count(Proposal.id))) or 0
    owner = actor(db, APPLICANT).user_id
    db.execute(insert(Proposal), [proposal_row(owner, number) for number in range(before, count)])
    ids = list(db.scalars(select(Proposal.id).order_by(Proposal.id).offset(before)))
    prints = outline.section_fingerprints(factories.example())
    frozen = {"outline": outline.OUTLINE.id, "document": {}, "sha256": "0", "warnings": [], "submitted_at": clock.now()}
    frozen["submitted_by_id"] = owner
    of_both = ((1, prints), (2, prints | {CHANGED: "0"}))
    spread(db, ProposalVersion, ids, *(frozen | {"number": n, "section_prints": found} for n, found in of_both))
    asked = {"routed_at": clock.now(), "due_on": clock.today() + timedelta(days=9)}
    spread(db, Routing, ids, asked | {"organisation_id": "bkhcn", "role": "lead"})
    spread(db, Routing, ids, asked | {"organisation_id": "byt", "role": "cooperating"})
    for email, kind, body in ((REVIEWER, "reviewer", "byt"), (ADVISER, "adviser", None)):
        person = actor(db, email).user_id
        given = {"user_id": person, "assigned_by_id": person, "assigned_at": clock.now(), "due_on": asked["due_on"]}
        spread(db, Assignment, ids, given | {"kind": kind, "organisation_id": body})
    for email in DECLARED:
        word = {"user_id": actor(db, email).user_id, "is_conflicted": False, "kind": "none"}
        spread(db, Declaration, ids, word | {"declared_at": clock.now()})
    for email in SCORED_BY:
        score(db, ids, email)
    on_agenda(db, ids)


def spread(db: Session, model: type[Any], ids: list[int], *rows: dict[str, Any]) -> None:
    """The same rows for each proposal."""
    db.execute(insert(model), [{"proposal_id": id, **row} for id in ids for row in rows])


def proposal_row(owner: int | None, number: int) -> dict[str, Any]:
    now = clock.now()
    return {
        "code": f"SK-2026-C{number:07d}",
        "owner_id": owner,
        "created_at": now,
        "submitted_at": now,
        "procedure": DEFAULT_PROCEDURE.id,
        "procedure_version": DEFAULT_PROCEDURE.version,
        "state": "reception",
        "is_open": True,
        "state_since": now,
        "holder_kind": "secretariat",
        "due_on": clock.today() + timedelta(days=number % 30),
        "assessing_system": "ht3",
        "engineer_reached_at": now,
        "deciding_body_id": "tt_bcdtw",
        "lead_agency_id": "demo_university",
        "outline": outline.OUTLINE.id,
        "language": "vi",
        "document": {},
        "document_saved_at": now,
        "current_version": 2,
        "title": f"Sáng kiến số {number}",
        "primary_system": "ht3",
        "proposer_name": "Viện nghiên cứu (giả định)",
    }


def score(db: Session, ids: list[int], email: str) -> None:
    """A sheet of all fours, submitted on the first version."""
    who = actor(db, email)
    now, is_engineer = clock.now(), email == ENGINEER
    sheet = {"user_id": who.user_id, "version": 1, "scheme": "kh01-2025", "saved_at": now, "submitted_at": now}
    sheet |= {"capacity": "engineer" if is_engineer else "ministry"}
    spread(db, ScoreSheet, ids, sheet | {"organisation_id": None if is_engineer else who.organisation_id})
    of_person = select(ScoreSheet.id).where(ScoreSheet.user_id == who.user_id, ScoreSheet.proposal_id.in_(ids))
    given = {"score": 4, "justification": "Lý do", "version": 1}
    sheets = list(db.scalars(of_person))
    db.execute(insert(Score), [given | {"sheet_id": id, "criterion": c} for id in sheets for c in CRITERIA])


def on_agenda(db: Session, ids: list[int]) -> None:
    """One planned sitting with everything on its agenda."""
    sitting = db.scalar(select(CommitteeSession))
    if sitting is None:
        now = clock.now()
        values = {"number": 1, "body_id": "tt_bcdtw", "place": "Hà Nội", "mode": "ballot", "starts_at": now}
        sitting = CommitteeSession(**values, created_by_id=actor(db, SECRETARY).user_id, created_at=now)
        db.add(sitting)
        db.flush()
    rows = [{"session_id": sitting.id, "proposal_id": id, "position": id} for id in ids]
    db.execute(insert(SessionItem), rows)


def bring_to(db: Session, state: str) -> None:
    """Everything stands at one stage now."""
    holder = DEFAULT_PROCEDURE.stage(state).holder
    db.execute(update(Proposal).values(state=state, holder_kind=holder))


def unscored(db: Session, email: str) -> None:
    """The person has no sheet any more: all are to be filled."""
    of_person = select(ScoreSheet.id).where(ScoreSheet.user_id == actor(db, email).user_id)
    db.execute(delete(Score).where(Score.sheet_id.in_(of_person)))
    db.execute(delete(ScoreSheet).where(ScoreSheet.id.in_(of_person)))
