"""A sitting of the committee within a random walk: called, held, concluded and released, each act on its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.cli.world import acting
from intake.models import CommitteeSession, Proposal, SessionItem
from intake.policy import Actor
from intake.services import ballots, conclusions, conflicts, decisions, proposals, sessions
from intake.services.agendas import LIVE

SECRETARY, CHAIR, DEPUTY = "secretary@demo.vn", "chair@demo.vn", "member1@demo.vn"
MEMBERS = tuple(f"member{number}@demo.vn" for number in range(1, 7))
REASON = "Theo kết quả biểu quyết."


class Walker(Protocol):
    """Who does each act in a transaction of its own."""

    def act(self, work: Any) -> bool: ...


def sit(walker: Walker, code: str, outcome: str, into: str | None, *, chair_steps_back: bool) -> None:
    """Decide `code`, as far as the people are free to: whoever is conflicted is refused and the rest go on."""
    walker.act(lambda db: called(db, code))
    walker.act(lambda db: present(db, code))
    walker.act(lambda db: sessions.open_session(db, sitting(db, code), actor=secretary(db)))
    if chair_steps_back:
        walker.act(lambda db: step_back(db, code))
    walker.act(lambda db: sessions.open_item(db, sitting(db, code), code, actor=presiding(db, chair_steps_back)))
    for email in (CHAIR, *MEMBERS):
        walker.act(lambda db, email=email: voted(db, code, email, outcome, into))
    walker.act(lambda db: sessions.close_item(db, sitting(db, code), code, actor=presiding(db, chair_steps_back)))
    walker.act(lambda db: concluded(db, code, outcome, into))
    walker.act(lambda db: released(db, code, stands_in=chair_steps_back))
    walker.act(lambda db: closed(db, code))


def secretary(db: Session) -> Actor:
    return acting(db, SECRETARY).actor


def chair(db: Session) -> Actor:
    return acting(db, CHAIR, "committee_chair").actor


def presiding(db: Session, chair_steps_back: bool) -> Actor:
    """The chair; the deputy while the chair is recused from the item."""
    return acting(db, DEPUTY, "committee_chair").actor if chair_steps_back else chair(db)


def sitting(db: Session, code: str) -> CommitteeSession:
    """The last sitting that has the proposal on its agenda, as the secretariat sees it."""
    found = db.scalars(
        select(SessionItem.session_id)
        .join(Proposal, Proposal.id == SessionItem.proposal_id)
        .where(Proposal.code == code)
        .order_by(SessionItem.id.desc())
    ).first()
    return sessions.get(db, found or 0, actor=secretary(db))


def called(db: Session, code: str) -> None:
    proposal = proposals.unchecked(db, code)
    live = select(SessionItem.id).where(SessionItem.proposal_id == proposal.id, SessionItem.state.in_(LIVE))
    if db.scalar(live) is None:
        body = proposal.deciding_body_id or ""
        sessions.create(db, body=body, starts_at=clock.now(), place="Hà Nội", items=[code], actor=secretary(db))


def present(db: Session, code: str) -> None:
    session = sitting(db, code)
    statuses = {row.user.email: "present" for row in session.attendance}
    sessions.set_attendance(db, session, statuses, actor=secretary(db))


def step_back(db: Session, code: str) -> None:
    declare(db, code, chair(db))
    sessions.recuse(db, sitting(db, code), code, reason="Không tham gia.", actor=chair(db))


def declare(db: Session, code: str, actor: Actor) -> None:
    conflicts.declare(db, proposals.unchecked(db, code), conflicted=False, kind="none", actor=actor)


def voted(db: Session, code: str, email: str, outcome: str, into: str | None) -> None:
    actor = acting(db, email, "committee_chair" if email == CHAIR else "committee_member").actor
    declare(db, code, actor)
    paper = {"choice": outcome, "reason": REASON, "into": into if outcome == "merge" else None}
    ballots.cast(db, sitting(db, code), code, actor=actor, **paper)


def concluded(db: Session, code: str, outcome: str, into: str | None) -> None:
    due = (clock.today() + timedelta(days=90)).isoformat()
    conditions = [{"text": "Thẩm định an toàn dữ liệu.", "owner": "Bộ Y tế", "due_on": due}]
    conclusions.prepare(
        db,
        sitting(db, code),
        code,
        outcome=outcome,
        text="Thống nhất.",
        reason=REASON,
        conditions=conditions if outcome == "approve_with_conditions" else [],
        into=into if outcome == "merge" else None,
        actor=secretary(db),
    )


def released(db: Session, code: str, *, stands_in: bool) -> None:
    actor = presiding(db, stands_in)
    declare(db, code, actor)
    decisions.release(db, sitting(db, code), codes=[code], actor=actor)


def closed(db: Session, code: str) -> None:
    """The sitting ends even when nothing was decided: the proposal leaves the agenda."""
    sessions.close_session(db, sitting(db, code), actor=secretary(db))
