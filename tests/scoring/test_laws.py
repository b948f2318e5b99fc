"""Laws that hold for every panel: what may not matter does not matter, neither to a score nor to the order."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.scoring.estimates import Observation, estimates
from intake.scoring.flags import flags
from intake.scoring.ranking import places
from intake.scoring.schemes import KH01_2025
from intake.scoring.sensitivity import filled_means, rank_intervals
from intake.scoring.totals import NANO, Sheet, in_nano, is_valid, sheet_total, shown, tally
from tests.scoring.worlds import IDS, full_scores, sheet_lists, weighing

few = settings(max_examples=20, deadline=None)
panels = st.lists(sheet_lists(), min_size=1, max_size=6)
# Levels that leave room for one more, so that a constant can be added on the scale.
modest = st.fixed_dictionaries({id: st.integers(1, 4) for id in IDS})


@st.composite
def councils(draw: st.DrawFn) -> list[list[Sheet]]:
    """Proposals that the same full council has scored, every member all of them."""
    members = draw(st.integers(2, 5))
    scored = draw(st.lists(st.lists(modest, min_size=members, max_size=members), min_size=2, max_size=6))
    return [[Sheet(f"r{number}", scores) for number, scores in enumerate(row)] for row in scored]


def officials(proposals: list[list[Sheet]], scheme=KH01_2025) -> list[int | None]:
    return [tally(scheme, sheets).official for sheets in proposals]


def ordered(scores: list[int | None]) -> list[list[int]]:
    """For each pair of proposals which one is ahead, or neither."""
    known = [score or 0 for score in scores]
    return [[(a > b) - (a < b) for b in known] for a in known]


@given(panels, st.integers(2, 50))
@few
def test_rescaled_weights_change_no_score_no_interval_no_flag(proposals, factor):
    rescaled = weighing({id: weight * factor for id, weight in KH01_2025.weights.items()})
    assert officials(proposals, rescaled) == officials(proposals)
    found = [filled_means(KH01_2025, sheets) for sheets in proposals]
    known = [row for row in found if row is not None]
    assert rank_intervals(rescaled, known) == rank_intervals(KH01_2025, known)
    for sheets in proposals:
        assert flags(rescaled, tally(rescaled, sheets)) == flags(KH01_2025, tally(KH01_2025, sheets))


@given(sheet_lists().flatmap(lambda sheets: st.tuples(st.just(sheets), st.permutations(range(len(sheets))))))
@few
def test_it_does_not_matter_who_gave_which_sheet(both):
    sheets, names = both
    swapped = [replace(sheet, key=f"s{name}") for sheet, name in zip(sheets, names, strict=True)]
    before, after = tally(KH01_2025, sheets), tally(KH01_2025, swapped)
    assert (before.official, before.sd, before.range, before.criteria) == (
        after.official,
        after.sd,
        after.range,
        after.criteria,
    )
    assert flags(KH01_2025, before) == flags(KH01_2025, after)
    assert filled_means(KH01_2025, sheets) == filled_means(KH01_2025, swapped)


@given(councils(), st.data())
@few
def test_a_constant_added_to_one_member_of_a_full_council_changes_no_order(proposals, data):
    lenient = data.draw(st.sampled_from(proposals[0])).key
    raised = [
        [
            replace(sheet, scores={id: (level or 0) + 1 for id, level in sheet.scores.items()})
            if sheet.key == lenient
            else sheet
            for sheet in sheets
        ]
        for sheets in proposals
    ]
    assert ordered(officials(raised)) == ordered(officials(proposals))
    before, after = ([filled_means(KH01_2025, one) or {} for one in panel] for panel in (proposals, raised))
    assert rank_intervals(KH01_2025, before) == rank_intervals(KH01_2025, after)


@given(full_scores, st.sets(st.sampled_from(IDS), min_size=1, max_size=5))
@few
def test_a_blank_is_not_zero_and_not_the_lowest_level(scores, blank):
    left = {id: None if id in blank else level for id, level in scores.items()}
    known = [level for level in left.values() if level is not None]
    total = sheet_total(KH01_2025, left)
    assert total is not None and 20 * min(known) <= total <= 20 * max(known)
    sheet = Sheet("a", left)
    if is_valid(KH01_2025, sheet):
        filled = filled_means(KH01_2025, [sheet])
        assert filled is not None and {filled[id] for id in blank} == {total / 20}


@given(sheet_lists(), st.data())
@few
def test_a_sheet_removed_and_added_back_leaves_no_trace(sheets, data):
    gone = data.draw(st.sampled_from(sheets)) if sheets else None
    without = [sheet for sheet in sheets if sheet != gone]
    before = tally(KH01_2025, sheets)
    assert tally(KH01_2025, [*without, gone] if gone else without) == before
    if gone is not None and is_valid(KH01_2025, gone):
        assert tally(KH01_2025, without).n == before.n - 1


@given(panels)
@few
def test_stored_totals_are_what_raw_rows_come_to(proposals):
    for sheets in proposals:
        totals = [
            Fraction(sum(KH01_2025.weights[id] * level for id, level in given.items()) * 20, weight)
            for sheet in sheets
            for given in [{id: level for id, level in sheet.scores.items() if level is not None}]
            for weight in [sum(KH01_2025.weights[id] for id in given)]
            if sheet.is_submitted and not sheet.is_conflicted and weight >= 80
        ]
        found = tally(KH01_2025, sheets)
        mean = sum(totals, Fraction(0)) / len(totals) if totals else None
        assert (found.n, found.mean) == (len(totals), mean)
        assert found.official == (None if mean is None else (2 * mean * NANO + 1) // 2)


@given(st.lists(st.none() | st.integers(20 * NANO, 100 * NANO), max_size=12))
@few
def test_places_that_read_the_same_are_shared(scores):
    found = places(scores)
    for score, place in zip(scores, found, strict=True):
        if score is None:
            assert place is None
            continue
        alike = [other for other in scores if other is not None and shown(other) == shown(score)]
        better = [other for other in scores if other is not None and shown(other) > shown(score)]
        assert place is not None
        assert (place.number, place.is_shared) == (1 + len(better), len(alike) > 1)
        assert place.label == f"{place.number}{'=' if place.is_shared else ''}"


@given(panels)
@settings(max_examples=8, deadline=None)
def test_the_estimate_of_a_set_is_that_of_its_sheets_in_any_order(proposals):
    seen = [
        Observation(f"p{number}", sheet.key, float(total))
        for number, sheets in enumerate(proposals)
        for sheet in sheets
        for total in [sheet_total(KH01_2025, sheet.scores)]
        if total is not None
    ]
    found = estimates(seen)
    assert estimates(reversed(seen)) == found
    assert found.keys() == {one.item for one in seen}
    assert all(0 <= in_nano(abs(Fraction(one.adjusted))) <= 140 * NANO for one in found.values())
