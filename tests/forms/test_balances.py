"""Money that does not add up is named with its amount, and each repair makes it add up."""

from __future__ import annotations

import pytest

from intake import forms
from intake.forms.balances import Repair
from tests.forms.texts_of import document

BILLION = 10**9
ROWS = "resources.by_phase.rows"


def balance(**typed: str) -> forms.Balance:
    text = document()
    texts = forms.stored(text, "resources", "vi").texts
    changed = {**texts, **{name.replace("__", "."): [value] for name, value in typed.items()}}
    return forms.balance(forms.reshaped(text, "resources", changed, "vi", forms.RowAction("show")))


def test_the_example_adds_up():
    found = balance()
    assert found.total_vnd == found.sources_vnd == 2_400_500_000_000
    assert found.row_sums == (430 * BILLION, 1_660_500_000_000, 310 * BILLION)
    assert found.planned == found.declared == (1600 * BILLION, 700_500_000_000, 100 * BILLION, 2_400_500_000_000)
    assert (found.differences, found.gaps, found.total_repair) == ((0, 0, 0, 0), (), None)


def test_a_gap_names_the_source_and_both_repairs():
    found = balance(**{f"{ROWS}.1.social": "480,5"})
    (gap,) = found.gaps
    assert (gap.source.vi, gap.short_vnd) == ("Xã hội hoá", 20 * BILLION)
    assert gap.repairs == (
        Repair(f"{ROWS}.1.social", 500_500_000_000, 1),
        Repair("resources.finance.sources.1.amount", 680_500_000_000),
    )
    assert found.differences == (0, -20 * BILLION, 0, -20 * BILLION)


@pytest.mark.parametrize("place", [0, 1])
def test_each_repair_closes_the_gap(place):
    text = document()
    texts = {**forms.stored(text, "resources", "vi").texts, f"{ROWS}.1.social": ["480,5"]}
    repair = (
        forms.balance(forms.reshaped(text, "resources", texts, "vi", forms.RowAction("show"))).gaps[0].repairs[place]
    )
    mended = forms.reshaped(text, "resources", texts, "vi", forms.RowAction("set", repair.path, repair.vnd))
    assert forms.balance(mended).gaps == ()


def test_too_much_is_never_repaired_below_zero():
    found = balance(**{f"{ROWS}.{place}.other": "0" for place in range(2)}, **{f"{ROWS}.2.other": "100000"})
    (gap,) = found.gaps
    assert gap.short_vnd == 100 * BILLION - 100_000 * BILLION
    assert [repair.vnd for repair in gap.repairs] == [100 * BILLION, 100_000 * BILLION]


def test_a_total_that_differs_from_the_sources_is_offered_their_sum():
    found = balance(resources__finance__total="2.000")
    assert found.total_difference == 400_500_000_000
    assert found.total_repair == Repair("resources.finance.total", 2_400_500_000_000)


def test_what_cannot_be_read_counts_as_nothing():
    found = balance(**{f"{ROWS}.0.social": "sNaN", "resources.finance.total": "١٢"})
    assert (found.total_vnd, found.planned[1]) == (None, 600_500_000_000)
