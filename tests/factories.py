"""Rows for tests, with only what the test is about; everything else has a plain default."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock, outline
from intake.catalogue import CRITERIA
from intake.models import (
    Assignment,
    CommitteeSession,
    Decision,
    Declaration,
    Document,
    Membership,
    Opinion,
    Proposal,
    ProposalOrganisation,
    ProposalPerson,
    ProposalVersion,
    Routing,
    Score,
    ScoreSheet,
    SessionItem,
    User,
)
from intake.paths import REPOSITORY
from intake.policy import Actor, Role
from intake.scoring.schemes import KH01_2025
from intake.services.codes import document_code
from intake.workflow.procedures import DEFAULT_PROCEDURE

EXAMPLES = REPOSITORY / "tests" / "data" / "examples"
HOLDING = {
    "secretariat": "vptw",
    "lead_ministry": "bkhcn",
    "engineer": "tcts_ht3",
    "deciding_body": "tt_bcdtw",
    "lead_agency": "byt",
}
numbers = count(1)


@cache
def example(name: str = "full_sk10") -> dict[str, Any]:
    return outline.import_proposal(json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")))


def document(**sections: Any) -> dict[str, Any]:
    """The stored text of the full example, with some sections replaced."""
    text = deepcopy(example())
    text["sections"] |= sections
    return text


def person(db: Session, name: str, **changes: Any) -> User:
    """The person called `name`, made at first use."""
    email = f"{name}@example.vn"
    found = db.scalar(select(User).where(User.email == email))
    if found is None:
        found = User(**{"email": email, "name": f"Người {name}", "created_at": clock.now()} | changes)
        db.add(found)
        db.flush()
    return found


def acting(db: Session, name: str, role: Role, organisation: str | None = None, system: str | None = None) -> Actor:
    """The person acting under one membership, which is made at first use; conflicts see all of them."""
    user = person(db, name)
    held = list(db.scalars(select(Membership).where(Membership.user_id == user.id, Membership.ended_at.is_(None))))
    if not any((m.role, m.organisation_id, m.system) == (role.value, organisation, system) for m in held):
        membership = Membership(
            user_id=user.id, role=role.value, organisation_id=organisation, system=system, granted_at=clock.now()
        )
        db.add(membership)
        db.flush()
        held.append(membership)
    bodies = frozenset(m.organisation_id for m in held if m.organisation_id)
    return Actor(user.id, role, organisation, bodies, system)


def secretary(db: Session, name: str = "secretary") -> Actor:
    return acting(db, name, Role.SECRETARY, "vptw")


def lead(db: Session, ministry: str = "bkhcn") -> Actor:
    return acting(db, f"lead-{ministry}", Role.MINISTRY_LEAD, ministry)


def reviewer(db: Session, name: str = "reviewer", ministry: str = "bkhcn") -> Actor:
    return acting(db, name, Role.MINISTRY_REVIEWER, ministry)


def engineer(db: Session, system: str = "ht3") -> Actor:
    return acting(db, f"engineer-{system}", Role.ENGINEER, f"tcts_{system}", system)


def adviser(db: Session, name: str = "adviser") -> Actor:
    return acting(db, name, Role.ADVISER)


def owner(db: Session, name: str = "owner") -> Actor:
    return acting(db, name, Role.APPLICANT)


def proposal(db: Session, state: str = "ministry_review", **changes: Any) -> Proposal:
    """A proposal at a stage of the default procedure, submitted once (unless a draft), with its frozen version."""
    stage, now, number = DEFAULT_PROCEDURE.stage(state), clock.now(), next(numbers)
    is_submitted = not stage.is_initial
    values: dict[str, Any] = {
        "code": f"SK-2026-{number:08d}",
        "owner_id": owner(db).user_id,
        "created_at": now,
        "submitted_at": now if is_submitted else None,
        "procedure": DEFAULT_PROCEDURE.id,
        "procedure_version": DEFAULT_PROCEDURE.version,
        "state": state,
        "is_open": stage.is_open,
        "state_since": now,
        "holder_kind": stage.holder,
        "holder_organisation_id": HOLDING.get(stage.holder or ""),
        "due_on": clock.today() + timedelta(days=14) if stage.is_open else None,
        "assessing_system": "ht3",
        "deciding_body_id": "tt_bcdtw",
        "outline": outline.OUTLINE.id,
        "language": "vi",
        "document": document(),
        "document_saved_at": now,
        "current_version": 1 if is_submitted else 0,
        "title": f"Sáng kiến số {number}",
        "initiative_ref": "sk10",
        "primary_system": "ht3",
        "proposer_name": "Viện nghiên cứu (giả định)",
    }
    made = Proposal(**values | changes)
    db.add(made)
    db.flush()
    if is_submitted:
        version(db, made, made.document, number=made.current_version)
    return made


def version(db: Session, proposal: Proposal, text: dict[str, Any], *, number: int | None = None) -> ProposalVersion:
    """A frozen text; the proposal's next and current version unless a number is given."""
    frozen = ProposalVersion(
        proposal_id=proposal.id,
        number=number or proposal.current_version + 1,
        outline=outline.OUTLINE.id,
        document=text,
        sha256=outline.fingerprint(text),
        warnings=[],
        submitted_at=clock.now(),
        submitted_by_id=proposal.owner_id,
    )
    proposal.current_version = frozen.number
    db.add(frozen)
    db.flush()
    return frozen


