"""The default scheme says what DESIGN 7 decided, about the official criteria, and survives the database."""

from __future__ import annotations

import json
from fractions import Fraction

from intake.catalogue import CRITERIA
from intake.scoring.schemes import KH01_2025, SCHEMES, Scheme


def test_scheme_holds_the_declared_defaults():
    assert SCHEMES == {"kh01-2025/1": KH01_2025}
    assert KH01_2025.weights == {
        "strategic_fit": 20,
        "breakthrough": 20,
        "impact": 20,
        "feasibility": 20,
        "urgency": 10,
        "social_resources": 10,
    }
    assert (KH01_2025.lowest, KH01_2025.highest, KH01_2025.min_sheets) == (1, 5, 3)
    assert (KH01_2025.criterion_floor, KH01_2025.total_floor) == (Fraction(2), 50)
    assert KH01_2025.least_coverage == Fraction("0.8")
    assert [band.least for band in KH01_2025.bands] == [80, 65, 50, 0]


def test_scheme_covers_the_official_criteria_in_order_with_their_wording():
    assert [c.id for c in KH01_2025.criteria] == list(CRITERIA)
    for criterion in KH01_2025.criteria:
        official = CRITERIA[criterion.id]
        assert (criterion.number, criterion.name, criterion.definition) == (
            official.number,
            official.name,
            official.definition,
        )
        assert criterion.evidence_sections == official.evidence_sections
        assert sorted(criterion.anchors) == [1, 3, 5]


def test_anchors_differ_in_both_languages():
    anchors = [text for criterion in KH01_2025.criteria for text in criterion.anchors.values()]
    assert len({text.vi for text in anchors}) == len({text.en for text in anchors}) == len(anchors) == 18


def test_scheme_survives_its_declaration_in_a_database_row():
    row = json.loads(json.dumps(KH01_2025.declaration()))
    assert Scheme.from_declaration(row) == KH01_2025
