"""The risk matrix: probability upwards, impact to the right, each risk by its code in its cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.documents.pictures.shapes import INK, PAPER, Picture, Rect, Words, say
from intake.i18n import Text
from intake.outline.rules_text import rows_at
from intake.outline.walk import OUTLINE

LEFT, CELL, TALL, STEPS = 110, 70, 46, 5
KEY = LEFT + STEPS * CELL + 26
FILLS = {"low": PAPER, "medium": "#e6e6e6", "high": "#bdbdbd", "very_high": "#8c8c8c"}
A_LINE, LINES = 2, 2
TAG, TAG_TALL, SIZE = 31, 15, 11

CAPTION = Text("Ma trận rủi ro: xác suất và tác động", "Risk matrix: probability and impact")
TITLE = Text("Ma trận rủi ro: {parts}.", "Risk matrix: {parts}.")
RISK = Text(
    "{code} xác suất {probability}, tác động {impact}, mức {level} ({band})",
    "{code} probability {probability}, impact {impact}, level {level} ({band})",
)
PROBABILITY, IMPACT = Text("Xác suất", "Probability"), Text("Tác động", "Impact")


def matrix(document: Mapping[str, Any], language: str) -> Picture | None:
    """The picture of the risks; None while none has both a probability and an impact."""
    cells: dict[tuple[int, int], list[str]] = {}
    field = OUTLINE.lists["risks.risks"]
    parts = []
    for index, row in enumerate(rows_at(document, "risks.risks")):
        probability, impact = row.get("probability"), row.get("impact")
        if not probability or not impact:
            continue
        cells.setdefault((probability, impact), []).append(field.code(index))
        level = probability * impact
        band = OUTLINE.band(level).label.in_(language)
        values = {"code": field.code(index), "probability": probability, "impact": impact, "level": level, "band": band}
        parts.append(say(RISK, language, **values))
    if not cells:
        return None
    shapes: list[Any] = axes(language)
    for probability in range(STEPS, 0, -1):
        for impact in range(1, STEPS + 1):
            shapes += cell(probability, impact, cells.get((probability, impact), []))
    shapes += key(language)
    title = say(TITLE, language, parts="; ".join(parts))
    return Picture("matrix", title, CAPTION.in_(language), STEPS * TALL + 42, tuple(shapes))


def corner(probability: int, impact: int) -> tuple[float, float]:
    return LEFT + (impact - 1) * CELL, (STEPS - probability) * TALL


def axes(language: str) -> list[Any]:
    shapes: list[Any] = [
        Words(44, STEPS * TALL / 2, PROBABILITY.in_(language), 13, "middle", True),
        Words(LEFT + STEPS * CELL / 2, STEPS * TALL + 36, IMPACT.in_(language), 13, "middle", True),
    ]
    for step in range(1, STEPS + 1):
        x, y = corner(step, step)
        shapes.append(Words(LEFT - 14, y + TALL / 2 + 4, str(step), 13, "middle"))
        shapes.append(Words(x + CELL / 2, STEPS * TALL + 16, str(step), 13, "middle"))
    return shapes


def cell(probability: int, impact: int, codes: list[str]) -> list[Any]:
    """One cell: its level, and the codes in it two by two; what has no room is counted."""
    (x, y), level = corner(probability, impact), probability * impact
    shapes: list[Any] = [
        Rect(x, y, CELL, TALL, FILLS[OUTLINE.band(level).id]),
        Words(x + 4, y + 10.5, str(level), 9.5),
    ]
    places = A_LINE * LINES
    shown = codes if len(codes) <= places else [*codes[: places - 1], f"+{len(codes) - places + 1}"]
    lines = [shown[start : start + A_LINE] for start in range(0, len(shown), A_LINE)]
    top = y + TALL - 2 - len(lines) * (TAG_TALL + 1)
    for row, line in enumerate(lines):
        left = x + CELL / 2 - len(line) * (TAG + 2) / 2 + 1
        for column, code in enumerate(line):
            tag_x, tag_y = left + column * (TAG + 2), top + row * (TAG_TALL + 1)
            shapes.append(Rect(tag_x, tag_y, TAG, TAG_TALL, PAPER, INK, TAG_TALL / 2))
            shapes.append(Words(tag_x + TAG / 2, tag_y + 11.3, code, SIZE, "middle", True))
    return shapes


def key(language: str) -> list[Any]:
    shapes: list[Any] = []
    for place, band in enumerate(OUTLINE.risk_bands):
        y = 24 + place * 30
        words = f"{band.label.in_(language)} ({band.lowest}-{band.highest})"
        shapes += [Rect(KEY, y, 20, 16, FILLS[band.id]), Words(KEY + 28, y + 13, words, 13)]
    return shapes
