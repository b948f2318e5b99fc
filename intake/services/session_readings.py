"""Who reads the papers of a session: whoever may read everything they tell, and the outcomes not before release."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import policy
from intake.models import CommitteeSession, Proposal, SessionItem
from intake.policy import Actor
from intake.services.proposals import COVER
from intake.services.subjects import session_subject, subject_of

NEEDED = {"minutes": COVER, "score_synthesis": "synthesis.read", "committee_report": "synthesis.read"}
"""What a reader must be allowed on every proposal of the agenda: who is conflicted on one reads none of it."""


def reads(db: Session, kind: str, session: CommitteeSession, *, actor: Actor) -> bool:
    subject = session_subject(db, session, actor=actor)
    if not policy.allows(actor, "session.read", subject):
        return False
    items = agenda(db, session)
    is_released = all(item.state == "released" for item, _ in items)
    if kind == "minutes" and not is_released and not policy.allows(actor, "session.manage", subject):
        return False
    return all(policy.allows(actor, NEEDED[kind], subject_of(db, proposal, actor=actor)) for _, proposal in items)


def agenda(db: Session, session: CommitteeSession) -> list[tuple[SessionItem, Proposal]]:
    """What is or was dealt with, in order."""
    rows = db.execute(
        select(SessionItem, Proposal)
        .join(Proposal, Proposal.id == SessionItem.proposal_id)
        .where(SessionItem.session_id == session.id, SessionItem.state != "removed")
        .order_by(SessionItem.position, SessionItem.id)
    )
    return [(row.SessionItem, row.Proposal) for row in rows]
