"""`GET /ranking`: exact scores with their doubt, when that was computed, and a hash of what was sent."""

from __future__ import annotations

from intake.canonical import sha256_of
from intake.services import standing_rounds
from tests import factories
from tests.api.callers import BKHCN_LEAD, CHAIR


def test_ranking_says_what_stands_beside_a_score_and_since_when(alone):
    with alone.database.writing() as db:
        made = factories.proposal(db, "synthesis")
        for number, level in enumerate((5, 4, 2)):
            factories.sheet(db, made, factories.reviewer(db, f"r{number}"), level)
    caller = alone.caller(CHAIR)
    before = caller.does("GET", "/ranking")
    assert (before["computed_at"], before["is_stale"], before["items"][0]["flags"]) == (None, True, None)
    standing_rounds.turn(alone.database)
    answer = caller.does("GET", "/ranking?system=ht3")
    [row] = answer["items"]
    assert (row["rank"], row["is_rank_shared"], row["interval"], row["panel"]) == (1, False, [1, 1], 1)
    assert (row["official"], row["adjusted"], row["adjusted_rank"]) == (73_333_333_333, 73_333_333_000, 1)
    assert [flag["id"] for flag in row["flags"]] == ["total_range", "criterion_range", "one_sheet_decides"]
    assert row["flags"][0]["label"] == {"vi": "Điểm phân tán", "en": "Totals far apart"}
    assert (answer["is_stale"], answer["certificate"]) == (False, sha256_of(answer["items"]))
    assert answer["computed_at"] is not None
    assert caller.does("GET", "/ranking?system=ht1")["items"] == []
    assert alone.caller(BKHCN_LEAD).get("/ranking").status_code == 403
