"""How far a rank depends on the weights: exact bounds over all weights near the declared ones, in integers.

Proposal A surely beats B when it scores higher under every set of weights in [w(1-d), w(1+d)] with the same sum. A
blank stands here for its sheet's own total, so that at the declared weights the numbers are the official ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from intake.scoring.schemes import Scheme
from intake.scoring.totals import Sheet, answered, is_valid

Means = Mapping[str, Fraction]
"""Criterion to its mean level over the valid sheets, blanks filled."""
PERCENT = 100


def filled_means(scheme: Scheme, sheets: Iterable[Sheet]) -> dict[str, Fraction] | None:
    """Mean level per criterion over the valid sheets; None without any. Their weighted mean is the exact mean total."""
    valid = [filled(scheme, sheet) for sheet in sheets if is_valid(scheme, sheet)]
    if not valid:
        return None
    return {id: Fraction(sum(levels[id] for levels in valid), len(valid)) for id in scheme.weights}


def filled(scheme: Scheme, sheet: Sheet) -> dict[str, Fraction]:
    """The levels of one sheet; what was not answered takes the weighted mean of what was."""
    given, weights = answered(scheme, sheet.scores), scheme.weights
    weight = sum(weights[id] for id in given)
    own = Fraction(sum(weights[id] * level for id, level in given.items()), weight)
    return {id: Fraction(given[id]) if id in given else own for id in weights}


def loss(weights: Sequence[int], values: Sequence[int], percent: int) -> int:
    """How much of the weighted sum of `values` the worst weights near `weights` take away, times 100.

    Greedy fill: every weight starts at its least, and what is left of the sum goes to the smallest values first.
    """
    left, taken = percent * sum(weights), 0
    for value, weight in sorted(zip(values, weights, strict=True)):
        taken += percent * weight * value
        more = min(2 * percent * weight, left)
        left -= more
        taken -= more * value
    return taken


def worst_weights(weights: Sequence[int], values: Sequence[int], percent: Fraction | int) -> list[Fraction]:
    """The weights within `percent` of the declared ones, with the same sum, under which `values` come to least."""
    part = Fraction(percent) / PERCENT
    moved, left = [weight * (1 - part) for weight in weights], part * sum(weights)
    for place in sorted(range(len(values)), key=values.__getitem__):
        more = min(2 * part * weights[place], left)
        moved[place] += more
        left -= more
    return moved


def integers(scheme: Scheme, means: Sequence[Means]) -> list[tuple[int, ...]]:
    """Means on one common denominator, in the order of the criteria."""
    ids = tuple(scheme.weights)
    common = lcm(*(row[id].denominator for row in means for id in ids))
    return [tuple(row[id].numerator * (common // row[id].denominator) for id in ids) for row in means]


def surely_better(scheme: Scheme, better: Means, worse: Means) -> bool:
    """Whether one scores higher than the other under every weighting within the declared tolerance."""
    table = Table(scheme, [better, worse])
    return table.beats(0, 1)


def rank_intervals(scheme: Scheme, means: Sequence[Means]) -> list[tuple[int, int]]:
    """Best and worst rank of each: 1 + those surely better, n - those surely worse."""
    table = Table(scheme, means)
    better, worse = table.counts()
    n = len(means)
    return [(1 + better[place], n - worse[place]) for place in range(n)]


class Table:
    """Proposals as integers on one common denominator, best first, with what bounds every comparison.

    The loss of a difference is at most the sum and at least the difference of the two losses (it is a seminorm), which
    settles nearly all pairs without comparing them.
    """

    def __init__(self, scheme: Scheme, means: Sequence[Means]) -> None:
        self.weights, self.percent = tuple(scheme.weights.values()), scheme.doubts.weight_percent
        self.values = integers(scheme, means)
        self.totals = [PERCENT * self.weighted(row) for row in self.values]
        self.losses = [loss(self.weights, row, self.percent) for row in self.values]

    def weighted(self, values: Sequence[int]) -> int:
        return sum(weight * value for weight, value in zip(self.weights, values, strict=True))

    def beats(self, one: int, other: int) -> bool:
        ahead = self.totals[one] - self.totals[other]
        own, theirs = self.losses[one], self.losses[other]
        if ahead > own + theirs:
            return True
        if ahead <= abs(own - theirs):
            return False
        difference = [a - b for a, b in zip(self.values[one], self.values[other], strict=True)]
        return ahead > loss(self.weights, difference, self.percent)

    def counts(self) -> tuple[list[int], list[int]]:
        """How many surely beat each, and how many each surely beats."""
        n = len(self.totals)
        better, worse, beaten_up_to = [0] * n, [0] * n, [0] * (n + 1)
        order = sorted(range(n), key=self.totals.__getitem__)
        ascending = [self.totals[place] for place in order]
        widest = max(self.losses, default=0)
        for position, one in enumerate(order):
            # Whoever is further below than two losses can come to is surely worse, without a look.
            sure = bisect_left(ascending, self.totals[one] - self.losses[one] - widest)
            beaten_up_to[sure] += 1
            worse[one] = sure
            for other in order[sure:position]:
                if self.beats(one, other):
                    worse[one] += 1
                    better[other] += 1
        above = n
        for position, one in enumerate(order):
            above -= beaten_up_to[position]
            better[one] += above
        return better, worse
