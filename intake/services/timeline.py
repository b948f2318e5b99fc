"""What happened to a proposal and what is expected next, in plain words, for those who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.i18n import N_, Message
from intake.models import AuditEntry, Proposal
from intake.policy import Actor, Role
from intake.services.calendars import calendar, period
from intake.services.subjects import subject_of
from intake.workflow.deadlines import stage_due_on
from intake.workflow.procedure import Procedure, Stage
from intake.workflow.procedures import PROCEDURES

MOVED = "proposal.moved."

WORDS: dict[str, Message] = {
    "submit": N_("Submitted"),
    "withdraw": N_("Withdrawn by the proposer"),
    "accept": N_("Accepted and sent to the ministries"),
    "request_supplement": N_("A supplement was requested"),
    "decline": N_("Found not eligible"),
    "merge": N_("Merged into another proposal"),
    "resubmit": N_("A new version was submitted"),
    "lapse": N_("The time for the supplement passed"),
    "conclude_review": N_("The ministries finished their review"),
    "return_to_reception": N_("Returned to reception"),
    "assess": N_("The chief engineer signed the assessment"),
    "return_to_ministries": N_("Returned to the ministries"),
    "refer": N_("Referred to the Standing Board"),
    "return_to_engineer": N_("Returned to the chief engineer"),
    "approve": N_("Approved"),
    "approve_with_conditions": N_("Approved with conditions"),
    "reject": N_("Not approved"),
    "defer": N_("Deferred"),
    "request_revision": N_("A revision was requested"),
    "reschedule": N_("Put before the Standing Board again"),
    "assign": N_("Supervisor and lead agency were named"),
    "complete": N_("Implementation completed"),
    "stop": N_("Implementation stopped"),
    "adjust": N_("Implementation adjusted"),
}
# Reasons that whoever may follow the proposal reads; those of returns are between officials.
OPEN_REASONS = frozenset({"decline", "merge", "reject", "defer", "request_revision", "stop", "adjust"})


@dataclass(frozen=True)
class Step:
    """One line of the timeline: `kind` is done, now or expected; the last two are at a `stage`."""

    kind: str
    label: Message
    at: datetime | None = None
    until: date | None = None
    reason: str = ""
    version: int | None = None
    stage: Stage | None = None


def history(db: Session, proposal: Proposal, *, actor: Actor) -> list[Step]:
    """Everything that happened, where it stands, and what comes next."""
    policy.ensure(actor, "proposal.read_history", subject_of(db, proposal, actor=actor))
    is_official = actor.role is not Role.APPLICANT
    return past(db, proposal, with_reasons=is_official) + present(proposal, is_official) + expected(db, proposal)


def public_timeline(db: Session, proposal: Proposal) -> list[Step]:
    """The same for somebody with the code and the key: public words only."""
    return past(db, proposal, with_reasons=False) + present(proposal, False) + expected(db, proposal)


def past(db: Session, proposal: Proposal, *, with_reasons: bool) -> list[Step]:
    entries = db.execute(
        select(AuditEntry.at, AuditEntry.event, AuditEntry.data)
        .where(AuditEntry.proposal_id == proposal.id, AuditEntry.event.startswith(MOVED))
        .order_by(AuditEntry.seq)
    )
    steps = []
    for entry in entries:
        move = entry.event.removeprefix(MOVED)
        shown = entry.data["reason"] if with_reasons or move in OPEN_REASONS else ""
        steps.append(Step("done", WORDS[move], at=entry.at, reason=shown, version=entry.data.get("version")))
    return steps


def present(proposal: Proposal, is_official: bool) -> list[Step]:
    stage = procedure_of(proposal).stage(proposal.state)
    if not stage.is_open:
        return []
    label = stage.label if is_official else stage.public
    return [Step("now", label, at=proposal.state_since, until=proposal.due_on, stage=stage)]


def expected(db: Session, proposal: Proposal) -> list[Step]:
    """The stages still ahead on the straight way to a decision, with the days their periods give."""
    procedure = procedure_of(proposal)
    # What is late cannot be done before today.
    stage, day = procedure.stage(proposal.state), max(proposal.due_on or clock.today(), clock.today())
    steps = []
    while stage.is_open and (following := next_on_the_way(procedure, stage)):
        stage = following
        days = period(db, procedure.id, stage.id, clock.today())
        day = stage_due_on(stage, day, calendar(db), days=days) or day
        steps.append(Step("expected", stage.public, until=day, stage=stage))
    return steps


def next_on_the_way(procedure: Procedure, stage: Stage) -> Stage | None:
    """The next stage in declared order that one move leads to; none once the committee has it."""
    if stage.decided_in_session:
        return None
    order = {declared.id: place for place, declared in enumerate(procedure.stages)}
    reachable = [
        procedure.stage(target)
        for transition in procedure.transitions
        for source, target in transition.targets.items()
        if source == stage.id and target in order and order[target] > order[stage.id]
    ]
    ahead = [target for target in reachable if target.is_open and not target.owner_edits]
    return min(ahead, key=lambda target: order[target.id], default=None)


def procedure_of(proposal: Proposal) -> Procedure:
    return PROCEDURES[proposal.procedure, proposal.procedure_version]
