"""Flags against scores worked out by hand, on either side of every threshold, which are the scheme's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.i18n import Text
from intake.scoring.flags import Crossing, Flag, crossings, flags, floor_crossings
from intake.scoring.schemes import KH01_2025, Doubts, Scheme
from intake.scoring.totals import NANO, Sheet, tally
from tests.scoring.worlds import IDS


def tallied(*rows: tuple[int | None, ...] | int, scheme: Scheme = KH01_2025):
    """Sheets of these rows in the order of the criteria, or of one level throughout."""
    filled = [row if isinstance(row, tuple) else (row,) * 6 for row in rows]
    return tally(scheme, [Sheet(f"s{n}", dict(zip(IDS, row, strict=True))) for n, row in enumerate(filled)])


def ids(found: tuple[Flag, ...]) -> list[str]:
    return [flag.id for flag in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((4, 4, 4), []),
        ((4, 4), ["few_sheets"]),
        ((), ["few_sheets"]),
        # Totals 100, 100 and 76 or 74; the levels of a criterion are at most two apart.
        ((5, 5, (4, 4, 4, 4, 3, 3)), []),
        ((5, 5, (4, 4, 3, 4, 4, 3)), ["total_range"]),
        ((5, 5, (5, 5, 5, 5, 3, 5)), []),
        ((5, 5, (5, 5, 5, 5, 2, 5)), ["criterion_range"]),
        # 80, 80, 82: all in the highest band, and so is any two of them; 80, 80, 78 falls below without one 80.
        ((4, 4, (4, 4, 4, 4, 4, 5)), []),
        ((4, 4, (5, 4, 4, 3, 4, 3)), ["one_sheet_decides"]),
    ],
)
def test_flags_by_hand(rows, expected):
    assert ids(flags(KH01_2025, tallied(*rows))) == expected


def test_one_sheet_that_holds_a_criterion_above_or_below_its_floor():
    held = tallied((3, 4, 4, 4, 4, 4), (2, 4, 4, 4, 4, 4), (1, 4, 4, 4, 4, 4))
    assert floor_crossings(KH01_2025, held) == ["strategic_fit"]  # 2.0, but 1.5 without the 3
    dragged = tallied((2, 4, 4, 4, 4, 4), (2, 4, 4, 4, 4, 4), (1, 4, 4, 4, 4, 4))
    assert floor_crossings(KH01_2025, dragged) == ["strategic_fit"]  # 1.67, but 2.0 without the 1
    assert floor_crossings(KH01_2025, tallied((1, *(4,) * 5), (1, *(4,) * 5))) == []
    assert floor_crossings(KH01_2025, tallied((1, *(4,) * 5))) == []


def test_a_flag_names_the_criteria_that_one_sheet_holds_at_their_floor():
    found = flags(KH01_2025, tallied((4, 3, 4, 4, 4, 4), (4, 2, 4, 4, 4, 4), (4, 1, 4, 4, 4, 4)))
    # Totals 76, 72 and 68: any two of them stay in the band of all three, only the floor is crossed.
    assert found == (
        Flag(
            "one_sheet_decides",
            Text("Phụ thuộc một phiếu", "One sheet decides"),
            Text(
                "Bỏ đi một phiếu thì kết quả so với điểm sàn thay đổi ở: Tính đột phá và sáng tạo.",
                "Leaving out one sheet crosses the floor on: Breakthrough and creativity.",
            ),
        ),
    )


def test_sheets_that_alone_decide_the_band_are_named():
    found = crossings(KH01_2025, tallied(5, 4, 3))
    # 80 in all: 70 without the 5, 80 without the 4 and 90 without the 3.
    assert found == [Crossing("s0", 70 * NANO, "to_discuss")]
    assert crossings(KH01_2025, tallied(4)) == []


@pytest.mark.parametrize(
    ("official", "adjusted", "ranked", "shifted"),
    [(1, 4, 10, False), (1, 5, 10, True), (10, 16, 60, False), (10, 17, 60, True), (17, 10, 60, True)],
)
def test_ranks_may_differ_by_three_places_or_a_tenth(official, adjusted, ranked, shifted):
    found = flags(KH01_2025, tallied(4, 4, 4), official_rank=official, adjusted_rank=adjusted, ranked=ranked)
    assert ids(found) == (["rank_shift"] if shifted else [])


def test_a_flag_says_its_numbers_in_both_languages():
    [flag] = flags(KH01_2025, tallied(4, 4))
    assert flag == Flag(
        "few_sheets",
        Text("Ít phiếu", "Few sheets"),
        Text(
            "Chỉ có 2 phiếu hợp lệ, ít hơn mức tối thiểu 3 phiếu.",
            "Only 2 valid score sheets, fewer than the least number of 3.",
        ),
    )
    [flag] = flags(KH01_2025, tallied(5, 5, (4, 4, 3, 4, 4, 3)))
    assert flag.explanation.vi == "Phiếu cao nhất và phiếu thấp nhất cách nhau 26,0 điểm, quá mức 25 điểm."


def test_thresholds_are_those_of_the_scheme():
    scheme = replace(KH01_2025, min_sheets=1, doubts=Doubts(total_range=60, criterion_range=5, rank_places=9))
    assert ids(flags(KH01_2025, tallied(5, 3, 3))) == ["total_range", "one_sheet_decides"]
    apart = tallied(5, 5, (4, 4, 4, 4, 3, 3))
    limits = [replace(KH01_2025, doubts=Doubts(total_range=limit)) for limit in (24, 23)]
    assert [ids(flags(limit, apart)) for limit in limits] == [[], ["total_range"]]
    assert ids(flags(scheme, tallied(5, 3, 3), official_rank=1, adjusted_rank=10, ranked=20)) == ["one_sheet_decides"]
