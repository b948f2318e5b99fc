"""My desk: everything that waits for the person in the acting role, soonest due first."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from intake import policy
from intake.i18n import N_, Message
from intake.models import Assignment, Proposal
from intake.models.visibility import at_stage_with, conflicted, current_declaration, related
from intake.policy import OFFICIAL_ROLES, Actor, Relation, Role, Subject
from intake.services.committee_tasks import committee_tasks
from intake.services.review_tasks import adviser_tasks, engineer_tasks, lead_tasks, reviewer_tasks
from intake.services.tasks import Task, covers, found, stage_of, task
from intake.workflow.procedure import Stage

Desk = Callable[[Session, Actor, int], list[Task]]
MOST_LINES = 2000


def queue(
    db: Session, *, actor: Actor, limit: int = MOST_LINES, kind: str | None = None, system: str | None = None
) -> list[Task]:
    """What waits for `actor`, by due date; a desk with more than `limit` lines shows the most urgent."""
    policy.ensure(actor, "queue.read", Subject())
    lines = DESKS[actor.role](db, actor, limit)
    if actor.role in OFFICIAL_ROLES:
        lines += recused_lines(db, actor, limit)
    wanted = [
        line for line in lines if (kind is None or line.kind == kind) and (system is None or line.system == system)
    ]
    return sorted(wanted, key=lambda line: line.place)[:limit]


def applicant_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """What the authors were asked for, with its day; and drafts not submitted yet."""
    query = covers(actor).where(at_stage_with("owner_edits"))
    return [
        task(actor, row, "answer", N_("Answer what you were asked"), "edit")
        if stage_of(row).is_open
        else task(actor, row, "finish", N_("Finish and submit"), "edit")
        for row in found(db, query, limit)
    ]


def applies(flag: str) -> Callable[[Stage], bool]:
    return lambda stage: getattr(stage, flag)


# The first line whose stage property holds is what the secretariat does there.
SECRETARY_WORK: tuple[tuple[Callable[[Stage], bool], str, Message, str], ...] = (
    (applies("owner_edits"), "write_for", N_("Write and submit for the person who sent it"), "edit"),
    (applies("settles_organisations"), "receive", N_("Check and route"), "proposal"),
    (applies("synthesis_open"), "synthesise", N_("Write the synthesis and refer"), "synthesis"),
    (applies("decided_in_session"), "schedule", N_("Put on an agenda"), "sessions"),
    (applies("is_ranked"), "reschedule", N_("Put before the committee again"), "proposal"),
    (applies("takes_reports"), "follow", N_("Follow the implementation"), "proposal"),
    (lambda stage: stage.holder == "deciding_body", "assign", N_("Record who supervises and leads"), "proposal"),
)


def secretary_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """What it holds, what it records or follows for bodies after a decision, what it writes for people on paper."""
    query = covers(actor).where(
        or_(
            Proposal.holder_kind.in_(("secretariat", "deciding_body")),
            at_stage_with("takes_reports"),
            and_(at_stage_with("owner_edits"), related(actor, Relation.ASSISTED)),
        )
    )
    return [
        task(actor, row, kind, label, page)
        for row in found(db, query, limit)
        for kind, label, page in [secretary_work(stage_of(row))]
    ]


def secretary_work(stage: Stage) -> tuple[str, Message, str]:
    return next((kind, label, page) for holds, kind, label, page in SECRETARY_WORK if holds(stage))


def implementer_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """Reports on what the lead agency carries out."""
    query = covers(actor).where(at_stage_with("takes_reports"))
    label = N_("Send the monthly report")
    return [task(actor, row, "report", label, "reports") for row in found(db, query, limit)]


def recused_lines(db: Session, actor: Actor, limit: int) -> list[Task]:
    """One line without a title for each open proposal the person is kept out of: nothing else of it exists for them.

    Declared so; or asked although one of their organisations owns or is to lead it.
    """
    asked = exists().where(
        Assignment.proposal_id == Proposal.id, Assignment.user_id == actor.user_id, Assignment.ended_at.is_(None)
    )
    kept_out = or_(current_declaration(actor, conflicted=True), asked & conflicted(actor))
    codes = db.scalars(select(Proposal.code).where(Proposal.is_open, kept_out).order_by(Proposal.code).limit(limit))
    return [
        Task(kind="recused", label=N_("You are recused (%(code)s)", code=code), page="queue", code=code)
        for code in codes
    ]


DESKS: dict[Role, Desk] = {
    Role.APPLICANT: applicant_tasks,
    Role.SECRETARY: secretary_tasks,
    Role.MINISTRY_LEAD: lead_tasks,
    Role.MINISTRY_REVIEWER: reviewer_tasks,
    Role.ENGINEER: engineer_tasks,
    Role.ADVISER: adviser_tasks,
    Role.COMMITTEE_MEMBER: committee_tasks,
    Role.COMMITTEE_CHAIR: committee_tasks,
    Role.IMPLEMENTER: implementer_tasks,
}
