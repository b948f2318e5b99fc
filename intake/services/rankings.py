"""The ranking: every proposal ready for the committee or before it, best official score first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from intake import policy
from intake.models import CommitteeSession
from intake.policy import Actor, Subject
from intake.scoring.flags import Flag
from intake.scoring.ranking import Place, places, ranking_key
from intake.scoring.schemes import Band, Scheme
from intake.scoring.standings import StandingRow
from intake.scoring.totals import Tally, band, in_nano
from intake.services import standings
from intake.services.certificates import Scored
from intake.services.ranked_scores import ranked, scores_of, stage_of
from intake.services.standings import Standing
from intake.workflow.procedure import Stage


@dataclass(frozen=True)
class RankRow:
    """One proposal of the ranking. Scores are integers of 10^-9 points; `sha256` names the certificate once frozen.

    `interval`, `adjusted`, `adjusted_rank`, `panel` and `flags` come from the worker: None says not computed yet. What
    needs arithmetic is made where it is shown: a long ranking shows one page.
    """

    code: str
    title: str
    proposer_name: str
    state: str
    stage: Stage
    system: str | None
    place: Place | None
    tally: Tally
    scheme: Scheme
    sha256: str | None
    submitted_at: datetime
    is_illustrative: bool
    interval: tuple[int, int] | None
    adjusted: int | None
    adjusted_rank: int | None
    panel: int | None
    flags: tuple[Flag, ...] | None

    @property
    def official(self) -> int | None:
        return self.tally.official

    @property
    def n(self) -> int:
        return self.tally.n

    @property
    def sd(self) -> int | None:
        return self.tally.sd

    @property
    def low(self) -> int | None:
        return nano(self.tally.lowest)

    @property
    def high(self) -> int | None:
        return nano(self.tally.highest)

    @property
    def range(self) -> int | None:
        return nano(self.tally.range)

    @property
    def totals(self) -> tuple[int, ...]:
        """What each valid sheet comes to."""
        valid = (sheet.total for sheet in self.tally.sheets if sheet.is_valid)
        return tuple(in_nano(total) for total in valid if total is not None)

    @property
    def criteria(self) -> dict[str, int | None]:
        """The mean of each criterion."""
        return {criterion.id: nano(criterion.mean) for criterion in self.tally.criteria}

    @property
    def band(self) -> Band | None:
        return None if self.tally.official is None else band(self.scheme, self.tally.official)


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


def ranking(db: Session, *, actor: Actor, system: str | None = None) -> list[RankRow]:
    """The ranking as `actor` may see it, in order; of one system if asked."""
    return board(db, actor=actor, system=system).rows


def board(db: Session, *, actor: Actor, system: str | None = None, session: CommitteeSession | None = None) -> Board:
    """The same, or the ranking of a session's agenda, with what the worker has computed beside it."""
    policy.ensure(actor, "ranking.read", Subject())
    codes = None if session is None else sorted(standings.agendas(db, session.id).get(session.id, ()))
    rows = ranked(db, actor, system, codes)
    scores = scores_of(db, rows)
    ordered = sorted(
        rows,
        key=lambda row: ranking_key(
            scores[row.id].scheme, scores[row.id].tally, submitted_at=row.submitted_at, code=row.code
        ),
    )
    numbers = places([scores[row.id].tally.official for row in ordered])
    session_id = None if session is None else session.id
    known = standings.of_scores(db, rows, scores, system=system, actor=actor, session_id=session_id)
    shown = [
        rank_row(row, scores[row.id], place, known.rows.get(row.code))
        for row, place in zip(ordered, numbers, strict=True)
    ]
    return Board(shown, {row.code: scores[row.id] for row in ordered}, known)


def rank_row(row: Any, scored: Scored, place: Place | None, known: StandingRow | None) -> RankRow:
    return RankRow(
        code=row.code,
        title=row.title,
        proposer_name=row.proposer_name,
        state=row.state,
        stage=stage_of(row),
        system=row.primary_system,
        place=place,
        tally=scored.tally,
        scheme=scored.scheme,
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
