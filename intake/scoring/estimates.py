"""Beside the official score: what totals would be if harsh and lenient reviewers were alike. Advice, never a score.

Additive model: total = proposal + reviewer. Reviewer effects are shrunk towards none by as much as the sheets
themselves call for; where reviewers differ no more than chance explains, nothing is adjusted. From five sheets per
proposal on, a sheet far from the others weighs less (Huber). Never standardised per reviewer: with one engineer per
system that would erase real differences between systems.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

ITERATIONS = 50
DECIMALS = 6
ROBUST_FROM = 5
# Residuals beyond so many robust standard deviations are held back; proofs/estimates.py shows the price of it.
HUBER = 2.5
MEDIAN_TO_SD = 1.4826
LEAST_SCALE = 1.0  # points; half of the smallest step that one sheet can take
BEYOND_CHANCE = 3.0  # standard deviations that reviewers must differ by before anything is adjusted

Places = Mapping[str, Sequence[int]]
"""Proposal or reviewer to the positions of its observations."""


@dataclass(frozen=True)
class Observation:
    """One valid sheet: who gave which total to which proposal. A reviewer stands once in a proposal."""

    item: str
    reviewer: str
    total: float


@dataclass(frozen=True)
class Estimate:
    """One proposal: its adjusted total, and the number of its component; only within one are totals comparable."""

    adjusted: float
    component: int


def estimates(observations: Iterable[Observation]) -> dict[str, Estimate]:
    """The adjusted total and the component of every proposal with a sheet. Order and names change nothing."""
    seen = sorted(observations, key=lambda one: (one.item, one.reviewer))
    component, adjusted = components(seen), fitted(seen)
    return {item: Estimate(round(adjusted[item], DECIMALS), component[item]) for item in adjusted}


def components(observations: Iterable[Observation]) -> dict[str, int]:
    """The number of the connected part of the reviewer-proposal graph that each proposal lies in; 1 is the largest."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    items = set()
    for one in observations:
        items.add(one.item)
        parent[root(("item", one.item))] = root(("reviewer", one.reviewer))
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in sorted(items):
        members[root(("item", item))].append(item)
    ordered = sorted(members.values(), key=lambda together: (-len(together), together[0]))
    return {item: number for number, together in enumerate(ordered, start=1) for item in together}


def fitted(seen: Sequence[Observation]) -> dict[str, float]:
    """Proposal effects after a fixed number of rounds. Sums are rounded once, so that their order cannot matter."""
    of_item, of_reviewer = grouped(seen)
    weights, effect = [1.0] * len(seen), dict.fromkeys(of_reviewer, 0.0)
    quality = qualities(seen, of_item, effect, weights)
    shrink = shrinkage(seen, of_item, of_reviewer, quality)
    for _ in range(ITERATIONS):
        if shrink is not None:
            effect = effects(seen, of_reviewer, quality, weights, shrink)
        quality = qualities(seen, of_item, effect, weights)
        weights = robust(seen, of_item, effect, quality)
    return quality


def grouped(seen: Sequence[Observation]) -> tuple[Places, Places]:
    of_item: dict[str, list[int]] = defaultdict(list)
    of_reviewer: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(seen):
        of_item[one.item].append(place)
        of_reviewer[one.reviewer].append(place)
    return of_item, of_reviewer


def qualities(
    seen: Sequence[Observation], of_item: Places, effect: Mapping[str, float], weights: Sequence[float]
) -> dict[str, float]:
    """Each proposal: the weighted mean of its totals without their reviewers' effects."""
    return {
        item: fsum(weights[k] * (seen[k].total - effect[seen[k].reviewer]) for k in places)
        / fsum(weights[k] for k in places)
        for item, places in of_item.items()
    }


def effects(
    seen: Sequence[Observation],
    of_reviewer: Places,
    quality: Mapping[str, float],
    weights: Sequence[float],
    shrink: float,
) -> dict[str, float]:
    """Each reviewer: how far above the proposals' level, shrunk as if `shrink` more sheets had been exactly on it."""
    return {
        reviewer: fsum(weights[k] * (seen[k].total - quality[seen[k].item]) for k in places)
        / (fsum(weights[k] for k in places) + shrink)
        for reviewer, places in of_reviewer.items()
    }


def robust(
    seen: Sequence[Observation], of_item: Places, effect: Mapping[str, float], quality: Mapping[str, float]
) -> list[float]:
    """Huber weights of the sheets of proposals that have enough of them to tell who is far from the others."""
    apart = [abs(one.total - quality[one.item] - effect[one.reviewer]) for one in seen]
    limit = HUBER * max(LEAST_SCALE, MEDIAN_TO_SD * sorted(apart)[len(apart) // 2]) if apart else 0.0
    return [
        1.0 if len(of_item[one.item]) < ROBUST_FROM or far <= limit else limit / far
        for one, far in zip(seen, apart, strict=True)
    ]


def shrinkage(
    seen: Sequence[Observation], of_item: Places, of_reviewer: Places, mean: Mapping[str, float]
) -> float | None:
    """Variance of sheets over variance of reviewers, from their moments; None when reviewers do not differ.

    Two sums of squares are set equal to what they should be: of the distances from the proposals' means, and of their
    sums per reviewer. With v of sheets and u of reviewers they should be free (v + u) and alone v + shared u.
    """
    apart = [one.total - mean[one.item] for one in seen]
    free = len(seen) - len(of_item)
    if not free:
        return None
    alone, shared = expected(seen, of_item, of_reviewer)
    squares = fsum(distance * distance for distance in apart)
    per_reviewer = fsum(fsum(apart[k] for k in places) ** 2 / len(places) for places in of_reviewer.values())
    by_chance = alone * squares / free
    noise = 1 + BEYOND_CHANCE * sqrt(2 / max(1, len(of_reviewer) - 1))
    if shared <= alone or per_reviewer <= by_chance * noise:
        return None
    between = (per_reviewer - by_chance) / (shared - alone)
    within = max(squares / free - between, 0.0)
    return within / between


def expected(seen: Sequence[Observation], of_item: Places, of_reviewer: Places) -> tuple[float, float]:
    """What one unit of variance of sheets, and one of reviewers, adds to the second sum of squares."""
    alone, shared = [], []
    for reviewer, places in of_reviewer.items():
        sizes = [len(of_item[seen[k].item]) for k in places]
        alone.append(fsum(1 - 1 / size for size in sizes) / len(places))
        parts: dict[str, list[float]] = defaultdict(list)
        parts[reviewer].append(float(len(places)))
        for k, size in zip(places, sizes, strict=True):
            for other in of_item[seen[k].item]:
                parts[seen[other].reviewer].append(-1 / size)
        shared.append(fsum(fsum(part) ** 2 for part in parts.values()) / len(places))
    return fsum(alone), fsum(shared)
