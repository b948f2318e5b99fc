"""Totals against numbers worked out by hand, and laws that hold for every set of sheets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.scoring.schemes import KH01_2025
from intake.scoring.totals import (
    NANO,
    CriterionTally,
    OffScale,
    Sheet,
    SheetTally,
    band,
    coverage,
    in_nano,
    is_valid,
    root_in_nano,
    sheet_total,
    shown,
    tally,
)
from tests.scoring.worlds import IDS, any_scores, full_scores, sheet_lists, weighing


def scores(*values: int | None) -> dict[str, int | None]:
    return dict(zip(IDS, values, strict=True))


# Five answered: 20x5 + 20x4 + 20x4 + 20x4 + 10x5 = 390 of 5x90 = 450; all 4s: 80; the third: 380 of 500.
FIRST = Sheet("a", scores(5, 4, 4, 4, 5, None))
SECOND = Sheet("b", scores(4, 4, 4, 4, 4, 4))
THIRD = Sheet("c", scores(5, 3, 4, 4, 4, 2))


@pytest.mark.parametrize(
    ("given_scores", "total", "covered"),
    [
        (FIRST.scores, Fraction(260, 3), Fraction(9, 10)),
        (SECOND.scores, Fraction(80), Fraction(1)),
        (THIRD.scores, Fraction(76), Fraction(1)),
        (scores(1, 1, 1, 1, 1, 1), Fraction(20), Fraction(1)),
        (scores(5, 5, 5, 5, 5, 5), Fraction(100), Fraction(1)),
        (scores(None, None, None, None, 3, None), Fraction(60), Fraction(1, 10)),
        (scores(None, None, None, None, None, None), None, Fraction(0)),
        ({}, None, Fraction(0)),
    ],
)
def test_sheet_total_and_coverage_by_hand(given_scores, total, covered):
    assert (sheet_total(KH01_2025, given_scores), coverage(KH01_2025, given_scores)) == (total, covered)


def test_tally_by_hand():
    result = tally(KH01_2025, [THIRD, FIRST, SECOND])
    # (260/3 + 80 + 76) / 3 = 728/9; squared deviations (52/9)^2 + (8/9)^2 + (44/9)^2 = 4704/81, halved 784/27.
    assert (result.n, result.mean, result.official) == (3, Fraction(728, 9), 80_888_888_889)
    assert (result.variance, result.sd) == (Fraction(784, 27), 5_388_602_512)
    assert (result.lowest, result.highest, result.range) == (Fraction(76), Fraction(260, 3), Fraction(32, 3))
    assert (result.has_enough_sheets, result.is_below_floor) == (True, False)
    assert result.sheets[0] == SheetTally("a", 390, 90, Fraction(260, 3), Fraction(9, 10), True)
    assert result.criteria == (
        CriterionTally("strategic_fit", 3, 14, Fraction(14, 3), 4, 5, False),
        CriterionTally("breakthrough", 3, 11, Fraction(11, 3), 3, 4, False),
        CriterionTally("impact", 3, 12, Fraction(4), 4, 4, False),
        CriterionTally("feasibility", 3, 12, Fraction(4), 4, 4, False),
        CriterionTally("urgency", 3, 13, Fraction(13, 3), 4, 5, False),
        CriterionTally("social_resources", 2, 6, Fraction(3), 2, 4, False),
    )


def test_tally_of_nothing_has_no_score():
    result = tally(KH01_2025, [])
    assert (result.n, result.official, result.mean, result.sd, result.range) == (0, None, None, None, None)
    assert (result.has_enough_sheets, result.is_below_floor) == (False, False)
    assert {criterion.mean for criterion in result.criteria} == {None}


def test_one_sheet_has_no_spread():
    result = tally(KH01_2025, [SECOND])
    assert (result.n, result.official, result.sd, result.range) == (1, 80 * NANO, None, Fraction(0))


def test_floors_are_missed_only_below_them():
    at_the_floor = tally(KH01_2025, [Sheet("a", scores(2, 3, 2, 3, 2, 3))])
    assert at_the_floor.official == 50 * NANO
    assert (at_the_floor.is_below_floor, [c.is_below_floor for c in at_the_floor.criteria]) == (False, [False] * 6)
    below = tally(KH01_2025, [Sheet("a", scores(1, 3, 2, 3, 2, 3))])
    assert (below.official, below.is_below_floor) == (46 * NANO, True)
    assert [c.id for c in below.criteria if c.is_below_floor] == ["strategic_fit"]


@pytest.mark.parametrize(
    ("sheet", "valid"),
    [
        (Sheet("a", scores(3, 3, 3, 3, None, None)), True),  # 80 % of the weights: just enough
        (Sheet("a", scores(3, 3, 3, None, 3, None)), False),  # 70 %
        (Sheet("a", SECOND.scores, is_submitted=False), False),
        (Sheet("a", SECOND.scores, is_conflicted=True), False),
    ],
)
def test_sheet_counts_only_when_submitted_covering_and_unconflicted(sheet, valid):
    assert is_valid(KH01_2025, sheet) is valid
    assert tally(KH01_2025, [sheet]).n == int(valid)


@pytest.mark.parametrize("bad", [{"impact": 0}, {"impact": 6}, {"impact": True}, {"beauty": 3}])
def test_scores_off_the_scale_are_refused(bad):
    with pytest.raises(OffScale):
        sheet_total(KH01_2025, bad)


@pytest.mark.parametrize(
    ("points", "nano"),
    [
        (Fraction(1, 2 * NANO), 1),
        (Fraction(1, 2 * NANO + 1), 0),
        (Fraction(200, 3), 66_666_666_667),
        (Fraction(20), 20 * NANO),
    ],
)
def test_official_score_rounds_halves_up_from_the_exact_fraction(points, nano):
    assert in_nano(points) == nano


@pytest.mark.parametrize(
    ("variance", "nano"),
    [(Fraction(0), 0), (Fraction(2), 1_414_213_562), (Fraction(1, 4 * NANO**2), 1), (Fraction(1, 4 * NANO**2 + 1), 0)],
)
def test_root_rounds_halves_up(variance, nano):
    assert root_in_nano(variance) == nano


@pytest.mark.parametrize(("nano", "text"), [(80_888_888_889, "80.9"), (72_250_000_000, "72.3"), (20 * NANO, "20.0")])
def test_shown_number_rounds_halves_up(nano, text):
    assert shown(nano) == Decimal(text)


@pytest.mark.parametrize(
    ("official", "id"),
    [
        (100 * NANO, "recommended"),
        (80 * NANO, "recommended"),
        (80 * NANO - 1, "to_discuss"),
        (65 * NANO - 1, "to_strengthen"),
        (50 * NANO - 1, "below_floor"),
        (20 * NANO, "below_floor"),
    ],
)
def test_band_includes_its_lower_bound(official, id):
    assert band(KH01_2025, official).id == id


@given(any_scores, st.integers(1, 1000))
def test_rescaled_weights_change_nothing(given_scores, factor):
    rescaled = weighing({id: weight * factor for id, weight in KH01_2025.weights.items()})
    assert sheet_total(rescaled, given_scores) == sheet_total(KH01_2025, given_scores)
    assert coverage(rescaled, given_scores) == coverage(KH01_2025, given_scores)


@given(sheet_lists().flatmap(lambda sheets: st.tuples(st.just(sheets), st.permutations(sheets))))
def test_order_of_sheets_changes_nothing(both):
    sheets, shuffled = both
    assert tally(KH01_2025, sheets) == tally(KH01_2025, shuffled)


@given(full_scores, st.sampled_from(IDS))
def test_blank_is_not_zero(given_scores, blank):
    total = sheet_total(KH01_2025, {**given_scores, blank: None})
    others = {id: score for id, score in given_scores.items() if id != blank}
    as_zero = Fraction(100 * sum(KH01_2025.weights[id] * score for id, score in others.items()), 500)
    assert total == sheet_total(KH01_2025, others)
    assert total is not None and total > as_zero
    assert 20 * min(others.values()) <= total <= 20 * max(others.values())


@given(full_scores, st.sampled_from(IDS))
def test_higher_score_never_lowers_the_total(given_scores, raised):
    higher = {**given_scores, raised: min(5, given_scores[raised] + 1)}
    before, after = sheet_total(KH01_2025, given_scores), sheet_total(KH01_2025, higher)
    assert (
        before is not None
        and after is not None
        and after - before == Fraction(20 * KH01_2025.weights[raised] * (higher[raised] - given_scores[raised]), 100)
    )


@given(sheet_lists())
def test_stored_score_is_what_recomputing_gives(sheets):
    result = tally(KH01_2025, sheets)
    totals = [sheet_total(KH01_2025, sheet.scores) for sheet in sheets if is_valid(KH01_2025, sheet)]
    known = [total for total in totals if total is not None]
    assert result.n == len(totals) == len(known)
    if result.official is None:
        assert known == []
    else:
        assert abs(Fraction(result.official, NANO) - sum(known) / len(known)) <= Fraction(1, 2 * NANO)
        assert 20 * NANO <= result.official <= 100 * NANO
