"""Simulated panels: proposals of known quality, reviewers of known harshness, sheets as people would fill them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from intake.scoring.estimates import Observation
from intake.scoring.schemes import KH01_2025
from intake.scoring.totals import sheet_total

PROPOSALS, REVIEWERS, SYSTEMS, MINISTRIES = 60, 20, 5, 6
POINTS_PER_LEVEL = 20
QUALITY, SPREAD = 66.0, 10.0
NOISE = 0.6  # of a level, on each criterion
Truth = dict[str, float]


@dataclass(frozen=True)
class Design:
    """Who scores what; `harshness` and `between_systems` are standard deviations in points."""

    id: str
    words: str
    choose: Callable[[int, random.Random], list[str]]
    harshness: float = 5.0
    wild: float = 0.0
    between_systems: float = 0.0


def pool(count: int, size: int = REVIEWERS) -> Callable[[int, random.Random], list[str]]:
    return lambda _, rng: [f"r{one}" for one in rng.sample(range(size), count)]


def council(_: int, rng: random.Random) -> list[str]:
    return [f"r{one}" for one in rng.sample(range(7), rng.choice((6, 7)))]


def separate(proposal: int, _: random.Random) -> list[str]:
    return [f"s{proposal % SYSTEMS}r{one}" for one in range(4)]


def with_engineer(proposal: int, rng: random.Random) -> list[str]:
    return [*pool(3)(proposal, rng), f"e{proposal % SYSTEMS}"]


def ministries(proposal: int, rng: random.Random) -> list[str]:
    """Three of the six people of one ministry, and the engineer of the system: only engineers join the ministries."""
    ministry = rng.randrange(MINISTRIES)
    return [*(f"m{ministry}r{one}" for one in rng.sample(range(6), 3)), f"e{proposal % SYSTEMS}"]


DESIGNS = (
    Design("random5", "five of twenty reviewers, drawn for each proposal", pool(5)),
    Design("random3", "three of twenty reviewers, drawn for each proposal", pool(3)),
    Design("alike5", "five of twenty reviewers who are all alike", pool(5), harshness=0.0),
    Design("alike3", "three of twenty reviewers who are all alike", pool(3), harshness=0.0),
    Design("harsh", "five of twenty, very harsh and very lenient ones among them", pool(5), harshness=10.0),
    Design("outliers", "five of twenty; one sheet in twelve is filled at random", pool(5), wild=1 / 12),
    Design("council", "one council of seven, of whom one may be missing", council),
    Design("engineers", "three of twenty and the one engineer of the system", with_engineer, between_systems=6.0),
    Design("ministries", "three of one ministry's six and the one engineer", ministries, between_systems=6.0),
    Design("separate", "a separate panel of four for each system", separate),
)


def simulated(design: Design, seed: int) -> tuple[Truth, list[Observation]]:
    """The true quality of each proposal, and the sheets on it."""
    rng = random.Random(f"{design.id}/{seed}")
    system = [rng.gauss(0, design.between_systems) for _ in range(SYSTEMS)]
    truth = {f"p{number}": rng.gauss(QUALITY, SPREAD) + system[number % SYSTEMS] for number in range(PROPOSALS)}
    harshness: dict[str, float] = {}
    sheets = []
    for number, (item, quality) in enumerate(truth.items()):
        for reviewer in design.choose(number, rng):
            felt = quality + harshness.setdefault(reviewer, rng.gauss(0, design.harshness))
            sheets.append(Observation(item, reviewer, total(rng, felt, is_wild=rng.random() < design.wild)))
    return truth, sheets


def total(rng: random.Random, felt: float, *, is_wild: bool) -> float:
    """The total of one sheet of six whole levels."""
    levels = {
        id: rng.randint(1, 5) if is_wild else max(1, min(5, round(rng.gauss(felt / POINTS_PER_LEVEL, NOISE))))
        for id in KH01_2025.weights
    }
    found = sheet_total(KH01_2025, levels)
    assert found is not None
    return float(found)
