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
from intake.errors import IllegalMove, Incomplete, Invalid
from intake.i18n import N_, Text
from intake.models import Proposal, Score, ScoreSheet
from intake.policy import Actor, Role
from intake.scoring.schemes import Scheme
from intake.scoring.totals import coverage, is_valid, sheet_total
from intake.services import audit, counted_sheets, evidence, rights, schemes, wordings
from intake.services.problems import problem
from intake.services.score_entries import Answer, Entry, entries_of
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
    scheme = schemes.of(db, proposal)
    entries = entries_of(scheme, scores)
    sheet = sheet_of(db, proposal, actor)
    was_submitted = sheet is not None and sheet.submitted_at is not None
    if was_submitted and not submit:
        raise IllegalMove(N_("This sheet is submitted. To change it, submit it again with the reason for the change."))
    before = answers_of(sheet)
    changes = changes_between(before, entries)
    must_explain = N_("Say why you change a submitted sheet.") if was_submitted and changes else None
    text = wordings.checked(reason, "reason", missing=must_explain)
    current = proposal.current_version
    after = before | {id: Answer(id, current, entry) for id, entry in entries.items()}
    if submit:
        ensure_complete(db, proposal, after, scheme)
    sheet = sheet or begin(db, proposal, actor)
    write(sheet, after)
    sheet.version, sheet.scheme, sheet.saved_at = current, scheme.id, clock.now()
    if submit and not was_submitted:
        sheet.submitted_at = clock.now()
    db.flush()
    data = {"sheet": sheet.id, "version": current} | ({"reason": text, "changes": changes} if was_submitted else {})
    event = f"score_sheet.{what_happened(submit=submit, was_submitted=was_submitted, changed=bool(changes))}"
    audit.record(db, event, actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return sheet


def confirm(db: Session, proposal: Proposal, criterion: str, *, actor: Actor) -> ScoreSheet:
    """Say that one score stands on the present text, whether or not the sheet is submitted already."""
    rights.hold(db, proposal, "score_sheet.write", actor=actor)
    sheet = sheet_of(db, proposal, actor)
    score = next((one for one in sheet.scores if one.criterion == criterion), None) if sheet else None
    if sheet is None or score is None:
        raise Invalid(errors=[(f"scores.{criterion}", N_("Score this criterion, or say why you cannot judge it."))])
    score.version, sheet.version, sheet.saved_at = proposal.current_version, proposal.current_version, clock.now()
    db.flush()
    data = {"sheet": sheet.id, "version": sheet.version, "criterion": criterion}
    event = "score_sheet.confirmed"
    audit.record(db, event, actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return sheet


def what_happened(*, submit: bool, was_submitted: bool, changed: bool) -> str:
    if was_submitted:
        return "changed" if changed else "confirmed"
    return "submitted" if submit else "saved"


def sheet_of(db: Session, proposal: Proposal, actor: Actor) -> ScoreSheet | None:
    """The person's one sheet on the proposal; IllegalMove when it was filled under another role."""
    query = select(ScoreSheet).where(ScoreSheet.proposal_id == proposal.id, ScoreSheet.user_id == actor.user_id)
    found = db.scalar(query.options(selectinload(ScoreSheet.scores)))
    if found is not None and (found.capacity, found.organisation_id) != capacity(actor):
        raise IllegalMove(N_("You have a score sheet on this proposal under another role. Each person scores once."))
    return found


def capacity(actor: Actor) -> tuple[str, str | None]:
    return ("engineer", None) if actor.role is Role.ENGINEER else ("ministry", actor.organisation_id)


def begin(db: Session, proposal: Proposal, actor: Actor) -> ScoreSheet:
    kind, organisation_id = capacity(actor)
    sheet = ScoreSheet(
        proposal_id=proposal.id, user_id=actor.user_id, capacity=kind, organisation_id=organisation_id, scores=[]
    )
    db.add(sheet)
    return sheet


def answers_of(sheet: ScoreSheet | None) -> dict[str, Answer]:
    scores = sheet.scores if sheet else []
    return {s.criterion: Answer(s.criterion, s.version, Entry(s.score, s.justification, s.section)) for s in scores}


def changes_between(before: Mapping[str, Answer], entries: Mapping[str, Entry]) -> dict[str, Any]:
    """What the entries change, old and new, without the words of a justification."""
    changes: dict[str, Any] = {}
    for criterion, entry in entries.items():
        old = before[criterion].entry if criterion in before else Entry(None, "", None)
        if old != entry:
            reworded = old.justification != entry.justification
            changes[criterion] = {"old": old.score, "new": entry.score, "justification_changed": reworded}
    return changes


def write(sheet: ScoreSheet, answers: Mapping[str, Answer]) -> None:
    known = {score.criterion: score for score in sheet.scores}
    for criterion, answer in answers.items():
        score = known.get(criterion)
        if score is None:
            score = Score(criterion=criterion)
            sheet.scores.append(score)
        entry = answer.entry
        score.score, score.justification, score.section = entry.score, entry.justification, entry.section
        score.version = answer.version


def ensure_complete(db: Session, proposal: Proposal, answers: Mapping[str, Answer], scheme: Scheme) -> None:
    """Raise Incomplete unless every criterion is answered or explained, on evidence that has not changed since."""
    current = proposal.current_version
    older = {(proposal.id, answer.version) for answer in answers.values() if answer.version != current}
    prints = evidence.fingerprints(db, scheme, older | {(proposal.id, current)} if older else ())
    again = evidence.reopened(scheme, answers.values(), current=current, prints=prints.get(proposal.id, {}))
    problems = []
    for criterion in scheme.weights:
        entry = answers[criterion].entry if criterion in answers else Entry(None, "", None)
        if not entry.justification:
            message = N_("Give a reason for the score of this criterion.")
            if entry.score is None:
                message = N_("Score this criterion, or say why you cannot judge it.")
            problems.append(problem("score_sheet.answered", f"scores.{criterion}", message))
        elif criterion in again:
            message = N_("The text behind this criterion has changed. Confirm the score or change it.")
            problems.append(problem("score_sheet.reopened", f"scores.{criterion}", message))
    if problems:
        raise Incomplete(problems=problems)


def own(db: Session, proposal: Proposal, *, actor: Actor) -> SheetView | None:
    """The actor's own sheet, which its author reads for ever; None when there is none."""
    rights.ensure(db, proposal, "score_sheet.read_own", actor=actor)
    scheme = schemes.of(db, proposal)
    mine = ScoreSheet.user_id == actor.user_id
    found = counted_sheets.counted(db, {proposal.id: proposal.current_version}, where=mine)[proposal.id]
    return view(scheme, found[0]) if found else None


def submitted(db: Session, proposal: Proposal, *, actor: Actor) -> list[SheetView]:
    """The submitted sheets `actor` may read: all, or for a lead those of his ministry once his own is in."""
    subject = subject_of(db, proposal, actor=actor)
    is_lead = policy.allows(actor, "score_sheet.read_ministry", subject)
    if not is_lead:
        rights.ensure(db, proposal, "score_sheet.read_all", actor=actor)
    scheme = schemes.of(db, proposal)
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
