"""Exact totals: from the scores on sheets to the official score, without a floating-point number in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isqrt

from intake.scoring.schemes import Band, Scheme

NANO = 10**9
Scores = Mapping[str, int | None]


class OffScale(ValueError):
    """A score or a criterion that the scheme does not know."""


@dataclass(frozen=True)
class Sheet:
    """One person's scores as the tally needs them: None, or a criterion left out, says "cannot judge"."""

    key: str
    scores: Scores
    is_submitted: bool = field(default=True, kw_only=True)
    is_conflicted: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class SheetTally:
    """What one sheet comes to; `total` is None when nothing on it was answered."""

    key: str
    weighted_sum: int
    answered_weight: int
    total: Fraction | None
    coverage: Fraction
    is_valid: bool


@dataclass(frozen=True)
class CriterionTally:
    """One criterion over the valid sheets that answered it."""

    id: str
    n: int
    sum: int
    mean: Fraction | None
    lowest: int | None
    highest: int | None
    is_below_floor: bool


@dataclass(frozen=True)
class Tally:
    """The official score of one proposal and everything printed beside it.

    `official` and `sd` are integers of 10^-9 points; `sd` is the sample standard deviation (n - 1), since the sheets
    stand for all the reviewers who could have been asked, and None below two valid sheets.
    """

    scheme: str
    n: int
    official: int | None
    mean: Fraction | None
    variance: Fraction | None
    sd: int | None
    lowest: Fraction | None
    highest: Fraction | None
    criteria: tuple[CriterionTally, ...]
    sheets: tuple[SheetTally, ...]
    has_enough_sheets: bool
    is_below_floor: bool

    @property
    def range(self) -> Fraction | None:
        return None if self.highest is None or self.lowest is None else self.highest - self.lowest

    def criterion(self, id: str) -> CriterionTally:
        return {criterion.id: criterion for criterion in self.criteria}[id]


def answered(scheme: Scheme, scores: Scores) -> dict[str, int]:
    """The scores that were given; raises OffScale for one that the scheme does not know."""
    unknown = sorted(scores.keys() - scheme.weights.keys())
    if unknown:
        raise OffScale(f"{scheme.id} has no criterion {', '.join(unknown)}")
    given = {id: score for id, score in scores.items() if score is not None}
    for id, score in given.items():
        if isinstance(score, bool) or score not in scheme.levels:
            raise OffScale(f"{score!r} for {id} is not on the scale of {scheme.id}")
    return given


def sheet_total(scheme: Scheme, scores: Scores) -> Fraction | None:
    """100 x sum(w s) / (max x sum(w)) over answered criteria: a sheet of all 1s is 20, a blank is never 0."""
    given, weights = answered(scheme, scores), scheme.weights
    if not given:
        return None
    weighted = sum(weights[id] * score for id, score in given.items())
    return Fraction(100 * weighted, scheme.highest * sum(weights[id] for id in given))


def coverage(scheme: Scheme, scores: Scores) -> Fraction:
    """The share of the weights that was answered."""
    weights = scheme.weights
    return Fraction(sum(weights[id] for id in answered(scheme, scores)), sum(weights.values()))


def is_valid(scheme: Scheme, sheet: Sheet) -> bool:
    """Whether the sheet counts as a score; below the least coverage it is an opinion."""
    return sheet.is_submitted and not sheet.is_conflicted and coverage(scheme, sheet.scores) >= scheme.least_coverage


def tally_sheet(scheme: Scheme, sheet: Sheet) -> SheetTally:
    given, weights = answered(scheme, sheet.scores), scheme.weights
    return SheetTally(
        key=sheet.key,
        weighted_sum=sum(weights[id] * score for id, score in given.items()),
        answered_weight=sum(weights[id] for id in given),
        total=sheet_total(scheme, sheet.scores),
        coverage=coverage(scheme, sheet.scores),
        is_valid=is_valid(scheme, sheet),
    )


def tally_criterion(scheme: Scheme, id: str, valid: Sequence[Scores]) -> CriterionTally:
    scores = [score for score in (sheet.get(id) for sheet in valid) if score is not None]
    mean = mean_of(scores)
    return CriterionTally(
        id=id,
        n=len(scores),
        sum=sum(scores),
        mean=mean,
        lowest=min(scores, default=None),
        highest=max(scores, default=None),
        is_below_floor=mean is not None and mean < scheme.criterion_floor,
    )


def tally(scheme: Scheme, sheets: Iterable[Sheet]) -> Tally:
    """The official score: the mean of the totals of the valid sheets, each of equal weight."""
    ordered = sorted(sheets, key=lambda sheet: sheet.key)
    counted = tuple(tally_sheet(scheme, sheet) for sheet in ordered)
    totals = [sheet.total for sheet in counted if sheet.is_valid and sheet.total is not None]
    valid = [sheet.scores for sheet in ordered if is_valid(scheme, sheet)]
    mean, variance = mean_of(totals), sample_variance(totals)
    official = None if mean is None else in_nano(mean)
    return Tally(
        scheme=scheme.id,
        n=len(totals),
        official=official,
        mean=mean,
        variance=variance,
        sd=None if variance is None else root_in_nano(variance),
        lowest=min(totals, default=None),
        highest=max(totals, default=None),
        criteria=tuple(tally_criterion(scheme, criterion.id, valid) for criterion in scheme.criteria),
        sheets=counted,
        has_enough_sheets=len(totals) >= scheme.min_sheets,
        is_below_floor=official is not None and official < scheme.total_floor * NANO,
    )


def mean_of(values: Sequence[Fraction] | Sequence[int]) -> Fraction | None:
    return Fraction(sum(values), len(values)) if values else None


def in_nano(points: Fraction) -> int:
    """`points`, never negative, as an integer of 10^-9 points, halves rounded up: what is stored and sorted by."""
    scaled = 2 * points * NANO
    return (scaled.numerator // scaled.denominator + 1) // 2


def sample_variance(totals: Sequence[Fraction]) -> Fraction | None:
    mean = mean_of(totals)
    if mean is None or len(totals) < 2:
        return None
    return Fraction(sum((total - mean) ** 2 for total in totals), len(totals) - 1)


def root_in_nano(variance: Fraction) -> int:
    """The square root of `variance` in 10^-9 points, halves rounded up, from integers only."""
    scaled = 4 * variance * NANO**2
    return (isqrt(scaled.numerator // scaled.denominator) + 1) // 2


def shown(nano: int, *, places: int = 1) -> Decimal:
    """A stored number as people read it, halves rounded up; two scores that look equal are shown as equal."""
    return (Decimal(nano) / NANO).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def band(scheme: Scheme, official: int) -> Band:
    """The band that the official score falls into, lower bounds included."""
    return next(band for band in scheme.bands if official >= band.least * NANO)
