"""Geometry of the small pictures in tables: computed here, drawn by the template, readable as a photocopy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from intake.documents.wording import rounded
from intake.vietnamese import number

WIDTH, MARGIN = 110, 7
TICKS = 5
STACK_STEP, PAIR_STEP = 3.1, 3.4
LEAST_HEIGHT = 14


def dot_plot(
    values: Sequence[int] | Sequence[Decimal], lowest: int, highest: int, mean: Decimal | None
) -> dict[str, Any]:
    """A dot for each value on a line from `lowest` to `highest`, equal ones stacked by twos; a triangle is the mean."""
    scale = (WIDTH - 2 * MARGIN) / (highest - lowest)
    repeated = Counter(values)
    rows = max(((count + 1) // 2 for count in repeated.values()), default=1)
    height = max(LEAST_HEIGHT, round(8 + STACK_STEP * rows))
    axis = height - 4.5

    def place(value: int | Decimal) -> float:
        return MARGIN + (float(value) - lowest) * scale

    seen: Counter[int | Decimal] = Counter()
    dots = []
    for value in sorted(values):
        row, column = divmod(seen[value], 2)
        seen[value] += 1
        shift = (column - 0.5) * PAIR_STEP if repeated[value] > 1 else 0.0
        dots.append((_coordinate(place(value) + shift), _coordinate(axis - 1.9 - row * STACK_STEP)))
    return {
        "title": _title(values, mean),
        "box": f"0 0 {WIDTH} {height}",
        "axis": {"left": MARGIN - 4, "right": WIDTH - 3, "y": axis, "tick_end": axis + 1.6},
        "ticks": [_coordinate(MARGIN + tick * (WIDTH - 2 * MARGIN) / (TICKS - 1)) for tick in range(TICKS)],
        "dots": dots,
        "mean": None if mean is None else f"M{_coordinate(place(mean))} {_coordinate(axis + 0.4)} l2.2 3.8 h-4.4z",
    }


def _title(values: Sequence[int] | Sequence[Decimal], mean: Decimal | None) -> str:
    if mean is None or not values:
        return "Không có điểm"
    lowest, highest = (number(Decimal(value).normalize(), "vi") for value in (min(values), max(values)))
    return f"{len(values)} điểm, từ {lowest} đến {highest}, trung bình {rounded(mean, 2)}"


def _coordinate(value: float) -> str:
    return f"{value:.2f}"
