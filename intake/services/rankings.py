"""The ranking: every proposal ready for the committee or before it, best official score first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from intake import policy
from intake.policy import Actor, Subject
from intake.scoring.ranking import ranking_key
from intake.scoring.totals import band, in_nano
from intake.services.certificates import Scored
from intake.services.ranked_scores import ranked, scores_of, stage_of
from intake.workflow.procedure import Stage


@dataclass(frozen=True)
class RankRow:
    """One proposal of the ranking. Scores are integers of 10^-9 points; `sha256` names the certificate once frozen.

    `interval` and `flags` are not computed yet: None says unknown, not absent.
    """

    code: str
    title: str
    proposer_name: str
    state: str
    stage: Stage
    system: str | None
    official: int | None
    n: int
    sd: int | None
    low: int | None
    high: int | None
    range: int | None
    totals: tuple[int, ...]
    criteria: dict[str, int | None]
    band: str | None
    has_enough_sheets: bool
    is_below_floor: bool
    scheme: str
    sha256: str | None
    submitted_at: datetime
    is_illustrative: bool
    interval: None = None
    flags: None = None


def ranking(
    db: Session, *, actor: Actor, system: str | None = None, codes: Sequence[str] | None = None
) -> list[RankRow]:
    """The ranking as `actor` may see it, in order; of one system, or of the proposals of an agenda."""
    policy.ensure(actor, "ranking.read", Subject())
    rows = ranked(db, actor, system, codes)
    scores = scores_of(db, rows)
    ordered = sorted(
        rows,
        key=lambda row: ranking_key(
            scores[row.id].scheme, scores[row.id].tally, submitted_at=row.submitted_at, code=row.code
        ),
    )
    return [rank_row(row, scores[row.id]) for row in ordered]


def rank_row(row: Any, scored: Scored) -> RankRow:
    tally = scored.tally
    return RankRow(
        code=row.code,
        title=row.title,
        proposer_name=row.proposer_name,
        state=row.state,
        stage=stage_of(row),
        system=row.primary_system,
        official=tally.official,
        n=tally.n,
        sd=tally.sd,
        low=nano(tally.lowest),
        high=nano(tally.highest),
        range=nano(tally.range),
        totals=tuple(in_nano(sheet.total) for sheet in tally.sheets if sheet.is_valid and sheet.total is not None),
        criteria={criterion.id: nano(criterion.mean) for criterion in tally.criteria},
        band=None if tally.official is None else band(scored.scheme, tally.official).id,
        has_enough_sheets=tally.has_enough_sheets,
        is_below_floor=tally.is_below_floor,
        scheme=scored.scheme.id,
        sha256=scored.sha256,
        submitted_at=row.submitted_at,
        is_illustrative=row.is_illustrative,
    )


def nano(value: Fraction | None) -> int | None:
    return None if value is None else in_nano(value)
