"""What would change an outcome, by hand; and at the weights that are named both really score the same."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.scoring.flags import Crossing
from intake.scoring.schemes import KH01_2025
from intake.scoring.sensitivity import filled_means, surely_better
from intake.scoring.totals import NANO, Sheet, tally
from intake.scoring.turning_points import BandStep, Neighbour, Swap, TurningPoints, swap, turning_points
from tests.scoring.worlds import IDS, levels

rows = st.fixed_dictionaries({id: levels.map(Fraction) for id in IDS})


def sheets(*rows: tuple[int, ...]) -> list[Sheet]:
    return [Sheet(f"s{n}", dict(zip(IDS, row, strict=True))) for n, row in enumerate(rows)]


def test_turning_points_by_hand():
    own = sheets((5,) * 6, (4,) * 6, (3,) * 6)
    above, below = (filled_means(KH01_2025, sheets(row)) for row in ((5, 4, 4, 4, 3, 4), (4, 4, 4, 4, 4, 3)))
    assert above is not None and below is not None
    found = turning_points(
        KH01_2025,
        tally(KH01_2025, own),
        filled_means(KH01_2025, own),
        above=Neighbour("above", above),
        below=Neighbour("below", below),
    )
    assert found.sheets == (Crossing("s0", 70 * NANO, "to_discuss"),)
    assert (found.up, found.down) == (None, BandStep("to_discuss", 1))
    # The one above is better by one level on 20 and worse by one on 10: to be equal its lead must be lost, and the
    # declared tolerance does not reach so far. The one below is better nowhere: no weights ever bring it up.
    assert found.swaps == ()


def test_neighbour_that_one_tenth_of_the_weights_brings_past():
    first, second = (
        dict(zip(IDS, map(Fraction, row), strict=True)) for row in ((5, 4, 3, 4, 4, 4), (4, 4, 4, 4, 4, 4))
    )
    # Equal at the declared weights already.
    assert swap(KH01_2025, "x", first, second, is_above=True) == Swap(
        "x", True, Fraction(0), {id: Fraction(weight) for id, weight in KH01_2025.weights.items()}
    )


def test_bands_at_the_ends():
    top, bottom = tally(KH01_2025, sheets((5,) * 6)), tally(KH01_2025, sheets((1,) * 6))
    assert turning_points(KH01_2025, top, None) == TurningPoints((), None, BandStep("to_discuss", 20 * NANO + 1), ())
    assert turning_points(KH01_2025, bottom, None) == TurningPoints((), BandStep("to_strengthen", 30 * NANO), None, ())
    assert turning_points(KH01_2025, tally(KH01_2025, []), None) == TurningPoints((), None, None, ())


@given(rows, rows)
@settings(max_examples=150, deadline=None)
def test_a_place_is_swapped_exactly_when_the_better_one_is_not_surely_better(one, other):
    def score(row, weights):
        return sum(weights[id] * row[id] for id in IDS)

    declared = {id: Fraction(weight) for id, weight in KH01_2025.weights.items()}
    higher, lower = (one, other) if score(one, declared) >= score(other, declared) else (other, one)
    found = swap(KH01_2025, "x", higher, lower, is_above=True)
    assert (found is None) == surely_better(KH01_2025, higher, lower)
    if found is not None:
        assert sum(found.weights.values()) == sum(declared.values())
        assert 0 <= found.percent <= 10
        assert all(abs(found.weights[id] - declared[id]) <= declared[id] * found.percent / 100 for id in IDS)
        assert score(higher, found.weights) == score(lower, found.weights)
