"""The declared order of proposals: which comes first, and what breaks a tie."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from intake.scoring.schemes import Scheme
from intake.scoring.totals import Tally


def ranking_key(scheme: Scheme, tally: Tally, *, submitted_at: datetime, code: str) -> tuple[Any, ...]:
    """Sorts the better proposal first: total, strategic fit, urgency, feasibility, smaller spread, submitted earlier.

    What is unknown comes after what is known. The code at the end makes the order total; it decides nothing else.
    """
    criteria = (higher_first(tally.criterion(id).mean) for id in scheme.tie_criteria)
    spread = (tally.sd is None, tally.sd or 0)
    return (higher_first(tally.official), *criteria, spread, submitted_at, code)


def higher_first(value: Fraction | int | None) -> tuple[bool, Fraction | int]:
    return (True, 0) if value is None else (False, -value)
