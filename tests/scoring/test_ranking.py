"""The declared chain orders proposals, one link after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from intake.scoring.ranking import ranking_key
from intake.scoring.schemes import KH01_2025
from intake.scoring.totals import Sheet, tally
from tests.scoring.worlds import IDS

FIRST_DAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = FIRST_DAY + timedelta(seconds=1)


def key(*rows: tuple[int | None, ...], at: datetime = FIRST_DAY, code: str = "SK-2026-AAAAAAAA"):
    """The sort key of a proposal with these rows of scores, in the order of the criteria."""
    sheets = [Sheet(f"s{number}", dict(zip(IDS, row, strict=True))) for number, row in enumerate(rows)]
    return ranking_key(KH01_2025, tally(KH01_2025, sheets), submitted_at=at, code=code)


def test_chain_decides_link_by_link():
    # Each pair is equal in everything before the link that decides; the better one stands first.
    total = key((5, 3, 3, 3, 3, 3)), key((3, 3, 3, 3, 4, 3))
    strategic_fit = key((4, 2, 3, 3, 3, 3)), key((3, 3, 3, 3, 3, 3))
    urgency = key((3, 3, 3, 3, 4, 2)), key((3, 3, 3, 3, 3, 3))
    feasibility = key((3, 2, 3, 4, 3, 3)), key((3, 3, 3, 3, 3, 3))
    spread = key((3,) * 6, (3,) * 6), key((2,) * 6, (4,) * 6)
    earlier = key((3,) * 6), key((3,) * 6, at=LATER)
    code = key((3,) * 6), key((3,) * 6, code="SK-2026-BBBBBBBB")
    for better, worse in (total, strategic_fit, urgency, feasibility, spread, earlier, code):
        assert better < worse


def test_unknown_comes_after_known():
    assert key((1,) * 6) < key()
    assert key((3,) * 6, (3,) * 6) < key((3,) * 6)
    assert sorted([key(), key((1,) * 6), key((5,) * 6)]) == [key((5,) * 6), key((1,) * 6), key()]
