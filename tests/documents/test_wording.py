from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from intake.documents import wording


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 12, 22), "22/12/2024"),
        (date(2025, 6, 2), "02/6/2025"),
        (date(2026, 2, 9), "09/02/2026"),
        (date(2026, 3, 31), "31/3/2026"),
    ],
)
def test_party_date(day, written):
    assert wording.party_date(day) == written


def test_place_and_date():
    assert wording.place_and_date("Hà Nội", date(2026, 1, 5)) == "Hà Nội, ngày 05 tháng 01 năm 2026"


def test_moment_is_in_the_legal_zone():
    late = datetime(2026, 9, 4, 17, 5, tzinfo=UTC)
    assert wording.moment(late) == "00 giờ 05 phút, ngày 05 tháng 9 năm 2026"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [("82.888888889", 2, "82,89"), ("7.685", 2, "7,69"), ("68", 1, "68,0"), ("1234.5", 0, "1.235")],
)
def test_rounded(value, places, written):
    assert wording.rounded(Decimal(value), places) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"), [(6, 9, "66,7%"), (9, 9, "100%"), (0, 7, "0%"), (1, 10, "10%"), (1, 8, "12,5%")]
)
def test_share(part, whole, written):
    assert wording.share(part, whole) == written


@pytest.mark.parametrize(
    ("size", "written"), [(0, "0 B"), (912, "912 B"), (38_214, "38 KB"), (2_612_480, "2,6 MB"), (2_000_000, "2 MB")]
)
def test_file_size(size, written):
    assert wording.file_size(size) == written


def test_letters_follow_the_official_alphabet_and_go_on():
    letters = [wording.letter(place) for place in range(30)]
    assert letters == [*"abcdđeghiklmnopqrstuvxy", "aa", "ab", "ac", "ad", "ađ", "ae", "ag"]


def test_joined():
    names = ["Bộ Y tế", "Bộ Công an", "Bộ Tài chính"]
    assert [wording.joined(names[:count]) for count in range(4)] == [
        "",
        "Bộ Y tế",
        "Bộ Y tế và Bộ Công an",
        "Bộ Y tế, Bộ Công an và Bộ Tài chính",
    ]


def test_official_escapes_and_keeps_numbers_together():
    assert wording.official("<b>57-NQ/TW</b>, 2.400,5 tỷ đồng & Điều 3") == (
        '&lt;b&gt;<span class="nb">57-NQ/TW</span>&lt;/b&gt;, <span class="nb">2.400,5 tỷ đồng</span> &amp; '
        '<span class="nb">Điều 3</span>'
    )


def test_a_very_long_address_may_break():
    assert "span" not in wording.official("https://example.vn/" + "x" * 90)
