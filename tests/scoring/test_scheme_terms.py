"""A scheme written out as terms and read again is the same; what is out of bounds is said at its place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from intake.i18n import N_, Text
from intake.scoring.scheme_terms import FIGURES, faults, terms_of, with_terms
from intake.scoring.schemes import KH01_2025, Doubts, Scheme

TERMS = terms_of(KH01_2025)


def test_terms_give_the_same_scheme_again():
    assert with_terms(KH01_2025, KH01_2025.id, TERMS) == KH01_2025
    assert faults(TERMS) == []
    assert len(TERMS) == 6 + 6 * 3 * 2 + len(FIGURES) + 1


def test_every_term_reaches_the_scheme():
    changed = TERMS | {
        "weight_urgency": "25",
        "criterion_floor": "2,5",
        "band_recommended": "85",
        "band_to_strengthen": "55",
        "min_sheets": "4",
        "least_coverage": "90",
        "total_range": "20",
        "rank_percent": "0",
        "weight_percent": "15",
        "anchor_impact_5_vi": " Rất lớn. ",
        "anchor_impact_5_en": "Very large.",
    }
    made = with_terms(KH01_2025, "kh01-2025/9", changed)
    assert faults(changed) == []
    assert (made.id, made.weights["urgency"], made.criterion_floor) == ("kh01-2025/9", 25, Fraction(5, 2))
    assert ([band.least for band in made.bands], made.total_floor) == ([85, 65, 55, 0], 55)
    assert (made.min_sheets, made.least_coverage) == (4, Fraction(9, 10))
    assert made.doubts == Doubts(total_range=20, rank_percent=0, weight_percent=15)
    assert made.criterion("impact").anchors[5] == Text("Rất lớn.", "Very large.")
    assert made.criterion("impact").anchors[1] == KH01_2025.criterion("impact").anchors[1]
    assert terms_of(made) == changed | {"anchor_impact_5_vi": "Rất lớn."}
    assert Scheme.from_declaration(made.declaration()) == made


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("weight_urgency", "0", N_("Enter a whole number from %(least)s to %(most)s.", least=1, most=1000)),
        ("weight_urgency", "-5", N_("Enter a whole number from %(least)s to %(most)s.", least=1, most=1000)),
        ("min_sheets", "ba", N_("Enter a whole number from %(least)s to %(most)s.", least=1, most=20)),
        ("weight_percent", "10,5", N_("Enter a whole number from %(least)s to %(most)s.", least=1, most=50)),
        ("rank_places", "٣", N_("Enter a whole number from %(least)s to %(most)s.", least=0, most=1000)),
        ("criterion_floor", "0,5", N_("Enter a level from 1 to 5, with one decimal at most, for example 2,5.")),
        ("criterion_floor", "2,55", N_("Enter a level from 1 to 5, with one decimal at most, for example 2,5.")),
        ("criterion_floor", "NaN", N_("Enter a level from 1 to 5, with one decimal at most, for example 2,5.")),
        ("band_recommended", "65", N_("This must be more than where the next band begins.")),
        ("anchor_urgency_1_en", " ", N_("Say what this level means.")),
        ("anchor_urgency_1_en", "x" * 1001, N_("Use at most %(count)s characters.", count=1000)),
    ],
)
def test_what_is_out_of_bounds_is_said_at_its_place(name, typed, message):
    assert faults(TERMS | {name: typed}) == [(name, message)]


def test_a_scheme_from_before_there_were_doubts_has_the_declared_ones():
    older = {name: value for name, value in KH01_2025.declaration().items() if name != "doubts"}
    assert Scheme.from_declaration(older) == replace(KH01_2025, doubts=Doubts(25, 3, 3, 10, 10))
