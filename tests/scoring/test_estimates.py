"""The adjusted estimate: what it corrects, what it leaves alone, and on which order and names it does not depend."""

from __future__ import annotations

import random
from itertools import product

import pytest

from intake.scoring.estimates import Estimate, Observation, components, estimates
from proofs import estimates as proof
from proofs.panels import DESIGNS, simulated

BY_ID = {design.id: design for design in DESIGNS}


def test_without_two_sheets_on_anything_there_is_nothing_to_compare():
    single = [Observation("p1", "r1", 80.0), Observation("p2", "r1", 60.0)]
    assert estimates(single) == {"p1": Estimate(80.0, 1), "p2": Estimate(60.0, 1)}
    assert estimates([]) == {}


def test_a_lenient_reviewer_no_longer_decides_the_order():
    # Ten proposals that differ by two points, four reviewers of five on each; the lenient one gives 20 more.
    rng = random.Random(5)
    sheets = []
    for number, reviewer in product(range(10), range(5)):
        if reviewer != number % 5:
            lenient = 20.0 if reviewer == 0 else 0.0
            sheets.append(Observation(f"p{number}", f"r{reviewer}", 60.0 + 2 * number + lenient + rng.gauss(0, 1)))
    adjusted = estimates(sheets)
    raw = proof.means(sheets)
    best_first = [f"p{number}" for number in reversed(range(10))]
    assert sorted(adjusted, key=lambda item: -adjusted[item].adjusted) == best_first
    assert sorted(raw, key=lambda item: -raw[item]) != best_first


def test_reviewers_who_are_alike_change_nothing():
    sheets = [Observation(f"p{p}", f"r{r}", 70.0 + 3 * p + (p * r) % 3) for p in range(6) for r in range(4)]
    raw = proof.means(sheets)
    assert {item: one.adjusted for item, one in estimates(sheets).items()} == {p: round(raw[p], 6) for p in raw}


def test_from_five_sheets_on_a_stray_one_is_held_back():
    def adjusted(count):
        rng = random.Random(2)
        steady = [Observation(f"p{p}", f"r{p}-{r}", 70 + rng.gauss(0, 2)) for p in range(8) for r in range(count - 1)]
        return estimates([*steady, *(Observation(f"p{p}", f"x{p}", 20.0 if p == 0 else 70.0) for p in range(8))])["p0"]

    assert adjusted(4).adjusted == pytest.approx(57.5, abs=2)
    assert adjusted(5).adjusted == pytest.approx(68, abs=2)


def test_order_and_names_change_nothing():
    _, sheets = simulated(BY_ID["outliers"], 1)
    renamed = [Observation(one.item, f"x{one.reviewer[::-1]}", one.total) for one in sheets]
    random.Random(3).shuffle(renamed)
    assert estimates(renamed) == estimates(sheets)
    assert estimates(reversed(sheets)) == estimates(sheets)


def test_panels_that_share_nobody_are_parts_of_their_own():
    _, sheets = simulated(BY_ID["separate"], 1)
    found = components(sheets)
    assert {item: found[item] for item in ("p0", "p1", "p5", "p6")} == {"p0": 1, "p1": 2, "p5": 1, "p6": 2}
    assert sorted(set(found.values())) == [1, 2, 3, 4, 5]
    joined = [*sheets, *(Observation(item, "chief", 70.0) for item in ("p0", "p1"))]
    assert sorted(set(components(joined).values())) == [1, 2, 3, 4]
    assert components(joined)["p6"] == components(joined)["p0"] == 1


def test_simulated_panels_come_nearer_to_the_truth():
    """The short form of `./run prove estimates`."""
    result = proof.run(proof.SHORT)
    print(f"n={proof.SHORT}: {result}")
    found = dict(part.split(" ", 1) for part in result.split("; "))
    before = {id: float(figures.split(" -> ")[0]) for id, figures in found.items()}
    after = {id: float(figures.split(" -> ")[1]) for id, figures in found.items()}
    assert set(found) == set(BY_ID)
    for id in ("random5", "harsh", "outliers", "engineers"):
        assert after[id] < before[id] - 0.3, id
    for id in ("alike5", "alike3", "separate"):
        assert after[id] == pytest.approx(before[id], abs=0.1), id


def test_the_page_shows_every_design_and_never_a_loss():
    text = proof.PAGE.read_text(encoding="utf-8").split(proof.START)[1].split(proof.END)[0]
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]
    assert [cells[0] for cells in lines[2:]] == [design.words for design in DESIGNS]
    for words, raw, adjusted, _, raw_order, order, _ in lines[2:]:
        assert float(adjusted) <= float(raw) + proof.WORSE_BY_AT_MOST, words
        assert float(order) >= float(raw_order) - proof.WORSE_BY_AT_MOST, words
