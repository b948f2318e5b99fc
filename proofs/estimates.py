"""The adjusted estimate against the truth on simulated panels: never worse than the plain mean. Writes the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from intake.paths import REPOSITORY
from intake.scoring.estimates import Observation, estimates
from proofs.panels import DESIGNS, Design, Truth, simulated

LONG = 100
SHORT = 2
WORSE_BY_AT_MOST = 0.01
PAGE = REPOSITORY / "docs" / "scoring.md"
START, END = "<!-- estimates: written by make prove NAME=estimates -->\n", "<!-- end of estimates -->\n"
HEAD = (
    "| panels | error of the plain mean | error of the adjusted | error of z-scores "
    "| order: plain mean | order: adjusted | order: z-scores |\n"
    "|---|---|---|---|---|---|---|\n"
)
Figures = dict[str, tuple[float, float]]


def run(n: int) -> str:
    """`n` seeds of every design; the table is written by the long form only."""
    table = {design: averaged([figures(design, seed) for seed in range(n)]) for design in DESIGNS}
    if n >= LONG:
        write(n, table)
        check(table)
    return "; ".join(f"{design.id} {plain(found)}" for design, found in table.items())


def check(table: Mapping[Design, Figures]) -> None:
    for design, found in table.items():
        (raw, raw_order), (adjusted, order) = found["mean"], found["adjusted"]
        assert adjusted <= raw + WORSE_BY_AT_MOST, f"{design.id}: {adjusted} points off, the mean {raw}"
        assert order >= raw_order - WORSE_BY_AT_MOST, f"{design.id}: order {order}, of the mean {raw_order}"


def figures(design: Design, seed: int) -> Figures:
    """Error in points, and agreement of the order with the true one, of each way to read the same sheets."""
    truth, sheets = simulated(design, seed)
    readings = {
        "mean": means(sheets),
        "adjusted": {item: one.adjusted for item, one in estimates(sheets).items()},
        "z": means(standardised(sheets)),
    }
    return {name: (error(truth, read), agreement(truth, read)) for name, read in readings.items()}


def means(sheets: Sequence[Observation]) -> dict[str, float]:
    totals: dict[str, list[float]] = defaultdict(list)
    for one in sheets:
        totals[one.item].append(one.total)
    return {item: fsum(given) / len(given) for item, given in totals.items()}


def standardised(sheets: Sequence[Observation]) -> list[Observation]:
    """What is never done: every reviewer forced onto the same mean and spread."""
    given: dict[str, list[float]] = defaultdict(list)
    for one in sheets:
        given[one.reviewer].append(one.total)
    whole = mean_and_spread([one.total for one in sheets])
    own = {reviewer: mean_and_spread(totals) for reviewer, totals in given.items()}
    return [
        Observation(one.item, one.reviewer, whole[0] + whole[1] * (one.total - mean) / (spread or 1.0))
        for one in sheets
        for mean, spread in [own[one.reviewer]]
    ]


def mean_and_spread(totals: Sequence[float]) -> tuple[float, float]:
    mean = fsum(totals) / len(totals)
    return mean, sqrt(fsum((total - mean) ** 2 for total in totals) / len(totals))


def error(truth: Truth, read: Mapping[str, float]) -> float:
    """Root mean square distance from the truth in points of 100, without what is common to all and changes no order."""
    apart = [read[item] - quality for item, quality in truth.items()]
    common = fsum(apart) / len(apart)
    return sqrt(fsum((one - common) ** 2 for one in apart) / len(apart))


def agreement(truth: Truth, read: Mapping[str, float]) -> float:
    """Spearman's rank correlation with the truth; shared places count as their middle."""
    one, other = middle_ranks(truth), middle_ranks(read)
    middle = (len(truth) + 1) / 2
    joint = fsum((one[item] - middle) * (other[item] - middle) for item in truth)
    return joint / sqrt(
        fsum((rank - middle) ** 2 for rank in one.values()) * fsum((rank - middle) ** 2 for rank in other.values())
    )


def middle_ranks(read: Mapping[str, float]) -> dict[str, float]:
    places: dict[float, list[int]] = defaultdict(list)
    for place, value in enumerate(sorted(read.values()), start=1):
        places[value].append(place)
    return {item: fsum(places[value]) / len(places[value]) for item, value in read.items()}


def averaged(found: Sequence[Figures]) -> Figures:
    return {
        name: (
            fsum(one[name][0] for one in found) / len(found),
            fsum(one[name][1] for one in found) / len(found),
        )
        for name in found[0]
    }


def plain(found: Figures) -> str:
    return f"{found['mean'][0]:.3f} -> {found['adjusted'][0]:.3f}"


def line(design: Design, found: Figures) -> str:
    errors = " | ".join(f"{found[name][0]:.3f}" for name in ("mean", "adjusted", "z"))
    orders = " | ".join(f"{found[name][1]:.4f}" for name in ("mean", "adjusted", "z"))
    return f"| {design.words} | {errors} | {orders} |\n"


def write(n: int, table: Mapping[Design, Figures]) -> None:
    """Put the figures between the marks of the page."""
    before, rest = PAGE.read_text(encoding="utf-8").split(START)
    _, after = rest.split(END)
    lines = "".join(line(design, found) for design, found in table.items())
    said = f"\nAverages over {n} seeds, 60 proposals each.\n\n"
    PAGE.write_text(f"{before}{START}{said}{HEAD}{lines}\n{END}{after}", encoding="utf-8")
