"""The one place that moves proposals: nothing else writes state, revision, holder or due date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.errors import DecidedInSession, IllegalMove, Incomplete, Stale
from intake.i18n import N_
from intake.models import Proposal, Routing
from intake.policy import Actor
from intake.services import audit, concerned, readiness
from intake.services.calendars import calendar, period
from intake.services.moves import EFFECTS, Move
from intake.services.notify_moves import at_work, tell
from intake.services.subjects import subject_of
from intake.workflow.deadlines import resumed_due_on, stage_due_on
from intake.workflow.machine import Position, available, next_state
from intake.workflow.procedure import HolderKind, Procedure, Stage, Transition
from intake.workflow.procedures import PROCEDURES

SECRETARIAT = "vptw"  # Plan 01-KH/BCĐTW V.1.c: the Party Central Committee Office receives, routes and reports
LONGEST_REASON = 10_000
ALSO_TELL = {"assign": concerned.assigned}


@dataclass(frozen=True)
class Moved:
    """Where the proposal stands after the move."""

    code: str
    state: str
    holder_kind: str | None
    holder_organisation_id: str | None
    due_on: date | None
    revision: int


def position(proposal: Proposal) -> Position:
    return Position(proposal.state, asked_by=proposal.asked_by)


def procedure_of(proposal: Proposal) -> Procedure:
    return PROCEDURES[proposal.procedure, proposal.procedure_version]


def choices(db: Session, proposal: Proposal, *, actor: Actor) -> list[Transition]:
    """The moves `actor` may fire from here, in the order of the procedure: what the buttons show."""
    subject = subject_of(db, proposal, actor=actor)
    possible = available(procedure_of(proposal), position(proposal), role=actor.role.value)
    return [move for move in possible if policy.allows(actor, f"proposal.{move.name}", subject)]


def move(
    db: Session,
    proposal: Proposal,
    transition: str,
    *,
    actor: Actor,
    seen: int,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    released: bool = False,
) -> Moved:
    """Move `proposal`: right, rule, completeness, then compare-and-set; `seen` is the revision the actor looked at.

    Outcomes of the committee are fired with `released=True` by the release of a session and by nothing else.
    """
    policy.ensure(actor, f"proposal.{transition}", subject_of(db, proposal, actor=actor))
    lock(db, proposal)
    procedure = procedure_of(proposal)
    if procedure.only_in_session(transition, proposal.state) and not released:
        raise DecidedInSession()
    target = next_state(procedure, position(proposal), transition, role=actor.role.value)
    if seen != proposal.revision:
        raise Stale(code=proposal.code)
    checked_reason = reason.strip()
    ensure_complete(db, proposal, transition, actor=actor, reason=checked_reason, data=data or {})
    making = Move(proposal, transition, target, actor, checked_reason, data or {})
    before, were_at_work = proposal.state, at_work(db, proposal)
    columns = EFFECTS[transition](db, making) if transition in EFFECTS else {}
    columns |= standing(db, proposal, procedure.stage(target), making, columns)
    compare_and_set(db, proposal, seen, columns)
    extend_requests(db, proposal, procedure.stage(target))
    audit.record(
        db,
        f"proposal.moved.{transition}",
        actor=actor,
        subject=proposal.code,
        proposal_id=proposal.id,
        data={
            "from": before,
            "to": target,
            "reason": checked_reason,
            "revision": seen + 1,
            "version": proposal.current_version,
        },
    )
    tell(db, proposal, transition, actor=actor, reason=checked_reason, were_at_work=were_at_work)
    if transition in ALSO_TELL:
        ALSO_TELL[transition](db, proposal, actor=actor)
    return moved(proposal)


def lock(db: Session, proposal: Proposal) -> None:
    """Wait for others who are moving it, and see what they did (on SQLite the write transaction already waited)."""
    db.refresh(proposal, with_for_update={"of": Proposal})


def ensure_complete(
    db: Session, proposal: Proposal, transition: str, *, actor: Actor, reason: str, data: Mapping[str, Any]
) -> None:
    if len(reason) > LONGEST_REASON:
        raise Incomplete(N_("A reason may have at most %(count)s characters.", count=LONGEST_REASON))
    problems = readiness.missing(db, proposal, transition, actor=actor, reason=reason, data=data)
    if problems:
        raise Incomplete(problems=problems)


def standing(db: Session, proposal: Proposal, stage: Stage, making: Move, columns: Mapping[str, Any]) -> dict[str, Any]:
    """State, holder and due date for entering `stage`."""
    return {
        "state": stage.id,
        "is_open": stage.is_open,
        "state_since": clock.now(),
        "holder_kind": stage.holder,
        "holder_organisation_id": holder_organisation(db, proposal, stage.holder, columns),
        "due_on": due(db, proposal, stage, making, columns),
    }


def holder_organisation(
    db: Session, proposal: Proposal, holder: HolderKind | None, columns: Mapping[str, Any]
) -> str | None:
    """The body that holds: the owner is a person, so there it is none."""

    def now(name: str) -> Any:
        return columns.get(name, getattr(proposal, name))

    if holder == "secretariat":
        return SECRETARIAT
    if holder == "lead_ministry":
        leading = select(Routing.organisation_id).where(
            Routing.proposal_id == proposal.id, Routing.role == "lead", Routing.ended_at.is_(None)
        )
        return db.scalars(leading).one()
    if holder == "engineer":
        return f"tcts_{now('assessing_system')}"
    if holder in ("body", "deciding_body"):
        return now("deciding_body_id")
    if holder == "lead_agency":
        return now("lead_agency_id")
    return None


def due(db: Session, proposal: Proposal, stage: Stage, making: Move, columns: Mapping[str, Any]) -> date | None:
    """The last day of the stage: a clock that was stopped goes on with what it had left."""
    if stage.id == proposal.state:
        return proposal.due_on  # the stage goes on: a report that is in is not asked for again
    resumes = procedure_of(proposal).stage(proposal.state).stops_clock and stage.id == proposal.asked_by
    if resumes and proposal.stage_days_left is not None:
        return resumed_due_on(making.today, proposal.stage_days_left, calendar(db))
    days = period(db, proposal.procedure, stage.id, making.today)
    return stage_due_on(stage, making.today, calendar(db), days=days, given=columns.get("defer_until"))


def extend_requests(db: Session, proposal: Proposal, stage: Stage) -> None:
    """Ministries that are asked again, after a return or a stopped clock, have until the new day of the stage."""
    if stage.accepts_opinions and proposal.due_on is not None:
        asked = update(Routing).where(Routing.proposal_id == proposal.id, Routing.ended_at.is_(None))
        db.execute(asked.values(due_on=proposal.due_on), execution_options={"synchronize_session": "fetch"})


def compare_and_set(db: Session, proposal: Proposal, seen: int, columns: Mapping[str, Any]) -> None:
    """Write the standing if nobody moved the proposal since `seen`; raises Stale otherwise."""
    db.flush()
    hit = db.scalar(
        update(Proposal)
        .where(Proposal.id == proposal.id, Proposal.state == proposal.state, Proposal.revision == seen)
        .values(revision=seen + 1, **columns)
        .returning(Proposal.id),
        execution_options={"synchronize_session": False},
    )
    if hit is None:
        raise Stale(code=proposal.code)
    db.refresh(proposal)


def reassign(
    db: Session,
    proposal: Proposal,
    *,
    holder_kind: HolderKind,
    holder_organisation_id: str | None,
    due_on: date,
    event: str,
    actor: Actor,
) -> Moved:
    """Change who holds, or until when, without a move: on and off an agenda, an extension, the 25th passing."""
    lock(db, proposal)
    if not proposal.is_open:
        raise IllegalMove()
    before = {"holder": proposal.holder_organisation_id, "due_on": str(proposal.due_on)}
    columns = {"holder_kind": holder_kind, "holder_organisation_id": holder_organisation_id, "due_on": due_on}
    compare_and_set(db, proposal, proposal.revision, columns)
    data = before | {"new_holder": holder_organisation_id, "new_due_on": str(due_on)}
    audit.record(db, event, actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return moved(proposal)


def moved(proposal: Proposal) -> Moved:
    return Moved(
        proposal.code,
        proposal.state,
        proposal.holder_kind,
        proposal.holder_organisation_id,
        proposal.due_on,
        proposal.revision,
    )
