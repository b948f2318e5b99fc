"""What people type: each language has its own signs, and nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.outline import typed


@pytest.mark.parametrize(
    ("text", "language", "vnd"),
    [
        ("2.400,5", "vi", 2_400_500_000_000),
        ("2400,5", "vi", 2_400_500_000_000),
        ("2,400.5", "en", 2_400_500_000_000),
        (" 1 850 ", "vi", 1_850_000_000_000),
        ("1.850", "vi", 1_850_000_000_000),
        ("1.850", "en", 1_850_000_000),
        ("0,000000001", "vi", 1),
        ("0", "vi", 0),
    ],
)
def test_money_is_typed_in_billions(text, language, vnd):
    assert typed.read_money(text, language) == vnd


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1.5", "vi"),
        ("1,5", "en"),
        ("1.85.0", "vi"),
        ("1,2,3", "vi"),
        ("1e9", "vi"),
        ("NaN", "vi"),
        ("sNaN", "vi"),
        ("٣", "vi"),
        ("", "vi"),
        ("9" * 41, "vi"),
        ("0,0000000001", "vi"),
        ("5 tỷ", "vi"),
    ],
)
def test_unclear_money_is_refused(text, language):
    with pytest.raises(typed.Unreadable):
        typed.read_money(text, language)


@given(st.integers(0, 9_000_000_000_000_000), st.sampled_from(["vi", "en"]))
def test_money_written_is_read_back(vnd, language):
    assert typed.read_money(typed.write_money(vnd, language), language) == vnd


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=6), st.sampled_from(["vi", "en"]))
def test_numbers_written_are_read_back(value, language):
    stored = int(value) if value == value.to_integral_value() else float(value)
    assert typed.read_decimal(typed.write_number(stored, language), language) == stored


def test_a_number_json_cannot_keep_is_refused():
    assert typed.read_number("123456789012345,678901", "vi") == Decimal("123456789012345.678901")
    with pytest.raises(typed.Unreadable):
        typed.read_decimal("123456789012345,678901", "vi")


def test_whole_numbers_have_no_decimals():
    assert typed.read_integer("1.200", "vi") == 1200
    assert typed.read_integer("7,0", "vi") == 7
    with pytest.raises(typed.Unreadable):
        typed.read_integer("7,5", "vi")


@pytest.mark.parametrize("text", ["5/7/2028", "05/07/2028", "5-7-2028", "5.7.2028", " 2028-07-05 "])
def test_days(text):
    assert typed.read_day(text, "vi") == "2028-07-05"
    assert typed.write_day("2028-07-05", "vi") == "05/07/2028"


@pytest.mark.parametrize("text", ["7/2028", "07/2028", "2028-07", "07-2028"])
def test_months(text):
    assert typed.read_month(text, "vi") == "2028-07"
    assert typed.write_month("2028-07", "vi") == "07/2028"


@pytest.mark.parametrize("text", ["2028", "5/7", "5/7/28", "tháng 7", "2028/07/05", "", "٥/7/2028"])
def test_unclear_days_and_months_are_refused(text):
    for read in (typed.read_day, typed.read_month):
        with pytest.raises(typed.Unreadable):
            read(text, "vi")


def test_flags():
    assert [typed.read_flag(text, "vi") for text in ("on", "true", "1", "false", "0")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(typed.Unreadable):
        typed.read_flag("maybe", "vi")
