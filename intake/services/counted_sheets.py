"""Sheets as they count now: which scores stand, who is conflicted, and what the valid ones come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from intake.models import Proposal, Score, ScoreSheet
from intake.scoring.schemes import Scheme
from intake.scoring.totals import Sheet, Tally, tally
from intake.services import conflicts, evidence, schemes


@dataclass(frozen=True)
class CountedSheet:
    """One sheet with what of it stands on the current version."""

    row: ScoreSheet
    scores: dict[str, int | None]
    reopened: frozenset[str]
    is_conflicted: bool

    @property
    def key(self) -> str:
        """How the certificate names the sheet: by the body it comes from, never by its author."""
        return key_of(self.row)

    @property
    def sheet(self) -> Sheet:
        return Sheet(
            self.key,
            self.scores,
            is_submitted=self.row.submitted_at is not None,
            is_conflicted=self.is_conflicted,
        )


def counted(
    db: Session,
    current_versions: Mapping[int, int],
    *,
    where: ColumnElement[bool] | None = None,
) -> dict[int, list[CountedSheet]]:
    """The sheets of many proposals (id to current version) in a constant number of queries; `where` narrows them."""
    ids = sorted(current_versions)
    rows = db.scalars(
        select(ScoreSheet)
        .where(ScoreSheet.proposal_id.in_(ids), where if where is not None else true())
        .options(selectinload(ScoreSheet.scores), joinedload(ScoreSheet.user), joinedload(ScoreSheet.organisation))
        .order_by(ScoreSheet.id)
    ).all()
    of_proposal = schemes.of_proposals(db, ids)
    prints = evidence.fingerprints(db, schemes.in_force(db), mixed_versions(rows, current_versions))
    conflicted = conflicts.conflicted_pairs(db, ids)
    found: dict[int, list[CountedSheet]] = {id: [] for id in ids}
    for row in rows:
        current, read = current_versions[row.proposal_id], prints.get(row.proposal_id, {})
        scheme = of_proposal[row.proposal_id]
        found[row.proposal_id].append(
            CountedSheet(
                row=row,
                scores=evidence.valid_scores(scheme, row.scores, current=current, prints=read),
                reopened=evidence.reopened(scheme, row.scores, current=current, prints=read),
                is_conflicted=(row.proposal_id, row.user_id) in conflicted,
            )
        )
    return found


def submitted_sheets(
    db: Session, current_versions: Mapping[int, int], *, of_proposal: Mapping[int, Scheme]
) -> dict[int, tuple[Sheet, ...]]:
    """Every submitted sheet of many proposals as the tally needs it: plain rows, so that a ranking opens quickly."""
    ids = sorted(current_versions)
    rows = db.execute(
        select(
            ScoreSheet.id,
            ScoreSheet.proposal_id,
            ScoreSheet.user_id,
            ScoreSheet.organisation_id,
            ScoreSheet.capacity,
            Score.criterion,
            Score.score,
            Score.version,
        )
        .outerjoin(Score, Score.sheet_id == ScoreSheet.id)
        .where(ScoreSheet.proposal_id.in_(ids), ScoreSheet.submitted_at.is_not(None))
        .order_by(ScoreSheet.id, Score.id)
    ).all()
    older = {
        (row.proposal_id, row.version)
        for row in rows
        if row.criterion is not None and row.version != current_versions[row.proposal_id]
    }
    prints = evidence.fingerprints(db, schemes.in_force(db), older | {(id, current_versions[id]) for id, _ in older})
    conflicted = conflicts.conflicted_pairs(db, ids)
    by_sheet: dict[int, list[Any]] = {}
    for row in rows:
        by_sheet.setdefault(row.id, []).append(row)  # one row without a criterion for a sheet without scores
    found: dict[int, list[Sheet]] = {id: [] for id in ids}
    for given in by_sheet.values():
        first = given[0]
        current, read = current_versions[first.proposal_id], prints.get(first.proposal_id, {})
        scheme = of_proposal[first.proposal_id]
        scored = [row for row in given if row.criterion is not None]
        scores = evidence.valid_scores(scheme, scored, current=current, prints=read)
        is_conflicted = (first.proposal_id, first.user_id) in conflicted
        found[first.proposal_id].append(Sheet(key_of(first), scores, is_conflicted=is_conflicted))
    return {id: tuple(sheets) for id, sheets in found.items()}


def key_of(sheet: Any) -> str:
    return f"{sheet.organisation_id or sheet.capacity}/{sheet.id}"


def mixed_versions(rows: Sequence[ScoreSheet], current_versions: Mapping[int, int]) -> set[tuple[int, int]]:
    """The versions whose texts must be compared: of scores given before the current one, and the current one."""
    older = {
        (row.proposal_id, score.version)
        for row in rows
        for score in row.scores
        if score.version != current_versions[row.proposal_id]
    }
    return older | {(id, current_versions[id]) for id, _ in older}


def submitted(db: Session, proposal: Proposal) -> list[CountedSheet]:
    """Every submitted sheet of one proposal."""
    of_proposal = {proposal.id: proposal.current_version}
    everyone = counted(db, of_proposal, where=ScoreSheet.submitted_at.is_not(None))
    return everyone[proposal.id]


def tally_of(db: Session, proposal: Proposal) -> Tally:
    """The official score of one proposal as it stands now."""
    return tally(schemes.of(db, proposal), [one.sheet for one in submitted(db, proposal)])
