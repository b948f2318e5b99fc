"""Scores as they are sent: integers of 10^-9 points, exact, the only sort key."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from intake.api.shapes import Answer
from intake.scoring.totals import in_nano
from intake.services.certificates import Scored

Nano = Annotated[int | None, Field(description="In 10^-9 points.")]


class SheetScore(Answer):
    """One sheet of the table: the body it comes from, never its author."""

    body: str
    scores: dict[str, int | None]
    total: Nano
    is_valid: bool


class Tally(Answer):
    """The official score and everything beside it; `certificate` is the sha256 once inputs are frozen."""

    official: Nano
    n: int
    sd: Nano
    low: Nano
    high: Nano
    range: Nano
    criteria: dict[str, int | None]
    sheets: list[SheetScore]
    has_enough_sheets: bool
    is_below_floor: bool
    scheme: str
    certificate: str | None


def nano(value: Fraction | None) -> int | None:
    return None if value is None else in_nano(value)


def tally_of(scored: Scored) -> Tally:
    """What the sheets come to."""
    tally, scores = scored.tally, {sheet.key: dict(sheet.scores) for sheet in scored.sheets}
    return Tally(
        official=tally.official,
        n=tally.n,
        sd=tally.sd,
        low=nano(tally.lowest),
        high=nano(tally.highest),
        range=nano(tally.range),
        criteria={criterion.id: nano(criterion.mean) for criterion in tally.criteria},
        sheets=[
            SheetScore(
                body=sheet.key.split("/")[0],
                scores=scores[sheet.key],
                total=nano(sheet.total),
                is_valid=sheet.is_valid,
            )
            for sheet in tally.sheets
        ],
        has_enough_sheets=tally.has_enough_sheets,
        is_below_floor=tally.is_below_floor,
        scheme=scored.scheme.id,
        certificate=scored.sha256,
    )
