"""Who counts on one item, and whether enough of them are there: rows handed to the pure rules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.errors import Incomplete
from intake.i18n import N_, Message
from intake.models import Attendance, Body, CommitteeSession, Recusal, SessionItem
from intake.workflow import voting
from intake.workflow.voting import Member, Quorum, QuorumRule


def members(db: Session, session: CommitteeSession, item: SessionItem) -> list[Member]:
    """Every seat of the body as it stands for this item."""
    recused = set(db.scalars(select(Recusal.user_id).where(Recusal.item_id == item.id)))
    seats = db.scalars(
        select(Attendance)
        .where(Attendance.session_id == session.id, Attendance.seat.is_not(None))
        .order_by(Attendance.id)
    )
    return [Member(row.user_id, row.seat or "", row.status, is_recused=row.user_id in recused) for row in seats]


def rule(db: Session, session: CommitteeSession) -> QuorumRule:
    """The quorum that the body's own settings ask for."""
    body = db.get_one(Body, session.body_id)
    return QuorumRule(body.quorum_numerator, body.quorum_denominator)


def quorum(db: Session, session: CommitteeSession, item: SessionItem) -> Quorum:
    """The quorum of this item at this moment."""
    return voting.quorum(members(db, session, item), rule(db, session))


def ensure_quorum(found: Quorum) -> None:
    """Raise Incomplete, saying who is missing, unless the item may be dealt with."""
    if found.is_met:
        return
    problems = [
        {"rule": "quorum", "severity": "error", "section": None, "path": "attendance", "message": message}
        for message in shortcomings(found)
    ]
    raise Incomplete(N_("There is no quorum."), problems=problems)


def shortcomings(found: Quorum) -> list[Message]:
    messages = []
    if found.present < found.needed or not found.entitled:
        numbers = {"present": found.present, "entitled": found.entitled, "needed": max(found.needed, 1)}
        messages.append(
            N_("%(present)s of %(entitled)s entitled members are present; at least %(needed)s are needed.", **numbers)
        )
    if not found.is_presided:
        messages.append(N_("Neither the chair nor the deputy is present."))
    return messages


def as_data(found: Quorum) -> dict[str, Any]:
    """The quorum as it is kept in a tally."""
    return {"needed": found.needed, "is_presided": found.is_presided, "is_met": found.is_met}
