"""The ranking: every proposal ready for the committee or before it, best official score first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from intake import policy
from intake.i18n import Text
from intake.models import CommitteeSession
from intake.policy import Actor, Subject
from intake.scoring.flags import Flag
from intake.scoring.ranking import Place, places, ranking_key
from intake.scoring.standings import StandingRow
from intake.scoring.totals import band, in_nano
from intake.services import agendas, standings
from intake.services.certificates import Scored
from intake.services.ranked_scores import ranked, scores_of, stage_of
from intake.services.standings import Standing
from intake.workflow.procedure import Stage


@dataclass(frozen=True)
class RankRow:
    """One proposal of the ranking. Scores are integers of 10^-9 points; `sha256` names the certificate once frozen.

    `interval`, `adjusted`, `adjusted_rank`, `panel` and `flags` come from the worker: None says not computed yet.
    """

    code: str
    title: str
    proposer_name: str
    state: str
    stage: Stage
    system: str | None
    place: Place | None
    official: int | None
    n: int
    sd: int | None
    low: int | None
    high: int | None
    range: int | None
    totals: tuple[int, ...]
    criteria: dict[str, int | None]
    band: str | None
    band_label: Text | None
    has_enough_sheets: bool
    is_below_floor: bool
    scheme: str
    sha256: str | None
    submitted_at: datetime
    is_illustrative: bool
    interval: tuple[int, int] | None
    adjusted: int | None
    adjusted_rank: int | None
    panel: int | None
    flags: tuple[Flag, ...] | None


@dataclass(frozen=True)
class Board:
    """A ranking at one moment, and when the worker last computed what stands beside its scores."""

    rows: list[RankRow]
    scores: dict[str, Scored]
    standing: Standing

    @property
    def computed_at(self) -> datetime | None:
        return self.standing.computed_at

    @property
    def is_stale(self) -> bool:
        return self.standing.is_stale

    @property
    def panels(self) -> int:
        """How many groups of proposals share no reviewer: only within one are adjusted estimates comparable."""
        return len({row.panel for row in self.rows if row.panel is not None})


def ranking(
    db: Session, *, actor: Actor, system: str | None = None, codes: Sequence[str] | None = None
) -> list[RankRow]:
    """The ranking as `actor` may see it, in order; of one system, or of the proposals of an agenda."""
    return board(db, actor=actor, system=system, codes=codes).rows


def board(db: Session, *, actor: Actor, system: str | None = None, codes: Sequence[str] | None = None) -> Board:
    """The same with what the worker has computed beside it."""
    policy.ensure(actor, "ranking.read", Subject())
    rows = ranked(db, actor, system, codes)
    scores = scores_of(db, rows)
    ordered = sorted(
        rows,
        key=lambda row: ranking_key(
            scores[row.id].scheme, scores[row.id].tally, submitted_at=row.submitted_at, code=row.code
        ),
    )
    numbers = places([scores[row.id].tally.official for row in ordered])
    known = standings.of_scores(db, rows, scores, system=system, actor=actor)
    shown = [
        rank_row(row, scores[row.id], place, known.rows.get(row.code))
        for row, place in zip(ordered, numbers, strict=True)
    ]
    return Board(shown, {row.code: scores[row.id] for row in ordered}, known)


def agenda_codes(db: Session, session: CommitteeSession, *, actor: Actor) -> list[str]:
    """Codes of the proposals on the agenda that `actor` may know of."""
    return [item.proposal.code for item in agendas.visible_items(db, session, actor=actor)]


def rank_row(row: Any, scored: Scored, place: Place | None, known: StandingRow | None) -> RankRow:
    tally = scored.tally
    reached = None if tally.official is None else band(scored.scheme, tally.official)
    return RankRow(
        code=row.code,
        title=row.title,
        proposer_name=row.proposer_name,
        state=row.state,
        stage=stage_of(row),
        system=row.primary_system,
        place=place,
        official=tally.official,
        n=tally.n,
        sd=tally.sd,
        low=nano(tally.lowest),
        high=nano(tally.highest),
        range=nano(tally.range),
        totals=tuple(in_nano(sheet.total) for sheet in tally.sheets if sheet.is_valid and sheet.total is not None),
        criteria={criterion.id: nano(criterion.mean) for criterion in tally.criteria},
        band=reached.id if reached else None,
        band_label=reached.label if reached else None,
        has_enough_sheets=tally.has_enough_sheets,
        is_below_floor=tally.is_below_floor,
        scheme=scored.scheme.id,
        sha256=scored.sha256,
        submitted_at=row.submitted_at,
        is_illustrative=row.is_illustrative,
        interval=known.interval if known else None,
        adjusted=known.adjusted if known else None,
        adjusted_rank=known.adjusted_rank if known else None,
        panel=known.component if known else None,
        flags=known.flags if known else None,
    )


def nano(value: Fraction | None) -> int | None:
    return None if value is None else in_nano(value)
