"""The ranking, as the secretariat and the chair see it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from intake import clock
from intake.api.calls import Call
from intake.api.operations import operation
from intake.api.shapes import Answer, OneOf, Query
from intake.api.tallies import Nano
from intake.canonical import sha256_of
from intake.catalogue import SYSTEMS
from intake.i18n import N_
from intake.services import rankings


class RankingQuery(Query):
    """Only one strategic system."""

    system: Annotated[str, OneOf(SYSTEMS)] | None = None


class RankRow(Answer):
    """One proposal, best first. `interval` and `flags` are null: not computed yet."""

    code: str
    title: str
    proposer: str
    state: str
    system: str | None
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
    interval: None
    flags: None


class Ranking(Answer):
    """The ranking at one moment; `certificate` is the sha256 of everything it was made from, in order."""

    items: list[RankRow]
    computed_at: datetime
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
    rows = [row_of(row) for row in rankings.ranking(call.db, actor=call.actor, system=query.system)]
    certificate = sha256_of([row.model_dump(mode="json") for row in rows])
    return Ranking(items=rows, computed_at=clock.now(), certificate=certificate)


def row_of(row: rankings.RankRow) -> RankRow:
    return RankRow(
        code=row.code,
        title=row.title,
        proposer=row.proposer_name,
        state=row.state,
        system=row.system,
        official=row.official,
        n=row.n,
        sd=row.sd,
        low=row.low,
        high=row.high,
        range=row.range,
        criteria=row.criteria,
        band=row.band,
        has_enough_sheets=row.has_enough_sheets,
        is_below_floor=row.is_below_floor,
        scheme=row.scheme,
        certificate=row.sha256,
        is_illustrative=row.is_illustrative,
        interval=row.interval,
        flags=row.flags,
    )
