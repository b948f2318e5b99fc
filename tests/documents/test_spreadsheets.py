"""Spreadsheets keep numbers as numbers and days as days; no text runs as a formula; the same list, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from intake.documents.spreadsheets import Column, Listing, csv_text, workbook

COLUMNS = (Column("code", "Mã số"), Column("score", "Điểm", places=1), Column("on", "Ngày nộp"))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A")


def parts(content: bytes) -> tuple[str, str]:
    """The cells and the texts of the only sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()


def test_numbers_days_and_blanks_keep_their_kind():
    listing = Listing("Xếp hạng", COLUMNS, [["SK-1", Decimal("86.7"), date(2026, 3, 2)], ["", None, None]])
    assert csv_text(listing) == "code,score,on\nSK-1,86.7,2026-03-02\n,,\n"
    cells, _texts = parts(workbook(listing))
    assert re.findall(r'<c r="([BC]\d)" s="\d+"><v>([^<]+)</v>', cells) == [("B2", "86.7"), ("C2", "46083")]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(text):
    listing = Listing("x", COLUMNS, [[text, 1, None]])
    cells, texts = parts(workbook(listing))
    assert ("<f>" in cells, "<hyperlink" in cells) == (False, False)
    assert text.strip() in texts
    assert csv_text(listing).splitlines()[1].lstrip('"').startswith("'")


def test_the_same_list_is_the_same_file_under_any_title():
    rows = [["https://example.vn", 1, None]]
    first, again = (workbook(Listing("A/B: [một tên dài hơn ba mươi mốt chữ cái]", COLUMNS, rows)) for _ in range(2))
    assert first == again
    assert "hyperlink" not in parts(first)[0]
