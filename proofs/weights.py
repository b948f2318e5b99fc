"""No weights near the declared ones ever beat the bounds: sampled weights against ranks said to be certain."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

from intake.scoring.schemes import KH01_2025, Scheme
from intake.scoring.sensitivity import Means, filled_means, integers, rank_intervals, surely_better
from intake.scoring.totals import Sheet

LONG = 10_000
SHORT = 150
PROPOSALS = 40


def run(n: int) -> str:
    """`n` weight vectors at random, half of them at the corners of what is allowed, on one random ranking."""
    rng = random.Random(n)
    means = [filled_means(KH01_2025, panel(rng)) for _ in range(PROPOSALS)]
    known = [row for row in means if row is not None]
    intervals = rank_intervals(KH01_2025, known)
    values = integers(KH01_2025, known)
    best, worst = [PROPOSALS] * PROPOSALS, [1] * PROPOSALS
    for number in range(n):
        weights = corner(KH01_2025, rng) if number % 2 else inside(KH01_2025, rng)
        for place, rank in enumerate(ranks(values, weights)):
            low, high = intervals[place]
            assert low <= rank[0] and rank[1] <= high, f"rank {rank} outside of {low}-{high} at {weights}"
            best[place], worst[place] = min(best[place], rank[0]), max(worst[place], rank[1])
    reached = sum(intervals[k] == (best[k], worst[k]) for k in range(PROPOSALS))
    pairs = certain_pairs(known)
    return (
        f"{n} weight vectors, {PROPOSALS} proposals: none left its interval; {reached} intervals reached at both ends; "
        f"{pairs} of {PROPOSALS * (PROPOSALS - 1) // 2} pairs certain"
    )


def panel(rng: random.Random) -> list[Sheet]:
    """Three to five sheets around one quality, some with a blank."""
    quality = rng.gauss(3.4, 0.5)
    return [Sheet(f"s{number}", levels(rng, quality)) for number in range(rng.randint(3, 5))]


def levels(rng: random.Random, quality: float) -> dict[str, int | None]:
    given: dict[str, int | None] = {id: max(1, min(5, round(rng.gauss(quality, 1)))) for id in KH01_2025.weights}
    if rng.random() < 0.2:
        given["social_resources"] = None
    return given


def corner(scheme: Scheme, rng: random.Random) -> list[Fraction]:
    """Weights as far out as they may go: every one at its least, then filled up in random order."""
    declared, part = list(scheme.weights.values()), Fraction(scheme.doubts.weight_percent, 100)
    weights, left = [weight * (1 - part) for weight in declared], part * sum(declared)
    for place in rng.sample(range(len(declared)), len(declared)):
        more = min(2 * part * declared[place], left)
        weights[place] += more
        left -= more
    return weights


def inside(scheme: Scheme, rng: random.Random) -> list[Fraction]:
    """Somewhere between two corners."""
    one, other, share = corner(scheme, rng), corner(scheme, rng), Fraction(rng.randint(0, 1000), 1000)
    return [share * a + (1 - share) * b for a, b in zip(one, other, strict=True)]


def ranks(values: Sequence[Sequence[int]], weights: Sequence[Fraction]) -> list[tuple[int, int]]:
    """The first and last rank each may claim under these weights; equal scores share them."""
    common = 1000 * 1000
    scaled = [round(weight * common) for weight in weights]
    assert all(Fraction(whole, common) == weight for whole, weight in zip(scaled, weights, strict=True))
    scores = [sum(weight * value for weight, value in zip(scaled, row, strict=True)) for row in values]
    ordered = sorted(scores)
    first = {score: len(ordered) - place for place, score in enumerate(ordered)}
    last: dict[int, int] = {}
    for place, score in enumerate(ordered):
        last.setdefault(score, len(ordered) - place)
    return [(first[score], last[score]) for score in scores]


def certain_pairs(means: Sequence[Means]) -> int:
    return sum(
        surely_better(KH01_2025, one, other) for one in means for other in means if mean_level(one) > mean_level(other)
    )


def mean_level(row: Mapping[str, Fraction]) -> Fraction:
    return sum((KH01_2025.weights[id] * level for id, level in row.items()), Fraction(0))
