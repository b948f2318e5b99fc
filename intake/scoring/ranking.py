"""The declared order of proposals: which comes first, what breaks a tie, and who shares a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from intake.scoring.schemes import Scheme
from intake.scoring.totals import Tally, shown


@dataclass(frozen=True)
class Place:
    """A place in a ranking; proposals whose scores read the same share the first of their places."""

    number: int
    is_shared: bool

    @property
    def label(self) -> str:
        return f"{self.number}=" if self.is_shared else str(self.number)


def ranking_key(scheme: Scheme, tally: Tally, *, submitted_at: datetime, code: str) -> tuple[Any, ...]:
    """Sorts the better proposal first: total, strategic fit, urgency, feasibility, smaller spread, submitted earlier.

    What is unknown comes after what is known. The code at the end makes the order total; it decides nothing else.
    """
    criteria = (higher_first(tally.criterion(id).mean) for id in scheme.tie_criteria)
    spread = (tally.sd is None, tally.sd or 0)
    return (higher_first(tally.official), *criteria, spread, submitted_at, code)


def higher_first(value: Fraction | int | None) -> tuple[bool, Fraction | int]:
    return (True, 0) if value is None else (False, -value)


def places(scores: Sequence[int | None]) -> list[Place | None]:
    """The place of each score (of 10^-9 points, in any order); none without a score.

    Equal within the display precision is shown as equal: the tie chain orders such rows on a page, but it gives neither
    of them a better place.
    """
    read = [None if score is None else shown(score) for score in scores]
    first: dict[Decimal, int] = {}
    count: dict[Decimal, int] = {}
    for number, score in enumerate(sorted((score for score in read if score is not None), reverse=True), start=1):
        first.setdefault(score, number)
        count[score] = count.get(score, 0) + 1
    return [None if score is None else Place(first[score], count[score] > 1) for score in read]
