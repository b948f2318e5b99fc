"""What would change the outcome of one proposal: the smallest things that move its band or its place, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from intake.scoring.flags import Crossing, crossings
from intake.scoring.schemes import Scheme
from intake.scoring.sensitivity import PERCENT, Means, integers, loss, worst_weights
from intake.scoring.totals import NANO, Tally, band


@dataclass(frozen=True)
class BandStep:
    """The next band up, with the points missing to it; or down, with the points to lose until it. Of 10^-9 points."""

    band: str
    points: int


@dataclass(frozen=True)
class Swap:
    """A neighbour whose place would be taken, or lost to, by moving weights by at most `percent` of themselves.

    `weights` are such weights, on the scale of the declared ones; at them both score the same.
    """

    code: str
    is_above: bool
    percent: Fraction
    weights: dict[str, Fraction]


@dataclass(frozen=True)
class TurningPoints:
    """The sheets that alone decide the band, the ways to the next bands, the places that weights decide."""

    sheets: tuple[Crossing, ...]
    up: BandStep | None
    down: BandStep | None
    swaps: tuple[Swap, ...]


@dataclass(frozen=True)
class Neighbour:
    """The proposal one place above or below."""

    code: str
    means: Means


def turning_points(
    scheme: Scheme,
    tally: Tally,
    means: Means | None,
    *,
    above: Neighbour | None = None,
    below: Neighbour | None = None,
) -> TurningPoints:
    """The smallest changes that matter; neighbours are compared only within the tolerance that the scheme declares."""
    up, down = band_steps(scheme, tally.official)
    swaps = []
    if means is not None:
        swaps = [
            swap(scheme, above.code, above.means, means, is_above=True) if above else None,
            swap(scheme, below.code, means, below.means, is_above=False) if below else None,
        ]
    return TurningPoints(tuple(crossings(scheme, tally)), up, down, tuple(one for one in swaps if one is not None))


def band_steps(scheme: Scheme, official: int | None) -> tuple[BandStep | None, BandStep | None]:
    """How far it is to the band above and to the one below; None at either end."""
    if official is None:
        return None, None
    place = scheme.bands.index(band(scheme, official))
    higher, lower = scheme.bands[:place], scheme.bands[place + 1 :]
    up = BandStep(higher[-1].id, higher[-1].least * NANO - official) if higher else None
    # The least that must be lost is one step of the stored score below the bound, which still belongs to the band.
    down = BandStep(lower[0].id, official - scheme.bands[place].least * NANO + 1) if lower else None
    return up, down


def swap(scheme: Scheme, code: str, higher: Means, lower: Means, *, is_above: bool) -> Swap | None:
    """The smallest change of the weights at which the lower one catches up; None beyond the declared tolerance."""
    weights = tuple(scheme.weights.values())
    first, second = integers(scheme, [higher, lower])
    difference = [a - b for a, b in zip(first, second, strict=True)]
    ahead = sum(weight * value for weight, value in zip(weights, difference, strict=True))
    # What is lost grows in proportion to the change: all of the weights moved would lose this much.
    whole = loss(weights, difference, PERCENT)
    if ahead < 0 or PERCENT * PERCENT * ahead > scheme.doubts.weight_percent * whole:
        return None
    percent = Fraction(PERCENT * PERCENT * ahead, whole) if whole else Fraction(0)
    return Swap(code, is_above, percent, named(scheme, worst_weights(weights, difference, percent)))


def named(scheme: Scheme, weights: Sequence[Fraction]) -> dict[str, Fraction]:
    return dict(zip(scheme.weights, weights, strict=True))
