"""Dates, money and numbers as people read them in either language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from intake.web.formats import DueView, day, due, moment, money, number, richtext
from intake.workflow.deadlines import WorkingCalendar


def test_days_and_moments_are_written_in_the_legal_zone():
    assert (day(date(2026, 6, 2), "vi"), day(date(2026, 6, 2), "en"), day(None, "vi")) == (
        "02/06/2026",
        "2 Jun 2026",
        "",
    )
    late = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    assert (moment(late, "vi"), moment(late, "en"), moment(None, "en")) == ("01/01/2027 00:30", "1 Jan 2027 00:30", "")


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (0, None, "0", "0"),
        (10_000_000, None, "10.000.000", "10,000,000"),
        (Fraction(24005, 10), None, "2.400,5", "2,400.5"),
        (Decimal("82.45"), 1, "82,5", "82.5"),
        (Decimal("-82.45"), 1, "-82,5", "-82.5"),
        (0.1 + 0.2, 1, "0,3", "0.3"),
        (Fraction(250, 3), 2, "83,33", "83.33"),
        (Fraction(1, 3), None, "0,333333333", "0.333333333"),
        (80, 1, "80,0", "80.0"),
        (None, 2, "", ""),
    ],
)
def test_numbers_are_exact_and_separated(value, digits, vi, en):
    assert (number(value, "vi", digits), number(value, "en", digits)) == (vi, en)


@pytest.mark.parametrize(
    ("vnd", "vi", "en"),
    [
        (0, "0 đồng", "0 VND"),
        (99_999_999, "99.999.999 đồng", "99,999,999 VND"),
        (500_000_000, "0,5 tỷ đồng", "0.5 billion VND"),
        (2_400_500_000_000, "2.400,5 tỷ đồng", "2,400.5 billion VND"),
        (2_400_500_000_001, "2.400.500.000.001 đồng", "2,400,500,000,001 VND"),
        (-20_000_000_000, "-20 tỷ đồng", "-20 billion VND"),
        (None, "", ""),
    ],
)
def test_money_never_loses_a_dong(vnd, vi, en):
    assert (money(vnd, "vi"), money(vnd, "en")) == (vi, en)


FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due_on", "distance", "tone"),
    [
        (date(2026, 11, 12), "6 working days overdue", "late"),
        (date(2026, 11, 19), "1 working day overdue", "late"),
        (FRIDAY, "Due today", "soon"),
        (date(2026, 11, 21), "Before the next working day", "soon"),
        (date(2026, 11, 23), "1 working day left", "soon"),
        (date(2026, 11, 24), "2 working days left", ""),
    ],
)
def test_distance_counts_working_days(due_on, distance, tone):
    assert due(due_on, FRIDAY, WorkingCalendar(), "en") == DueView(day(due_on, "en"), distance, tone)


def test_overdue_over_a_weekend_and_no_due_date():
    sunday = date(2026, 11, 22)
    assert due(FRIDAY, sunday, WorkingCalendar(), "vi") == DueView("20/11/2026", "Quá hạn", "late")
    assert due(None, sunday, WorkingCalendar(), "vi") is None


def test_plain_text_becomes_paragraphs_and_lists_and_stays_text():
    assert richtext("Một <b>\n- hai & ba\n - bốn\n\nNăm") == (
        '<p class="govuk-body">Một &lt;b&gt;</p>'
        '<ul class="govuk-list govuk-list--bullet"><li>hai &amp; ba</li><li>bốn</li></ul>'
        '<p class="govuk-body">Năm</p>'
    )
    assert richtext(None) == ""