def named(
    db: Session, proposal: Proposal, role: str, name: str, organisation: str | None = None, *, settled: bool = False
) -> ProposalOrganisation:
    """A body named in the proposal, linked when an organisation is given."""
    row = ProposalOrganisation(
        proposal_id=proposal.id, role=role, name=name, organisation_id=organisation, is_settled=settled
    )
    db.add(row)
    db.flush()
    return row


def routing(
    db: Session, proposal: Proposal, ministry: str = "bkhcn", role: str = "lead", due_on: date | None = None
) -> Routing:
    """A ministry asked now."""
    row = Routing(
        proposal_id=proposal.id,
        organisation_id=ministry,
        role=role,
        due_on=due_on or proposal.due_on,
        routed_at=clock.now(),
    )
    db.add(row)
    db.flush()
    return row


def assignment(db: Session, proposal: Proposal, actor: Actor, due_on: date | None = None) -> Assignment:
    """The person asked: as adviser when acting as one, else as reviewer of the ministry."""
    is_adviser = actor.role is Role.ADVISER
    row = Assignment(
        proposal_id=proposal.id,
        kind="adviser" if is_adviser else "reviewer",
        user_id=actor.user_id,
        organisation_id=None if is_adviser else actor.organisation_id,
        due_on=due_on or proposal.due_on,
        assigned_by_id=proposal.owner_id,
        assigned_at=clock.now(),
    )
    db.add(row)
    db.flush()
    return row


def coauthor(db: Session, proposal: Proposal, actor: Actor, relation: str = "coauthor_edit") -> None:
    """The person writes with the owner, or reads along."""
    db.add(ProposalPerson(proposal_id=proposal.id, user_id=actor.user_id, relation=relation, added_at=clock.now()))
    db.flush()


def declaration(db: Session, proposal: Proposal, *actors: Actor, kind: str = "none") -> None:
    """The current word of each on a conflict of interest."""
    for actor in actors:
        db.add(
            Declaration(
                proposal_id=proposal.id,
                user_id=actor.user_id,
                is_conflicted=kind != "none",
                kind=kind,
                declared_at=clock.now(),
            )
        )
    db.flush()


def entries(*scores: int | None, **changes: Any) -> dict[str, dict[str, Any]]:
    """What a person enters on a sheet: the six scores in official order, or one score for all."""
    given = scores * len(CRITERIA) if len(scores) == 1 else scores
    filled = {
        criterion: {"score": score, "justification": f"Lý do {criterion}", "section": None}
        for criterion, score in zip(CRITERIA, given, strict=True)
    }
    return filled | {criterion: filled[criterion] | change for criterion, change in changes.items()}


def sheet(
    db: Session,
    proposal: Proposal,
    actor: Actor,
    *scores: int | None,
    version: int = 1,
    submitted_at: datetime | None = None,
    is_submitted: bool = True,
) -> ScoreSheet:
    """A sheet with the six scores (or one score for all), given on a version."""
    is_engineer = actor.role is Role.ENGINEER
    row = ScoreSheet(
        proposal_id=proposal.id,
        user_id=actor.user_id,
        capacity="engineer" if is_engineer else "ministry",
        organisation_id=None if is_engineer else actor.organisation_id,
        version=version,
        scheme=KH01_2025.id,
        saved_at=clock.now(),
        submitted_at=(submitted_at or clock.now()) if is_submitted else None,
        scores=[
            Score(criterion=criterion, score=entry["score"], justification=entry["justification"], version=version)
            for criterion, entry in entries(*scores).items()
        ],
    )
    db.add(row)
    db.flush()
    return row


def opinion(db: Session, proposal: Proposal, actor: Actor, position: str = "agree", **changes: Any) -> Opinion:
    """A signed opinion of the kind the role gives."""
    kinds = {Role.ADVISER: "adviser", Role.ENGINEER: "assessment"}
    kind = kinds.get(actor.role, "ministry")
    values: dict[str, Any] = {
        "proposal_id": proposal.id,
        "kind": kind,
        "organisation_id": actor.organisation_id if kind == "ministry" else None,
        "user_id": actor.user_id,
        "version": proposal.current_version,
        "position": position,
        "text": "Đồng ý.",
        "conditions": [],
        "saved_at": clock.now(),
        "signed_at": clock.now(),
    }
    row = Opinion(**values | changes)
    db.add(row)
    db.flush()
    return row


def decision(db: Session, proposal: Proposal, outcome: str = "approve", reason: str = "") -> Decision:
    """What the Standing Board has released on the proposal."""
    chief, now, body = secretary(db).user_id, clock.now(), "tt_bcdtw"
    paper = Document(
        doc=document_code(),
        kind="decision",
        proposal_id=proposal.id,
        version=1,
        facts={},
        is_final=True,
        created_at=now,
    )
    sitting = CommitteeSession(
        number=next(numbers),
        body_id=body,
        place="Hà Nội",
        mode="ballot",
        starts_at=now,
        created_by_id=chief,
        created_at=now,
    )
    item = SessionItem(
        session=sitting, proposal_id=proposal.id, position=1, state="released", outcome=outcome, reason=reason
    )
    db.add_all([paper, item])
    db.flush()
    made = Decision(
        item_id=item.id,
        proposal_id=proposal.id,
        body_id=body,
        outcome=outcome,
        document_id=paper.id,
        released_by_id=chief,
        released_at=now,
    )
    db.add(made)
    db.flush()
    return made
