"""Score sheets: filled by the person asked, criterion by criterion, submitted, and changed only with a trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake import clock, policy
from intake.errors import IllegalMove, Incomplete
from intake.i18n import N_, Text
from intake.models import Proposal, Score, ScoreSheet
from intake.policy import Actor, Role
from intake.scoring.schemes import Scheme
from intake.scoring.totals import coverage, is_valid, sheet_total
from intake.services import audit, counted_sheets, evidence, rights, schemes, wordings
from intake.services.problems import problem
from intake.services.score_entries import Entry, entries_of
from intake.services.subjects import subject_of


@dataclass(frozen=True)
class ScoreLine:
    """One criterion as its author left it; a re-opened one waits to be confirmed or changed."""

    score: int | None
    justification: str
    section: str | None
    version: int
    is_reopened: bool


@dataclass(frozen=True)
class SheetView:
    """A sheet as those who may see it read it."""

    id: int
    capacity: str
    organisation: Text | None
    author: str
    version: int
    saved_at: datetime
    submitted_at: datetime | None
    is_conflicted: bool
    is_valid: bool
    total: Fraction | None
    coverage: Fraction
    scores: dict[str, ScoreLine]


def save(
    db: Session, proposal: Proposal, scores: Mapping[str, Any], *, submit: bool, actor: Actor, reason: str = ""
) -> ScoreSheet:
    """Keep the criteria given; those left out stay as they were. A criterion given again is confirmed on this version.

    A submitted sheet changes only by submitting again, and a changed score or justification needs a reason.
    """
    rights.hold(db, proposal, "score_sheet.write", actor=actor)
    scheme = schemes.in_force(db)
    entries = entries_of(scheme, scores)
    sheet = sheet_for(db, proposal, actor)
    was_submitted = sheet.submitted_at is not None
    if was_submitted and not submit:
        raise IllegalMove(N_("This sheet is submitted. To change it, submit it again with the reason for the change."))
    changes = apply(sheet, entries, proposal.current_version)
    must_explain = N_("Say why you change a submitted sheet.") if was_submitted and changes else None
    text = wordings.checked(reason, "reason", missing=must_explain)
    sheet.version, sheet.scheme, sheet.saved_at = proposal.current_version, scheme.id, clock.now()
    if submit:
        ensure_complete(db, proposal, sheet, scheme)
        sheet.submitted_at = sheet.submitted_at or clock.now()
    db.flush()
    event = (
        "changed" if was_submitted and changes else "confirmed" if was_submitted else "submitted" if submit else "saved"
    )
    audit.record(
        db,
        f"score_sheet.{event}",
        actor=actor,
        subject=proposal.code,
        proposal_id=proposal.id,
        data={"sheet": sheet.id, "version": sheet.version}
        | ({"reason": text, "changes": changes} if was_submitted else {}),
    )
    return sheet


def sheet_for(db: Session, proposal: Proposal, actor: Actor) -> ScoreSheet:
    """The person's one sheet on the proposal, begun now if there is none."""
    found = sheet_of(db, proposal, actor)
    is_engineer = actor.role is Role.ENGINEER
    capacity, organisation_id = ("engineer", None) if is_engineer else ("ministry", actor.organisation_id)
    if found is not None:
        if (found.capacity, found.organisation_id) != (capacity, organisation_id):
            raise IllegalMove(
                N_("You have a score sheet on this proposal under another role. Each person scores once.")
            )
        return found
    sheet = ScoreSheet(
        proposal_id=proposal.id,
        user_id=actor.user_id,
        capacity=capacity,
        organisation_id=organisation_id,
        scores=[],
    )
    db.add(sheet)
    return sheet


def sheet_of(db: Session, proposal: Proposal, actor: Actor) -> ScoreSheet | None:
    query = select(ScoreSheet).where(ScoreSheet.proposal_id == proposal.id, ScoreSheet.user_id == actor.user_id)
    return db.scalar(query.options(selectinload(ScoreSheet.scores)))


