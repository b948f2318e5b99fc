"""What must be true before a move: the things still missing, each with the place where it is put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.i18n import N_
from intake.models import Membership, Opinion, Proposal, ScoreSheet
from intake.outline.problems import ERROR
from intake.policy import Actor
from intake.services import conflicts, counted_sheets, opinions, organisations, proposals, routings, schemes, syntheses
from intake.services.problems import problem
from intake.workflow.procedures import PROCEDURES

Problem = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """A move somebody wants to make."""

    proposal: Proposal
    actor: Actor
    reason: str
    data: Mapping[str, Any]


def missing(
    db: Session,
    proposal: Proposal,
    transition: str,
    *,
    actor: Actor,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> list[Problem]:
    """What keeps `transition` from being made now; empty when nothing does."""
    wish = Wish(proposal, actor, reason.strip(), data or {})
    declared = PROCEDURES[proposal.procedure, proposal.procedure_version].transition(transition)
    found: list[Problem] = []
    if declared.needs_reason and not wish.reason:
        found.append(problem("move.reason", "reason", N_("Give a reason.")))
    if transition in CONDITIONS:
        found += CONDITIONS[transition](db, wish)
    return found


def text_complete(db: Session, wish: Wish) -> list[Problem]:
    """Nothing the template demands is missing or contradictory: warnings do not hinder."""
    return [dict(vars(found)) for found in proposals.problems(db, wish.proposal) if found.severity == ERROR]


def accept(db: Session, wish: Wish) -> list[Problem]:
    """Every organisation name is settled, and an engineer without a conflict can assess."""
    found = [
        problem(
            "organisations.settled",
            f"organisations.{row.id}",
            N_('Link "%(name)s" to an organisation, or record it as not in the catalogue.', name=row.name),
        )
        for row in organisations.unsettled(db, wish.proposal)
    ]
    system = wish.data.get("assessing_system") or wish.proposal.primary_system
    if system and all_engineers_conflicted(db, wish.proposal, system):
        message = N_("The chief engineer of this system has a conflict of interest. Choose another system.")
        found.append(problem("engineer.not_conflicted", "data.assessing_system", message))
    return found


def all_engineers_conflicted(db: Session, proposal: Proposal, system: str) -> bool:
    engineers = set(
        db.scalars(
            select(Membership.user_id).where(
                Membership.role == "engineer", Membership.system == system, Membership.ended_at.is_(None)
            )
        )
    )
    return bool(engineers) and not conflicts.without_conflicted(db, proposal, engineers)


def conclude_review(db: Session, wish: Wish) -> list[Problem]:
    """The own opinion is signed, every other body's is in or closed, and there are enough valid sheets or a reason."""
    found = []
    for routing in opinions.outstanding(db, wish.proposal):
        if routing.role == "lead":
            found.append(problem("opinion.own", "opinion", N_("Sign the opinion of your own ministry first.")))
        else:
            message = N_(
                "The opinion of %(organisation)s is not in. Wait for it, or close it once its due date has passed.",
                organisation=routings.name(routing.organisation),
            )
            found.append(problem("opinion.outstanding", f"no-opinion.{routing.organisation_id}", message))
    needed, valid = schemes.of(db, wish.proposal).min_sheets, counted_sheets.tally_of(db, wish.proposal).n
    if valid < needed and not wish.reason:
        message = N_(
            "Valid score sheets: %(count)s; at least %(needed)s are expected. Ask for more, or give a reason to go on.",
            count=valid,
            needed=needed,
        )
        found.append(problem("score_sheet.enough", "reason", message))
    return found


def assess(db: Session, wish: Wish) -> list[Problem]:
    """The engineer's own sheet is submitted and stands on the present text, and the assessment is signed."""
    proposal, mine = wish.proposal, ScoreSheet.user_id == wish.actor.user_id
    found = []
    of_proposal = {proposal.id: proposal.current_version}
    sheets = counted_sheets.counted(db, of_proposal, where=mine)[proposal.id]
    if not sheets or sheets[0].row.submitted_at is None:
        found.append(problem("assessment.sheet", "score-sheet", N_("Submit your own score sheet first.")))
    elif sheets[0].reopened:
        message = N_("The text behind some criteria has changed. Confirm or change their scores first.")
        found.append(problem("assessment.sheet_reopened", "score-sheet", message))
    signed = select(Opinion.id).where(
        Opinion.proposal_id == proposal.id,
        Opinion.kind == "assessment",
        Opinion.user_id == wish.actor.user_id,
        *opinions.IN_FORCE,
    )
    if db.scalar(signed) is None:
        found.append(problem("assessment.signed", "assessment", N_("Sign the assessment first.")))
    return found


def refer(db: Session, wish: Wish) -> list[Problem]:
    """The synthesis is written, after everything that came in."""
    if syntheses.is_up_to_date(db, wish.proposal):
        return []
    message = N_("Write the synthesis first. If the proposal came back since, read it again and save it.")
    return [problem("synthesis.written", "synthesis", message)]


def lapse(db: Session, wish: Wish) -> list[Problem]:
    """The owner has the whole of the last day."""
    due_on = wish.proposal.due_on
    if due_on is not None and due_on < clock.today():
        return []
    return [problem("move.period", "due_on", N_("The period has not ended yet."))]


CONDITIONS: dict[str, Callable[[Session, Wish], list[Problem]]] = {
    "submit": text_complete,
    "resubmit": text_complete,
    "accept": accept,
    "conclude_review": conclude_review,
    "assess": assess,
    "refer": refer,
    "lapse": lapse,
}
