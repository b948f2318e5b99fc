"""Coordinates of the dot plot: one hollow dot a sheet, the mean, the spread, the floor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from intake.scoring.schemes import Scheme
from intake.scoring.totals import NANO, shown
from intake.web.filters import number

LEFT, RIGHT = 10, 260
LOWEST, HIGHEST = 20, 100  # a sheet of all 1s is 20
MIDDLE, STACKED = 17, 7
# Dots nearer than this would hide each other.
NEAR = 6
# The rank interval: a square of 8 for each rank, or one bar, on a track as wide as the squares at most.
MOST_SQUARES, STEP, TRACK, LEAST_BAR = 11, 10, 108, 3.0
CRITERION_LEVELS = ((Fraction(4), "top"), (Fraction(3), "good"))


@dataclass(frozen=True)
class Plot:
    """Ready for the macro `score_dots`; `text` says the same in words."""

    label: str
    text: str
    dots: list[dict[str, float]]
    band: dict[str, float] | None
    mean_x: float | None
    floors: list[float]


def plot(totals: Sequence[Fraction], *, official: int | None, sd: int | None, scheme: Scheme) -> Plot:
    """`totals` in points; `official` and `sd` in 10^-9 points."""
    mean = None if official is None else Fraction(official, NANO)
    spread = None if sd is None else Fraction(sd, NANO)
    return Plot(
        label=words(totals, mean, spread),
        text=short_words(totals, spread),
        dots=dots(sorted(totals)),
        band=band(mean, spread),
        mean_x=None if mean is None else x(mean),
        floors=[x(Fraction(scheme.total_floor))],
    )


def x(points: Fraction) -> float:
    """Place on the axis; what lies outside is drawn at its end."""
    within = min(max(float(points), LOWEST), HIGHEST)
    return round(LEFT + (within - LOWEST) * (RIGHT - LEFT) / (HIGHEST - LOWEST), 1)


def axis(scheme: Scheme) -> list[dict[str, float | str]]:
    """The numbers over a column of plots: both ends and where bands begin."""
    inner = [band.least for band in scheme.bands if LOWEST < band.least < HIGHEST]
    return [{"x": x(Fraction(points)), "text": str(points)} for points in sorted({LOWEST, *inner, HIGHEST})]


def dots(totals: Sequence[Fraction]) -> list[dict[str, float]]:
    """Dots that would cover each other are stacked, in turn below and above the line."""
    seen: Counter[int] = Counter()
    placed = []
    for total in totals:
        place = x(total)
        column = int(place // NEAR)
        level = (seen[column] + 1) // 2 * (1 if seen[column] % 2 else -1)
        seen[column] += 1
        placed.append({"x": place, "y": min(max(MIDDLE + level * STACKED, 5), 29)})
    return placed


def band(mean: Fraction | None, spread: Fraction | None) -> dict[str, float] | None:
    if mean is None or spread is None:
        return None
    left, right = x(mean - spread), x(mean + spread)
    return {"x": left, "width": round(right - left, 1)}


def words(totals: Sequence[Fraction], mean: Fraction | None, spread: Fraction | None) -> str:
    if mean is None:
        return _("No valid score sheet yet")
    return _(
        "Score sheets from 20 to 100 points: mean %(mean)s, %(details)s",
        mean=number(mean, 1),
        details=short_words(totals, spread),
    )


def short_words(totals: Sequence[Fraction], spread: Fraction | None) -> str:
    """Count, range and standard deviation."""
    if not totals:
        return _("No valid sheet")
    low, high = number(min(totals), 1), number(max(totals), 1)
    if spread is None:
        return _("1 sheet, %(low)s", low=low)
    return _(
        "%(count)s sheets, %(low)s to %(high)s, deviation %(sd)s",
        count=len(totals),
        low=low,
        high=high,
        sd=number(spread, 1),
    )


def points(nano: int | None, places: int = 1) -> str:
    """A stored number of 10^-9 points as people read it; empty without one."""
    return "" if nano is None else number(shown(nano, places=places), places)


@dataclass(frozen=True)
class IntervalMark:
    """Ready for the macro `rank_interval`: the words, and the ranks drawn on a track from first to last.

    `squares` has one entry for each rank while they can be told apart; longer rankings get one bar.
    """

    text: str
    squares: list[dict[str, float | bool]]
    bar: dict[str, float] | None


def interval_mark(interval: tuple[int, int] | None, ranked: int) -> IntervalMark | None:
    """The ranks a proposal may take among `ranked` when weights move within the tolerance; None while unknown."""
    if interval is None:
        return None
    low, high = interval
    text = str(low) if low == high else _("%(low)s to %(high)s", low=low, high=high)
    if ranked <= MOST_SQUARES:
        squares = [{"x": STEP * place, "is_on": low <= place + 1 <= high} for place in range(ranked)]
        return IntervalMark(text, squares, None)
    left = round((low - 1) * TRACK / ranked, 1)
    width = max(round((high - low + 1) * TRACK / ranked, 1), LEAST_BAR)
    return IntervalMark(text, [], {"x": min(left, TRACK - width), "width": width})


def criterion_cells(scheme: Scheme, means: Mapping[str, int | None], names: Mapping[str, str]) -> list[dict[str, str]]:
    """The means of the criteria, coloured by level; `means` in 10^-9 points."""
    cells = []
    for criterion in scheme.criteria:
        nano = means.get(criterion.id)
        value = None if nano is None else Fraction(nano, NANO)
        cells.append(
            {
                "value": points(nano) or "-",
                "label": names[criterion.id],
                "level": "mid" if value is None else level(scheme, value),
            }
        )
    return cells


def level(scheme: Scheme, mean: Fraction) -> str:
    if mean < scheme.criterion_floor:
        return "low"
    return next((name for least, name in CRITERION_LEVELS if mean >= least), "mid")
