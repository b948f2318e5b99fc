import unicodedata
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.i18n import Text
from intake.vietnamese import day_text, fold, money, number, official_date, short_date, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ĐỘT PHÁ", "dot pha"),
        ("Đường sắt cao tốc Bắc Nam", "duong sat cao toc bac nam"),
        ("Nguyễn Thị Ước", "nguyen thi uoc"),
        ("SK-2026-7Q", "sk-2026-7q"),
        ("Hoà, hòa", "hoa, hoa"),
        ("", ""),
    ],
)
def test_fold_removes_case_and_marks(text, folded):
    assert fold(text) == folded


def test_fold_is_the_same_for_decomposed_input():
    assert fold(unicodedata.normalize("NFD", "Đột phá ở Điện Biên")) == "dot pha o dien bien"


@given(st.text())
def test_fold_of_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "ordered",
    [
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "y"],
        [
            "An",
            "Ánh",
            "Ân",
            "Ẩn",
            "Cà Mau",
            "Cao Bằng",
            "Cần Thơ",
            "Dak",
            "Đà Nẵng",
            "Đắk Lắk",
            "Điện Biên",
            "Đồng Nai",
        ],
        ["Bộ Công an", "Bộ Công Thương", "Bộ Giáo dục và Đào tạo", "Bộ Khoa học và Công nghệ", "Bộ Y tế"],
        ["Hòa", "Hòa Bình", "Hoàn"],
        ["2 xã", "3 xã", "Xã"],
        ["HT1", "HT2", "HTX"],
        ["Zw", "Ω", "中"],
    ],
    ids=lambda ordered: ordered[0],
)
def test_sort_key_orders_like_a_vietnamese_dictionary(ordered):
    shuffled = ordered.copy()
    Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == ordered
    assert sorted(shuffled, key=lambda text: sort_key(text).encode()) == ordered


def test_sort_key_ignores_case_form_and_spaces():
    assert sort_key("  ĐẮK   LẮK ") == sort_key(unicodedata.normalize("NFD", "Đắk Lắk"))


def test_sort_key_puts_a_foreign_letter_at_its_base_letter():
    assert sorted(["Muz", "Mun", "Müller", "Mưa"], key=sort_key) == ["Müller", "Mun", "Muz", "Mưa"]


@given(st.text())
def test_sort_key_uses_only_characters_every_collation_orders_alike(text):
    assert set(sort_key(text)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("day", "official", "short"),
    [
        (date(2025, 6, 2), "ngày 02 tháng 6 năm 2025", "02/06/2025"),
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026", "09/01/2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026", "28/02/2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026", "10/03/2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026", "31/12/2026"),
    ],
)
def test_dates_are_written_as_on_paper_and_on_screen(day, official, short):
    assert (official_date(day), short_date(day)) == (official, short)


def test_days_inside_sentences_are_written_as_each_language_does():
    assert day_text(date(2026, 2, 5)) == Text("05/02/2026", "5 Feb 2026")


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (0, "0", "0"),
        (1234567, "1.234.567", "1,234,567"),
        (-1234.5, "-1.234,5", "-1,234.5"),
        (0.1, "0,1", "0.1"),
        (100.0, "100", "100"),
        (1e21, "1.000.000.000.000.000.000.000", "1,000,000,000,000,000,000,000"),
        (Decimal("82.50"), "82,50", "82.50"),
        (Decimal("5E+2"), "500", "500"),
    ],
)
def test_number_shows_every_digit(value, vietnamese, english):
    assert (number(value, "vi"), number(value, "en")) == (vietnamese, english)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("sNaN")])
def test_number_refuses_what_is_no_number(value):
    with pytest.raises(ValueError, match="not a number that can be shown"):
        number(value, "vi")


@pytest.mark.parametrize(
    ("vnd", "vietnamese", "english"),
    [
        (2_400_500_000_000, "2.400,5 tỷ đồng", "2,400.5 billion dong"),
        (1_000_000_000, "1 tỷ đồng", "1 billion dong"),
        (1_001_000_000, "1,001 tỷ đồng", "1.001 billion dong"),
        (700_000_000_000, "700 tỷ đồng", "700 billion dong"),
        (1_000_100_000, "1.000.100.000 đồng", "1,000,100,000 dong"),
        (1_234_567_891, "1.234.567.891 đồng", "1,234,567,891 dong"),
        (999_999_000, "999,999 triệu đồng", "999.999 million dong"),
        (500_000_000, "500 triệu đồng", "500 million dong"),
        (1_500_500, "1.500.500 đồng", "1,500,500 dong"),
        (999_999, "999.999 đồng", "999,999 dong"),
        (0, "0 đồng", "0 dong"),
        (-2_500_000_000, "-2,5 tỷ đồng", "-2.5 billion dong"),
    ],
)
def test_money_never_loses_a_dong(vnd, vietnamese, english):
    assert (money(vnd, "vi"), money(vnd, "en")) == (vietnamese, english)


@given(st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_money_reads_back_to_the_same_integer(vnd):
    amount, scale = money(vnd, "en").replace(",", "").removesuffix("dong").split(" ", 1)
    assert Decimal(amount) * {"billion ": 10**9, "million ": 10**6, "": 1}[scale] == vnd
