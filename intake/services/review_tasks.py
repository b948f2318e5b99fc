"""What waits for those who judge: ministry leads, reviewers, chief engineers, advisers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from intake.i18n import N_
from intake.models import Assignment, Opinion, Proposal, Routing, ScoreSheet
from intake.models.visibility import at_stage_with
from intake.policy import Actor
from intake.services import counted_sheets, opinions, schemes
from intake.services.counted_sheets import CountedSheet
from intake.services.tasks import Task, covers, found, own_due_on, stage_of, task

# The condition of visibility looks into the same tables: under their own names they would be taken for its rows.
Asked = aliased(Assignment)
Routed = aliased(Routing)


def lead_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """Assign reviewers, sign the ministry's opinion, conclude as lead ministry; and one's own sheets."""
    own_reviewers = (
        Assignment.proposal_id == Proposal.id,
        Assignment.kind == "reviewer",
        Assignment.organisation_id == actor.organisation_id,
        Assignment.ended_at.is_(None),
    )
    sheet_in = exists().where(
        ScoreSheet.proposal_id == Proposal.id,
        ScoreSheet.user_id == Assignment.user_id,
        ScoreSheet.submitted_at.is_not(None),
    )
    query = (
        covers(
            actor,
            Routed.role.label("routing_role"),
            count_of(Assignment.id, *own_reviewers).label("asked"),
            count_of(Assignment.id, *own_reviewers, sheet_in).label("sheets_in"),
            ministry_opinion(Opinion.organisation_id == actor.organisation_id).label("has_opinion"),
            routed_bodies().label("bodies"),
            routed_bodies(ministry_opinion(Opinion.organisation_id == Routing.organisation_id)).label("opinions_in"),
            routed_bodies(
                Routing.no_opinion_at.is_not(None),
                ~ministry_opinion(Opinion.organisation_id == Routing.organisation_id),
            ).label("closed"),
        )
        .join(Routed, (Routed.proposal_id == Proposal.id) & Routed.ended_at.is_(None))
        .where(Routed.organisation_id == actor.organisation_id, at_stage_with("accepts_opinions"))
    )
    lines = [line for row in found(db, query, limit) if (line := lead_task(actor, row)) is not None]
    return lines + reviewer_tasks(db, actor, limit)


def count_of(column: Any, *where: ColumnElement[bool]) -> Any:
    return select(func.count(column)).where(*where).correlate(Proposal).scalar_subquery()


def ministry_opinion(of_body: ColumnElement[bool]) -> Any:
    return exists().where(Opinion.proposal_id == Proposal.id, Opinion.kind == "ministry", *opinions.IN_FORCE, of_body)


def routed_bodies(*where: ColumnElement[bool]) -> Any:
    return count_of(Routing.id, Routing.proposal_id == Proposal.id, Routing.ended_at.is_(None), *where)


def lead_task(actor: Actor, row: Any) -> Task | None:
    """The next step of one ministry on one proposal; none once a cooperating ministry has signed."""
    if not row.has_opinion and not row.asked:
        return task(actor, row, "assign_reviewers", N_("Assign reviewers"), "review")
    if not row.has_opinion:
        progress = (row.sheets_in, row.asked)
        return task(actor, row, "sign_opinion", N_("Sign the opinion of the ministry"), "review", progress=progress)
    if row.routing_role == "lead":
        progress = (row.opinions_in + row.closed, row.bodies)
        return task(actor, row, "conclude_review", N_("Conclude the review"), "review", progress=progress)
    return None


def reviewer_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """Sheets one was asked for: to fill, or to look at again where the text has changed."""
    query = (
        covers(actor, Asked.due_on.label("asked_for"))
        .join(Asked, (Asked.proposal_id == Proposal.id) & Asked.ended_at.is_(None))
        .where(
            Asked.user_id == actor.user_id,
            Asked.kind == "reviewer",
            Asked.organisation_id == actor.organisation_id,
            at_stage_with("accepts_scores"),
        )
    )
    rows = found(db, query, limit)
    sheets = own_sheets(db, actor, rows)
    lines = [sheet_task(db, actor, row, sheets.get(row.id), own_due_on(row, row.asked_for)) for row in rows]
    return [line for line in lines if line is not None]


def own_sheets(db: Session, actor: Actor, rows: list[Any]) -> dict[int, CountedSheet]:
    """The person's own sheet on each proposal that has one."""
    current = {row.id: row.current_version for row in rows}
    mine = ScoreSheet.user_id == actor.user_id
    sheets = counted_sheets.counted(db, current, scheme=schemes.in_force(db), where=mine)
    return {id: of_proposal[0] for id, of_proposal in sheets.items() if of_proposal}


def sheet_task(db: Session, actor: Actor, row: Any, sheet: CountedSheet | None, due_on: Any) -> Task | None:
    """Fill the sheet, or confirm what re-opened; none when it is submitted and stands."""
    criteria = len(schemes.in_force(db).criteria)
    given = sheet.row.scores if sheet else []
    reopened = sheet.reopened if sheet else frozenset()
    progress = (len([s for s in given if s.justification and s.criterion not in reopened]), criteria)
    if sheet is None or sheet.row.submitted_at is None:
        return task(actor, row, "score", N_("Fill in the score sheet"), "review", due_on=due_on, progress=progress)
    if sheet.reopened:
        label = N_("Look again at criteria whose text has changed (%(count)s)", count=len(sheet.reopened))
        return task(actor, row, "score_again", label, "review", due_on=due_on, progress=progress)
    return None


def engineer_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """First the own sheet, blind; then the assessment; then the handing over."""
    signed = exists().where(
        Opinion.proposal_id == Proposal.id,
        Opinion.kind == "assessment",
        Opinion.user_id == actor.user_id,
        *opinions.IN_FORCE,
    )
    query = covers(actor, signed.label("has_assessment")).where(at_stage_with("accepts_scores"))
    rows = found(db, query, limit)
    sheets = own_sheets(db, actor, rows)
    lines = [engineer_task(db, actor, row, sheets.get(row.id)) for row in rows]
    return [line for line in lines if line is not None]


def engineer_task(db: Session, actor: Actor, row: Any, sheet: CountedSheet | None) -> Task | None:
    is_his_turn = stage_of(row).engineer_assesses
    if is_his_turn or (sheet is not None and sheet.row.submitted_at is not None):
        waiting = sheet_task(db, actor, row, sheet, row.due_on)
        if waiting is not None:
            return waiting
    if not is_his_turn:
        return None
    if not row.has_assessment:
        return task(actor, row, "write_assessment", N_("Write and sign the assessment"), "assessment")
    return task(actor, row, "assess", N_("Hand the assessment over"), "assessment")


def adviser_tasks(db: Session, actor: Actor, limit: int) -> list[Task]:
    """Opinions one was asked for and has not signed."""
    signed = exists().where(
        Opinion.proposal_id == Proposal.id,
        Opinion.kind == "adviser",
        Opinion.user_id == actor.user_id,
        *opinions.IN_FORCE,
    )
    query = (
        covers(actor, Asked.due_on.label("asked_for"))
        .join(Asked, (Asked.proposal_id == Proposal.id) & Asked.ended_at.is_(None))
        .where(
            Asked.user_id == actor.user_id,
            Asked.kind == "adviser",
            at_stage_with("experts_read"),
            ~signed,
        )
    )
    label = N_("Give your opinion")
    return [
        task(actor, row, "advise", label, "review", due_on=own_due_on(row, row.asked_for))
        for row in found(db, query, limit)
    ]
