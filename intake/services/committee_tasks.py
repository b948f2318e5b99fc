"""What waits for those who decide: sittings to come, items to declare on, read and vote on, decisions to release."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from intake import clock
from intake.i18n import N_, Text
from intake.models import (
    Ballot,
    BodyMember,
    CommitteeSession,
    Organisation,
    Proposal,
    Recusal,
    SessionItem,
)
from intake.models.visibility import deciding_chair_of
from intake.policy import Actor, Role
from intake.services.tasks import Task, covers, found, task

COMING = ("planned", "open")
TO_DECIDE = ("waiting", "open")
# The condition of visibility looks into the same tables: under their own names they would be taken for its rows.
Item = aliased(SessionItem)
Sitting = aliased(CommitteeSession)


def committee_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """Sittings of one's bodies, the items on their agendas, and for the chair what can be released."""
    lines = session_tasks(db, actor, limit) + item_tasks(db, actor, limit)
    return lines + release_tasks(db, actor, limit) if actor.role is Role.COMMITTEE_CHAIR else lines


def sits(actor: Actor, session: Any = CommitteeSession) -> Any:
    return exists().where(
        BodyMember.body_id == session.body_id,
        BodyMember.user_id == actor.user_id,
        BodyMember.ended_on.is_(None),
    )


def sessions_with(count: Any) -> Any:
    return select(
        CommitteeSession.id,
        CommitteeSession.starts_at,
        CommitteeSession.place,
        Organisation.name_vi,
        Organisation.name_en,
        count.label("items"),
    ).join(Organisation, Organisation.id == CommitteeSession.body_id)


def items_where(*where: Any) -> Any:
    counted = select(func.count(SessionItem.id)).where(SessionItem.session_id == CommitteeSession.id, *where)
    return counted.correlate(CommitteeSession).scalar_subquery()


def session_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    coming = (
        sessions_with(items_where(SessionItem.state != "removed"))
        .where(CommitteeSession.state.in_(COMING), sits(actor))
        .order_by(CommitteeSession.starts_at, CommitteeSession.id)
    )
    return [
        session_task(row, "attend", N_("Session of the %(body)s", body=Text(row.name_vi, row.name_en)))
        for row in found(db, coming, limit)
    ]


def session_task(row: Any, kind: str, label: Any, progress: tuple[int, int] | None = None) -> Task:
    return Task(
        kind=kind,
        label=label,
        page="session",
        title=row.place,
        due_on=clock.local_date(row.starts_at),
        progress=progress,
        session_id=row.id,
    )


def item_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """One line per item still to be decided: vote while it is open, else read it first."""
    voted = exists().where(Ballot.item_id == Item.id, Ballot.user_id == actor.user_id)
    recused = exists().where(Recusal.item_id == Item.id, Recusal.user_id == actor.user_id)
    item = (Item.state.label("item_state"), Sitting.id.label("session_id"))
    sitting = (Sitting.starts_at, Sitting.mode, voted.label("has_voted"))
    query = (
        covers(actor, *item, *sitting)
        .join(Item, Item.proposal_id == Proposal.id)
        .join(Sitting, Sitting.id == Item.session_id)
        .where(Item.state.in_(TO_DECIDE), Sitting.state.in_(COMING), sits(actor, Sitting), ~recused)
    )
    return [line for row in found(db, query, limit) if (line := item_task(actor, row)) is not None]


def item_task(actor: Actor, row: Any) -> Task | None:
    day = clock.local_date(row.starts_at)
    if row.item_state == "open" and row.mode == "ballot":
        line = task(actor, row, "vote", N_("Vote"), "session", due_on=day)
        return None if row.has_voted else replace(line, session_id=row.session_id)
    line = task(actor, row, "read", N_("Read before the session"), "synthesis", due_on=day)
    return replace(line, session_id=row.session_id)


def release_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """Sittings in which every item that was closed has its conclusion prepared."""
    prepared = items_where(SessionItem.state == "closed", SessionItem.concluded_at.is_not(None))
    closed = items_where(SessionItem.state == "closed")
    ready = (
        sessions_with(prepared)
        .where(prepared > 0, prepared == closed, deciding_chair_of(actor))
        .order_by(CommitteeSession.starts_at, CommitteeSession.id)
    )
    label = N_("Release the decisions")
    return [session_task(row, "release", label, progress=(row.items, row.items)) for row in found(db, ready, limit)]
