"""The ranking, as the secretariat and the chair see it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.shapes import Answer, OneOf, Query, Words, words
from intake.api.tallies import Nano
from intake.canonical import sha256_of
from intake.catalogue import SYSTEMS
from intake.i18n import N_
from intake.scoring import flags
from intake.services import rankings


class RankingQuery(Query):
    """Only one strategic system."""

    system: Annotated[str, OneOf(SYSTEMS)] | None = None


class Flag(Answer):
    """One reason to look twice."""

    id: str
    label: Words | None
    explanation: Words | None


Interval = Annotated[
    list[int], Field(description="Best and worst rank while every weight moves within the tolerance of the scheme.")
]


class RankRow(Answer):
    """One proposal, best first. Scores that read the same share a rank.

    `interval`, `adjusted`, `adjusted_rank`, `panel` and `flags` are computed beside the requests: null says not yet.
    Adjusted estimates can be compared only within one panel; they never replace the official score.
    """

    code: str
    title: str
    proposer: str
    state: str
    system: str | None
    rank: int | None
    is_rank_shared: bool
    official: Nano
    n: int
    sd: Nano
    low: Nano
    high: Nano
    range: Nano
    criteria: dict[str, int | None]
    band: str | None
    has_enough_sheets: bool
    is_below_floor: bool
    scheme: str
    certificate: str | None
    is_illustrative: bool
    interval: Interval | None
    adjusted: Nano
    adjusted_rank: int | None
    panel: int | None
    flags: list[Flag] | None


class Ranking(Answer):
    """The ranking now. `computed_at` says when what stands beside the scores was computed, null before the first time.

    `is_stale`: inputs have changed since, it is being recomputed; scores and ranks are always up to date.
    `certificate` is the sha256 of the items as canonical JSON, in order.
    """

    items: list[RankRow]
    computed_at: datetime | None
    is_stale: bool
    certificate: str


@operation(
    "GET",
    "/ranking",
    action="ranking.read",
    summary=N_("The ranking, best official score first"),
    tag="desks",
    query=RankingQuery,
    answer=Ranking,
)
def read_ranking(call: Call, query: RankingQuery) -> Ranking:
    board = rankings.board(call.db, actor=call.actor, system=query.system)
    rows = [row_of(row) for row in board.rows]
    certificate = sha256_of([row.model_dump(mode="json") for row in rows])
    return Ranking(items=rows, computed_at=board.computed_at, is_stale=board.is_stale, certificate=certificate)


def row_of(row: rankings.RankRow) -> RankRow:
    return RankRow(
        code=row.code,
        title=row.title,
        proposer=row.proposer_name,
        state=row.state,
        system=row.system,
        rank=row.place.number if row.place else None,
        is_rank_shared=row.place is not None and row.place.is_shared,
        official=row.official,
        n=row.n,
        sd=row.sd,
        low=row.low,
        high=row.high,
        range=row.range,
        criteria=row.criteria,
        band=row.band.id if row.band else None,
        has_enough_sheets=row.tally.has_enough_sheets,
        is_below_floor=row.tally.is_below_floor,
        scheme=row.scheme.id,
        certificate=row.sha256,
        is_illustrative=row.is_illustrative,
        interval=list(row.interval) if row.interval else None,
        adjusted=row.adjusted,
        adjusted_rank=row.adjusted_rank,
        panel=row.panel,
        flags=None if row.flags is None else [flag_of(flag) for flag in row.flags],
    )


def flag_of(flag: flags.Flag) -> Flag:
    return Flag(id=flag.id, label=words(flag.label), explanation=words(flag.explanation))
