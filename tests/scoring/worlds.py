"""Random sheets on the default scheme, and schemes that differ from it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from intake.scoring.schemes import KH01_2025, Criterion, Scheme
from intake.scoring.totals import Sheet

IDS = tuple(KH01_2025.weights)
levels = st.sampled_from(sorted(KH01_2025.levels))
full_scores = st.fixed_dictionaries({id: levels for id in IDS})
any_scores = st.fixed_dictionaries({id: st.none() | levels for id in IDS})


@st.composite
def sheet_lists(draw: st.DrawFn) -> list[Sheet]:
    """Up to eight sheets, some incomplete, unsubmitted or conflicted."""
    bodies = draw(st.lists(st.tuples(any_scores, st.booleans(), st.booleans()), max_size=8))
    return [
        Sheet(f"s{number}", scores, is_submitted=submitted, is_conflicted=conflicted)
        for number, (scores, submitted, conflicted) in enumerate(bodies)
    ]


def weighing(weights: dict[str, int]) -> Scheme:
    """The default scheme with other weights."""
    criteria = tuple(Criterion(c.id, weights[c.id], c.anchors) for c in KH01_2025.criteria)
    return replace(KH01_2025, criteria=criteria)
