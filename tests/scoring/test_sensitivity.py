"""Bounds over weights: by hand, against every corner of what is allowed, and never beaten by sampled weights."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import permutations
from operator import mul

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.scoring.schemes import KH01_2025
from intake.scoring.sensitivity import filled_means, loss, rank_intervals, surely_better, worst_weights
from intake.scoring.totals import Sheet, is_valid, tally
from proofs import weights
from tests.scoring.worlds import IDS, levels, sheet_lists

DECLARED = tuple(KH01_2025.weights.values())
rows = st.fixed_dictionaries({id: levels.map(Fraction) for id in IDS})


def means(*values: int) -> dict[str, Fraction]:
    return dict(zip(IDS, map(Fraction, values), strict=True))


@cache
def corners() -> frozenset[tuple[int, ...]]:
    """Every way of filling the weights up one by one, ten times the declared scale."""
    found = set()
    for order in permutations(range(6)):
        moved, left = [9 * weight for weight in DECLARED], 100
        for place in order:
            more = min(2 * DECLARED[place], left)
            moved[place] += more
            left -= more
        found.add(tuple(moved))
    return frozenset(found)


def test_bounds_by_hand():
    # Better by one level on two criteria of 20, worse by one on the third: 20 ahead. The worst weights take the 10
    # points that may be moved from what helps (the two), as much as fits to what hurts: 2 x 18 - 22 = 14, 6 are lost.
    assert loss(DECLARED, (1, 1, -1, 0, 0, 0), 10) == 600
    assert worst_weights(DECLARED, (1, 1, -1, 0, 0, 0), 10) == [18, 18, 22, 22, 11, 9]
    ahead, behind = means(4, 4, 3, 4, 4, 4), means(3, 3, 4, 4, 4, 4)
    assert surely_better(KH01_2025, ahead, behind) and not surely_better(KH01_2025, behind, ahead)
    # One better on 20 and one worse on 20: equal, so neither is sure.
    assert rank_intervals(KH01_2025, [means(4, 3, 4, 4, 4, 4), means(3, 4, 4, 4, 4, 4)]) == [(1, 2), (1, 2)]
    assert rank_intervals(KH01_2025, [means(3, 3, 3, 3, 3, 3), means(4, 4, 4, 4, 4, 4)]) == [(2, 2), (1, 1)]
    assert rank_intervals(KH01_2025, []) == []


@given(rows, rows)
@settings(max_examples=60, deadline=None)
def test_greedy_fill_finds_the_worst_corner(one, other):
    difference = [int(one[id] - other[id]) for id in IDS]
    least = min(sum(weight * value for weight, value in zip(corner, difference, strict=True)) for corner in corners())
    assert surely_better(KH01_2025, one, other) == (least > 0)
    assert loss(DECLARED, difference, 10) == 100 * sum(map(mul, DECLARED, difference)) - 10 * least


@given(st.lists(rows, max_size=7))
@settings(max_examples=40, deadline=None)
def test_intervals_count_the_sure_pairs(found):
    expected = [
        (
            1 + sum(surely_better(KH01_2025, other, one) for other in found),
            len(found) - sum(surely_better(KH01_2025, one, other) for other in found),
        )
        for one in found
    ]
    assert rank_intervals(KH01_2025, found) == expected


@given(sheet_lists())
@settings(max_examples=40, deadline=None)
def test_blanks_filled_give_the_official_score_at_the_declared_weights(sheets):
    found, mean = filled_means(KH01_2025, sheets), tally(KH01_2025, sheets).mean
    if found is None:
        assert mean is None and not any(is_valid(KH01_2025, sheet) for sheet in sheets)
    else:
        assert sum(KH01_2025.weights[id] * level for id, level in found.items()) / 5 == mean


def test_a_blank_stands_for_its_own_sheet():
    sheet = Sheet("a", dict(zip(IDS, (4, 4, 4, 4, 5, None), strict=True)))
    assert filled_means(KH01_2025, [sheet]) == {**means(4, 4, 4, 4, 5, 0), "social_resources": Fraction(370, 90)}


def test_sampled_weights_never_leave_the_intervals():
    """The short form of `./run prove weights`."""
    result = weights.run(weights.SHORT)
    print(f"n={weights.SHORT}: {result}")
    assert result.startswith(f"{weights.SHORT} weight vectors, 40 proposals: none left its interval; ")


def test_the_proof_sees_an_interval_that_is_too_narrow(monkeypatch):
    def narrow(scheme, found):
        return [(low, low) for low, _ in rank_intervals(scheme, found)]

    monkeypatch.setattr(weights, "rank_intervals", narrow)
    with pytest.raises(AssertionError, match="outside of"):
        weights.run(weights.SHORT)
