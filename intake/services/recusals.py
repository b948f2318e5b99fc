"""Members who take no part in one item: by their own word, recorded by the secretary, or being conflicted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import IllegalMove, Invalid
from intake.i18n import N_, Text
from intake.models import (
    Attendance,
    Ballot,
    CommitteeSession,
    Recusal,
    SessionItem,
    User,
)
from intake.policy import Actor
from intake.services import agendas, audit, conflicts

LONGEST_REASON = 5000
CONFLICTED = Text(
    vi="Có xung đột lợi ích với đề xuất (theo tự khai báo hoặc theo quan hệ tổ chức).",
    en="Conflict of interest in the proposal (declared, or through an organisation).",
)


def recuse(
    db: Session, session: CommitteeSession, code: str, *, reason: str, actor: Actor, email: str | None = None
) -> Recusal:
    """Take a member out of one item: oneself, or by the secretary the member with this address."""
    action = "ballot.cast_on_behalf" if email else "recusal.declare"
    item, proposal = agendas.item_of(db, session, code, actor=actor, action=action)
    agendas.lock(db, item)
    if item.state not in ("waiting", "open"):
        raise IllegalMove(
            N_("The vote on this item is over. A conflict found now is declared; the vote is then repeated.")
        )
    user_id = member_with(db, session, email) if email else actor.user_id
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        message = N_("Say why, in at most %(count)s characters.", count=LONGEST_REASON)
        raise Invalid(errors=[("reason", message)])
    found = db.scalar(select(Recusal).where(Recusal.item_id == item.id, Recusal.user_id == user_id))
    if found is not None:
        return found
    drop_ballot(db, item, user_id)
    recusal = Recusal(
        item_id=item.id, user_id=user_id, reason=reason.strip(), recorded_at=clock.now(), recorded_by_id=actor.user_id
    )
    db.add(recusal)
    db.flush()
    subject = agendas.subject(session, proposal)
    audit.record(db, "recusal.recorded", actor=actor, subject=subject, proposal_id=proposal.id, data={"user": user_id})
    return recusal


def member_with(db: Session, session: CommitteeSession, email: str) -> int:
    """The member of the sitting with this address."""
    found = db.scalar(
        select(Attendance.user_id)
        .join(User, User.id == Attendance.user_id)
        .where(
            Attendance.session_id == session.id,
            Attendance.seat.is_not(None),
            User.email == email.strip().casefold(),
        )
    )
    if found is None:
        message = N_("%(email)s is not a member of the body that sits.", email=email)
        raise Invalid(errors=[("email", message)])
    return found


def drop_ballot(db: Session, item: SessionItem, user_id: int | None) -> None:
    """An open ballot goes with its voter; a secret one cannot be found again."""
    cast = select(Ballot.id).where(Ballot.item_id == item.id, Ballot.user_id == user_id)
    if db.scalar(cast) is None:
        return
    if item.is_secret:
        raise IllegalMove(N_("A secret ballot is final: who has cast one can no longer be recused from this vote."))
    db.execute(delete(Ballot).where(Ballot.item_id == item.id, Ballot.user_id == user_id))


def recuse_conflicted(db: Session, session: CommitteeSession, item: SessionItem, *, actor: Actor) -> None:
    """Recuse every member who is conflicted now, whatever the member has said or done in the sitting.

    A secret ballot already cast by such a member stays counted in the box; the tally then opens nothing.
    """
    members = set(db.scalars(seated(session)))
    recused = set(db.scalars(select(Recusal.user_id).where(Recusal.item_id == item.id)))
    fresh = conflicted_people(db, item.proposal_id, members) - recused
    for user_id in sorted(fresh):
        if not item.is_secret:
            drop_ballot(db, item, user_id)
        db.add(Recusal(item_id=item.id, user_id=user_id, reason=CONFLICTED.vi, recorded_at=clock.now()))
    db.flush()
    for user_id in sorted(fresh):
        audit.record(
            db,
            "recusal.recorded",
            actor=actor,
            subject=f"session:{session.id}",
            proposal_id=item.proposal_id,
            data={"user": user_id, "conflicted": True},
        )


def seated(session: CommitteeSession) -> Select[int]:
    return select(Attendance.user_id).where(Attendance.session_id == session.id, Attendance.seat.is_not(None))


def conflicted_people(db: Session, proposal_id: int, user_ids: Iterable[int]) -> set[int]:
    """Those of `user_ids` who declared a conflict, or belong to the owner's or the intended lead organisation."""
    return {user_id for _, user_id in conflicts.conflicted_pairs(db, [proposal_id])}.intersection(user_ids)
