"""Where each proposal of a set stands: place, rank interval, adjusted estimate, flags and what would change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from intake.scoring.estimates import Estimate, Observation, estimates
from intake.scoring.flags import Flag, flags
from intake.scoring.ranking import Place, places, ranking_key
from intake.scoring.schemes import Scheme
from intake.scoring.sensitivity import Means, filled_means, rank_intervals
from intake.scoring.totals import NANO, Sheet, Tally
from intake.scoring.turning_points import Neighbour, TurningPoints, turning_points


@dataclass(frozen=True)
class Entry:
    """One proposal of the set; `reviewers` names who wrote each sheet, by the sheet's key."""

    code: str
    submitted_at: datetime
    scheme: Scheme
    sheets: Sequence[Sheet]
    tally: Tally
    reviewers: Mapping[str, str]


@dataclass(frozen=True)
class StandingRow:
    """Where one proposal stands. What needs a score is None without one; `adjusted` is of 10^-9 points.

    `interval` is None, too, where the set was scored by more than one set of weights. Adjusted totals compare only
    within one `component`.
    """

    rank: int | None
    is_shared: bool
    interval: tuple[int, int] | None
    adjusted: int | None
    adjusted_rank: int | None
    component: int | None
    flags: tuple[Flag, ...]
    turning: TurningPoints


def stand(entries: Sequence[Entry]) -> dict[str, StandingRow]:
    """Every proposal of the set by its code."""
    ordered = sorted(entries, key=key)
    scored = [entry for entry in ordered if entry.tally.official is not None]
    place = by_code(ordered, places([entry.tally.official for entry in ordered]))
    means = {entry.code: filled_means(entry.scheme, entry.sheets) for entry in scored}
    intervals = intervals_of(scored, means)
    fitted = estimates(one for entry in scored for one in observations(entry))
    adjusted = {code: in_nano_of(one) for code, one in fitted.items()}
    adjusted_place = dict(zip(adjusted, places(list(adjusted.values())), strict=True))
    around = neighbours(scored, means)
    return {
        entry.code: row(
            entry,
            place[entry.code],
            adjusted_place.get(entry.code),
            interval=intervals.get(entry.code),
            adjusted=adjusted.get(entry.code),
            component=fitted[entry.code].component if entry.code in fitted else None,
            turning=turning_points(entry.scheme, entry.tally, means.get(entry.code), **around.get(entry.code, {})),
            ranked=len(scored),
        )
        for entry in ordered
    }


def key(entry: Entry) -> tuple[object, ...]:
    return ranking_key(entry.scheme, entry.tally, submitted_at=entry.submitted_at, code=entry.code)


def by_code(entries: Sequence[Entry], values: Sequence[Place | None]) -> dict[str, Place | None]:
    return {entry.code: value for entry, value in zip(entries, values, strict=True)}


def row(
    entry: Entry,
    place: Place | None,
    adjusted_place: Place | None,
    *,
    interval: tuple[int, int] | None,
    adjusted: int | None,
    component: int | None,
    turning: TurningPoints,
    ranked: int,
) -> StandingRow:
    rank = place.number if place else None
    adjusted_rank = adjusted_place.number if adjusted_place else None
    found = flags(entry.scheme, entry.tally, official_rank=rank, adjusted_rank=adjusted_rank, ranked=ranked)
    is_shared = place is not None and place.is_shared
    return StandingRow(rank, is_shared, interval, adjusted, adjusted_rank, component, found, turning)


def intervals_of(scored: Sequence[Entry], means: Mapping[str, Means | None]) -> dict[str, tuple[int, int]]:
    """Rank intervals, where one set of weights and one tolerance holds for all."""
    if len({weighing(entry.scheme) for entry in scored}) != 1:
        return {}
    known = {code: row for code, row in means.items() if row is not None}
    return dict(zip(known, rank_intervals(scored[0].scheme, list(known.values())), strict=True))


def weighing(scheme: Scheme) -> tuple[object, ...]:
    return (tuple(scheme.weights.items()), scheme.doubts.weight_percent)


def neighbours(scored: Sequence[Entry], means: Mapping[str, Means | None]) -> dict[str, dict[str, Neighbour | None]]:
    """Who stands one place above and below, among those scored by the same weights."""
    found = {}
    for place, entry in enumerate(scored):
        above = scored[place - 1] if place else None
        below = scored[place + 1] if place + 1 < len(scored) else None
        found[entry.code] = {"above": neighbour(entry, above, means), "below": neighbour(entry, below, means)}
    return found


def neighbour(entry: Entry, other: Entry | None, means: Mapping[str, Means | None]) -> Neighbour | None:
    if other is None or weighing(other.scheme) != weighing(entry.scheme):
        return None
    theirs = means[other.code]
    return Neighbour(other.code, theirs) if theirs is not None else None


def observations(entry: Entry) -> list[Observation]:
    """The valid sheets of one proposal as the additive model reads them."""
    return [
        Observation(entry.code, entry.reviewers[sheet.key], as_float(sheet.total))
        for sheet in entry.tally.sheets
        if sheet.is_valid and sheet.total is not None
    ]


def as_float(total: Fraction) -> float:
    return total.numerator / total.denominator


def in_nano_of(estimate: Estimate) -> int:
    """The estimate, which has six decimals, in 10^-9 points."""
    return round(estimate.adjusted * 10**6) * (NANO // 10**6)
