"""Where the proposals of a set stand, by hand: everything that is said of one comes from the whole set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from intake.scoring.flags import Crossing
from intake.scoring.schemes import KH01_2025, Doubts, Scheme
from intake.scoring.standings import Entry, StandingRow, stand
from intake.scoring.totals import NANO, Sheet, tally
from intake.scoring.turning_points import BandStep, Swap, TurningPoints
from tests.scoring.worlds import IDS, weighing

MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
WEIGHTS = {id: Fraction(weight) for id, weight in KH01_2025.weights.items()}
OTHER = weighing({id: weight for id, weight in zip(IDS, (25, 15, 20, 15, 15, 10), strict=True)})


def entry(code: str, *levels: int, scheme: Scheme = KH01_2025, hours: int = 0) -> Entry:
    """A proposal with a sheet of one level throughout from each of the reviewers r0, r1, ..."""
    sheets = [Sheet(f"{code}{n}", dict.fromkeys(IDS, level)) for n, level in enumerate(levels)]
    reviewers = {sheet.key: f"r{n}" for n, sheet in enumerate(sheets)}
    return Entry(code, MORNING + timedelta(hours=hours), scheme, sheets, tally(scheme, sheets), reviewers)


def test_an_empty_set_has_no_rows():
    assert stand([]) == {}


def test_three_apart_and_one_without_a_score():
    rows = stand([entry("none"), entry("low", 2, 2, 5), entry("best", 5, 5, 5), entry("middle", 4, 4, 4)])
    assert list(rows) == ["best", "middle", "low", "none"]
    assert rows["best"] == StandingRow(
        1, False, (1, 1), 100 * NANO, 1, 1, (), TurningPoints((), None, BandStep("to_discuss", 20 * NANO + 1), ())
    )
    assert rows["middle"] == StandingRow(
        2, False, (2, 2), 80 * NANO, 2, 1, (), TurningPoints((), None, BandStep("to_discuss", 1), ())
    )
    low = rows["low"]
    assert replace(low, flags=()) == StandingRow(
        3,
        False,
        (3, 3),
        60 * NANO,
        3,
        1,
        (),
        # 60 in all: 70 without a 2 and 40 without the 5, each in another band.
        TurningPoints(
            (
                Crossing("low0", 70 * NANO, "to_discuss"),
                Crossing("low1", 70 * NANO, "to_discuss"),
                Crossing("low2", 40 * NANO, "below_floor"),
            ),
            BandStep("to_discuss", 5 * NANO),
            BandStep("below_floor", 10 * NANO + 1),
            (),
        ),
    )
    assert [flag.id for flag in low.flags] == ["total_range", "criterion_range", "one_sheet_decides"]
    none = rows["none"]
    assert replace(none, flags=()) == StandingRow(
        None, False, None, None, None, None, (), TurningPoints((), None, None, ())
    )
    assert [flag.id for flag in none.flags] == ["few_sheets"]


def test_equal_ones_share_their_place_and_the_earlier_one_is_listed_first():
    rows = stand([entry("later", 4, 4, 4, hours=1), entry("sooner", 4, 4, 4), entry("third", 3, 3, 3)])
    assert [(code, row.rank, row.is_shared, row.interval) for code, row in rows.items()] == [
        ("sooner", 1, True, (1, 2)),
        ("later", 1, True, (1, 2)),
        ("third", 3, False, (3, 3)),
    ]
    # Equal at the declared weights: no change of them is needed for one to take the place of the other.
    assert rows["sooner"].turning.swaps == (Swap("later", False, Fraction(0), WEIGHTS),)
    assert rows["later"].turning.swaps == (Swap("sooner", True, Fraction(0), WEIGHTS),)
    assert rows["third"].turning.swaps == ()


def test_scores_by_other_weights_are_ranked_but_weights_are_not_moved_between_them():
    rows = stand([entry("one", 4, 4, 4), entry("other", 4, 4, 4, scheme=OTHER, hours=1)])
    assert {code: (row.rank, row.is_shared, row.interval, row.turning.swaps) for code, row in rows.items()} == {
        "one": (1, True, None, ()),
        "other": (1, True, None, ()),
    }
    wider = replace(KH01_2025, doubts=Doubts(weight_percent=20))
    assert [row.interval for row in stand([entry("one", 4), entry("wider", 3, scheme=wider)]).values()] == [None, None]


def test_adjusted_totals_have_ranks_of_their_own_and_a_large_shift_is_flagged():
    """r0 and r1 judge the same seven proposals, r1 always two levels lower; the eighth was left to r1 alone."""
    both = [entry(f"p{n}", level, level - 2) for n, level in enumerate((5, 5, 5, 5, 4, 4, 4))]
    alone = entry("alone", 3)
    harsh = replace(alone, reviewers={"alone0": "r1"})
    rows = stand([*both, harsh])
    assert (rows["alone"].rank, rows["alone"].is_shared) == (5, True)
    assert rows["alone"].adjusted_rank == 1
    assert {row.component for row in rows.values()} == {1}
    assert "rank_shift" in [flag.id for flag in rows["alone"].flags]
    fair = stand([*both, replace(alone, reviewers={"alone0": "somebody else"})])["alone"]
    assert (fair.rank, fair.adjusted, fair.component) == (5, 60 * NANO, 2)
