"""What the clock does by itself once a day has passed: it closes what its owner let run out, and turns report days."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from intake import clock
from intake.models import Proposal
from intake.policy import Actor, Role
from intake.services import transitions
from intake.workflow.deadlines import next_day_25
from intake.workflow.procedure import Transition
from intake.workflow.procedures import PROCEDURES

CLOCK = Actor(user_id=None, role=Role.SYSTEM)
DAY = timedelta(days=1)


def run_out(db: Session) -> list[int]:
    """Proposals that waited for their owner until a day that has passed."""
    closing = [
        at_states(procedure.id, procedure.version, *transition.sources)
        for procedure in PROCEDURES.values()
        for transition in procedure.transitions
        if transition.by_role_system
    ]
    query = select(Proposal.id).where(or_(*closing), Proposal.due_on < clock.today())
    return list(db.scalars(query.order_by(Proposal.due_on, Proposal.id)))


def at_states(procedure: str, version: int, *states: str) -> ColumnElement[bool]:
    return and_(Proposal.procedure == procedure, Proposal.procedure_version == version, Proposal.state.in_(states))


def lapse(db: Session, proposal_id: int) -> bool:
    """Close one of them; False when somebody was quicker: its owner, or another worker."""
    proposal = locked(db, proposal_id)
    transition = closing_move(proposal)
    if transition is None or proposal.due_on is None or proposal.due_on >= clock.today():
        return False
    transitions.move(db, proposal, transition.name, actor=CLOCK, seen=proposal.revision)
    return True


def locked(db: Session, proposal_id: int) -> Proposal:
    proposal = db.get_one(Proposal, proposal_id)
    transitions.lock(db, proposal)
    return proposal


def closing_move(proposal: Proposal) -> Transition | None:
    """The move that the clock makes from here, if there is one."""
    moves = transitions.procedure_of(proposal).transitions
    return next((move for move in moves if move.by_role_system and proposal.state in move.sources), None)


def passed_report_days(db: Session) -> list[int]:
    """Proposals whose monthly report day has passed."""
    reporting = [
        at_states(procedure.id, procedure.version, *(stage.id for stage in procedure.stages if stage.due == "day_25"))
        for procedure in PROCEDURES.values()
    ]
    query = select(Proposal.id).where(or_(*reporting), Proposal.due_on < clock.today())
    return list(db.scalars(query.order_by(Proposal.id)))


def turn_report_day(db: Session, proposal_id: int) -> bool:
    """Hold the lead agency to the next 25th; False when another worker did."""
    proposal = locked(db, proposal_id)
    stage = transitions.procedure_of(proposal).stage(proposal.state)
    today = clock.today()
    if stage.due != "day_25" or stage.holder is None or proposal.due_on is None or proposal.due_on >= today:
        return False
    transitions.reassign(
        db,
        proposal,
        holder_kind=stage.holder,
        holder_organisation_id=proposal.holder_organisation_id,
        due_on=next_day_25(today - DAY),
        event="proposal.report_day_passed",
        actor=CLOCK,
    )
    return True