def apply(sheet: ScoreSheet, entries: Mapping[str, Entry], version: int) -> dict[str, Any]:
    """Write the entries; returns what changed, old and new, without the words of a justification."""
    known = {score.criterion: score for score in sheet.scores}
    changes: dict[str, Any] = {}
    for criterion, entry in entries.items():
        score = known.get(criterion)
        if score is None:
            score = Score(criterion=criterion)
            sheet.scores.append(score)
        before = Entry(score.score, score.justification or "", score.section)
        if before != entry:
            changes[criterion] = {
                "old": before.score,
                "new": entry.score,
                "justification_changed": before.justification != entry.justification,
            }
        score.score, score.justification, score.section = entry.score, entry.justification, entry.section
        score.version = version
    return changes


def ensure_complete(db: Session, proposal: Proposal, sheet: ScoreSheet, scheme: Scheme) -> None:
    """Raise Incomplete unless every criterion is answered or explained, on evidence that has not changed since."""
    pairs = {(proposal.id, score.version) for score in sheet.scores}
    older = pairs - {(proposal.id, proposal.current_version)}
    prints = evidence.fingerprints(db, scheme, pairs | {(proposal.id, proposal.current_version)} if older else ())
    again = evidence.reopened(
        scheme, sheet.scores, current=proposal.current_version, prints=prints.get(proposal.id, {})
    )
    given = {score.criterion: score for score in sheet.scores}
    problems = []
    for criterion in scheme.criteria:
        score = given.get(criterion.id)
        if score is None or not score.justification:
            message = N_("Give a reason for the score of this criterion.")
            if score is None or score.score is None:
                message = N_("Score this criterion, or say why you cannot judge it.")
            problems.append(problem("score_sheet.answered", f"scores.{criterion.id}", message))
        elif criterion.id in again:
            message = N_("The text behind this criterion has changed. Confirm the score or change it.")
            problems.append(problem("score_sheet.reopened", f"scores.{criterion.id}", message))
    if problems:
        raise Incomplete(problems=problems)


def own(db: Session, proposal: Proposal, *, actor: Actor) -> SheetView | None:
    """The actor's own sheet, which its author reads for ever; None when there is none."""
    rights.ensure(db, proposal, "score_sheet.read_own", actor=actor)
    scheme = schemes.in_force(db)
    mine = ScoreSheet.user_id == actor.user_id
    found = counted_sheets.counted(db, {proposal.id: proposal.current_version}, scheme=scheme, where=mine)[proposal.id]
    return view(scheme, found[0]) if found else None


def submitted(db: Session, proposal: Proposal, *, actor: Actor) -> list[SheetView]:
    """The submitted sheets `actor` may read: all, or for a lead those of his ministry once his own is in."""
    subject = subject_of(db, proposal, actor=actor)
    is_lead = policy.allows(actor, "score_sheet.read_ministry", subject)
    if not is_lead:
        rights.ensure(db, proposal, "score_sheet.read_all", actor=actor)
    scheme = schemes.in_force(db)
    found = counted_sheets.submitted(db, proposal)
    return [view(scheme, one) for one in found if not is_lead or one.row.organisation_id == actor.organisation_id]


def view(scheme: Scheme, counted: counted_sheets.CountedSheet) -> SheetView:
    """The sheet with its total as it counts now: over the criteria that stand."""
    row = counted.row
    lines = {
        score.criterion: ScoreLine(
            score.score, score.justification, score.section, score.version, score.criterion in counted.reopened
        )
        for score in row.scores
    }
    organisation = row.organisation
    return SheetView(
        id=row.id,
        capacity=row.capacity,
        organisation=Text(organisation.name_vi, organisation.name_en) if organisation else None,
        author=row.user.name,
        version=row.version,
        saved_at=row.saved_at,
        submitted_at=row.submitted_at,
        is_conflicted=counted.is_conflicted,
        is_valid=is_valid(scheme, counted.sheet),
        total=sheet_total(scheme, counted.scores),
        coverage=coverage(scheme, counted.scores),
        scores={criterion.id: lines[criterion.id] for criterion in scheme.criteria if criterion.id in lines},
    )
