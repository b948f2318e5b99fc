"""What was decided on a proposal and who has to do what by when: for the agency that carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.i18n import Text
from intake.models import Decision, Document, Organisation, Proposal, SessionItem, User
from intake.policy import Actor
from intake.services import rights, routings


@dataclass(frozen=True)
class Condition:
    """One condition of the approval, who answers for it, and until when."""

    text: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class Mandate:
    """The newest released decision as the lead agency reads it."""

    outcome: str
    text: str
    reason: str
    conditions: list[Condition]
    body: Text
    released_at: datetime
    doc: str
    supervisor: str
    lead_agency: Text | None


def of(db: Session, proposal: Proposal, *, actor: Actor) -> Mandate | None:
    """None while nothing is released."""
    rights.ensure(db, proposal, "proposal.read_decision", actor=actor)
    found = (
        select(Decision, SessionItem, Organisation, Document.doc)
        .join(SessionItem, SessionItem.id == Decision.item_id)
        .join(Organisation, Organisation.id == Decision.body_id)
        .join(Document, Document.id == Decision.document_id)
        .where(Decision.proposal_id == proposal.id)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    row = db.execute(found).one_or_none()
    if row is None:
        return None
    decision, item, body, doc = row
    supervisor = db.get(User, proposal.supervisor_id) if proposal.supervisor_id else None
    agency = db.get(Organisation, proposal.lead_agency_id) if proposal.lead_agency_id else None
    return Mandate(
        outcome=decision.outcome,
        text=item.text,
        reason=item.reason,
        conditions=[condition(entry) for entry in item.conditions],
        body=routings.name(body),
        released_at=decision.released_at,
        doc=doc,
        supervisor=supervisor.name if supervisor else "",
        lead_agency=routings.name(agency) if agency else None,
    )


def condition(entry: Mapping[str, Any]) -> Condition:
    due_on = entry.get("due_on")
    return Condition(entry["text"], entry.get("owner") or "", date.fromisoformat(due_on) if due_on else None)
