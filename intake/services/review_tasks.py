"""What waits for those who judge: ministry leads, reviewers, chief engineers, advisers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from intake.i18n import N_
from intake.models import Assignment, Opinion, Proposal, Routing, Score, ScoreSheet
from intake.models.visibility import at_stage_with
from intake.policy import Actor
from intake.services import evidence, opinions, schemes
from intake.services.tasks import Task, covers, found, own_due_on, stage_of, task

# The condition of visibility looks into the same tables: under their own names they would be taken for its rows.
Asked = aliased(Assignment)
Routed = aliased(Routing)
Own = aliased(ScoreSheet)
OF_SHEET = (Own.id.label("sheet_id"), Own.submitted_at.label("sheet_submitted_at"))


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
        .where(
            Routed.organisation_id == actor.organisation_id,
            at_stage_with("accepts_opinions"),
            or_(Routed.role == "lead", ~ministry_opinion(Opinion.organisation_id == actor.organisation_id)),
        )
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
        with_own_sheet(covers(actor, Asked.due_on.label("asked_for"), *OF_SHEET), actor)
        .join(Asked, (Asked.proposal_id == Proposal.id) & Asked.ended_at.is_(None))
        .where(
            Asked.user_id == actor.user_id,
            Asked.kind == "reviewer",
            Asked.organisation_id == actor.organisation_id,
            at_stage_with("accepts_scores"),
            or_(~sheet_is_in(), some_score_is_older()),
        )
    )
    rows = found(db, query, limit)
    sheets = own_sheets(db, rows)
    lines = [sheet_task(db, actor, row, sheets[row.id], own_due_on(row, row.asked_for)) for row in rows]
    return [line for line in lines if line is not None]


def with_own_sheet(query: Any, actor: Actor) -> Any:
    """The person's own sheet on each proposal beside it, if there is one."""
    return query.outerjoin(Own, (Own.proposal_id == Proposal.id) & (Own.user_id == actor.user_id))


def sheet_is_in() -> ColumnElement[bool]:
    return Own.submitted_at.is_not(None)


def some_score_is_older() -> ColumnElement[bool]:
    """Given on a version before the present one: its evidence may have changed."""
    return exists().where(Score.sheet_id == Own.id, Score.version < Proposal.current_version)


@dataclass(frozen=True)
class OwnSheet:
    """How far the person's own sheet is: criteria with a reason, and those whose evidence has changed since."""

    is_submitted: bool
    answered: frozenset[str]
    reopened: frozenset[str]


def own_sheets(db: Session, rows: list[Any]) -> dict[int, OwnSheet]:
    """The person's own sheet on each proposal: two statements however many there are, and no text."""
    scheme = schemes.in_force(db)
    given: dict[int, list[Any]] = {row.sheet_id: [] for row in rows if row.sheet_id is not None}
    columns = select(Score.sheet_id, Score.criterion, Score.version, (Score.justification != "").label("has_reason"))
    for score in db.execute(columns.where(Score.sheet_id.in_(given))) if given else ():
        given[score.sheet_id].append(score)
    older = {
        (row.id, score.version)
        for row in rows
        for score in given.get(row.sheet_id, ())
        if score.version != row.current_version
    }
    current = {row.id: row.current_version for row in rows}
    prints = evidence.fingerprints(db, scheme, older | {(id, current[id]) for id, _ in older})
    return {
        row.id: OwnSheet(
            is_submitted=row.sheet_submitted_at is not None,
            answered=frozenset(score.criterion for score in given.get(row.sheet_id, ()) if score.has_reason),
            reopened=evidence.reopened(
                scheme, given.get(row.sheet_id, ()), current=row.current_version, prints=prints.get(row.id, {})
            ),
        )
        for row in rows
    }


def sheet_task(db: Session, actor: Actor, row: Any, sheet: OwnSheet, due_on: Any) -> Task | None:
    """Fill the sheet, or confirm what re-opened; none when it is submitted and stands."""
    progress = (len(sheet.answered - sheet.reopened), len(schemes.in_force(db).criteria))
    if not sheet.is_submitted:
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
    query = with_own_sheet(covers(actor, signed.label("has_assessment"), *OF_SHEET), actor).where(
        at_stage_with("accepts_scores"),
        or_(at_stage_with("engineer_assesses"), and_(sheet_is_in(), some_score_is_older())),
    )
    rows = found(db, query, limit)
    sheets = own_sheets(db, rows)
    lines = [engineer_task(db, actor, row, sheets[row.id]) for row in rows]
    return [line for line in lines if line is not None]


def engineer_task(db: Session, actor: Actor, row: Any, sheet: OwnSheet) -> Task | None:
    waiting = sheet_task(db, actor, row, sheet, row.due_on)
    if waiting is not None or not stage_of(row).engineer_assesses:
        return waiting
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
