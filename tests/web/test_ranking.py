"""The ranking: in order, without rank numbers, never without count and spread, for secretary and chair only."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from intake.catalogue import CRITERIA
from intake.scoring.schemes import KH01_2025
from intake.web.score_plots import criterion_cells, plot
from tests import factories
from tests.web.desk_world import (
    APPLICANT,
    AUDITOR,
    CHAIR,
    ENGINEER,
    LEAD,
    LEAD2,
    MEMBER,
    REVIEWER,
    SECRETARY,
    actor,
    english,
    text,
)

# What pages show does not depend on the engine.
pytestmark = pytest.mark.parametrize("peopled_url", ["sqlite"], indirect=True)

TITLE = re.compile(r'<a class="govuk-link main" href="[^"]+">(.*?)</a>')


def scored(database, title, *totals, system="ht3"):
    """A proposal in synthesis with one sheet for each of `totals` (the same level for every criterion)."""
    with database.writing() as db:
        made = factories.proposal(db, "synthesis", title=title, primary_system=system)
        for email, level in zip((REVIEWER, LEAD, LEAD2, ENGINEER), totals, strict=False):
            factories.sheet(db, made, actor(db, email), level)
        return made.code


def test_best_first_with_count_and_spread_and_without_numbers(database, sign_in):
    scored(database, "Kém", 2, 3)
    scored(database, "Tốt nhất", 5, 4, 5)
    scored(database, "Chưa chấm")
    shown = english(sign_in(SECRETARY)).get("/ranking")
    assert TITLE.findall(shown.text) == ["Tốt nhất", "Kém", "Chưa chấm"]
    words = text(shown)
    assert "3 sheets, 80.0 to 100.0, deviation 11.5" in words
    assert "2 sheets, 40.0 to 60.0, deviation 14.1 " in words
    assert "Few sheets (2)" in words
    assert "Few sheets (3)" not in words
    assert "3 proposals 5 valid score sheets" in words
    assert "Scores advise; the Standing Board decides." in words


def test_one_system_is_chosen_by_its_address(database, sign_in):
    scored(database, "Của HT3", 4)
    scored(database, "Của HT1", 4, system="ht1")
    visitor = sign_in(CHAIR)
    assert TITLE.findall(visitor.get("/ranking?system=ht1").text) == ["Của HT1"]
    assert TITLE.findall(visitor.get("/ranking?system=nonsense").text) == ["Của HT3", "Của HT1"]


def test_empty_ranking_says_so(sign_in):
    assert "No proposal is in the ranking now." in text(english(sign_in(CHAIR)).get("/ranking"))


@pytest.mark.parametrize("email", [LEAD, REVIEWER, ENGINEER, MEMBER, APPLICANT, AUDITOR])
def test_nobody_else_sees_it(database, sign_in, email):
    scored(database, "Bí mật", 5)
    answer = sign_in(email).get("/ranking")
    assert (answer.status_code, "Bí mật" in answer.text) == (403, False)


def test_plot_places_sheets_mean_spread_and_floor_on_the_axis(app):
    with app.test_request_context("/?lang=en"):
        drawn = plot(
            [Fraction(100), Fraction(60), Fraction(60)],
            official=73_333_333_333,
            sd=23_094_010_768,
            scheme=KH01_2025,
        )
    assert [dot["x"] for dot in drawn.dots] == [135.0, 135.0, 260.0]
    assert len({(dot["x"], dot["y"]) for dot in drawn.dots}) == 3
    assert (drawn.mean_x, drawn.floors) == (176.7, [103.8])
    assert drawn.band == {"x": 104.5, "width": 144.3}
    assert drawn.label == ("Score sheets from 20 to 100 points: mean 73.3, 3 sheets, 60.0 to 100.0, deviation 23.1")


def test_criteria_are_coloured_by_what_they_reach(app):
    means = dict(zip(CRITERIA, (1_900_000_000, 2_000_000_000, 3_000_000_000, 4_000_000_000, None), strict=False))
    with app.test_request_context("/?lang=en"):
        cells = criterion_cells(KH01_2025, means, dict.fromkeys(CRITERIA, "name"))
    assert [(cell["value"], cell["level"]) for cell in cells] == [
        ("1.9", "low"),
        ("2.0", "mid"),
        ("3.0", "good"),
        ("4.0", "top"),
        ("-", "mid"),
        ("-", "mid"),
    ]
