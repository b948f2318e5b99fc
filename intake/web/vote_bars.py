"""A vote as words, numbers and a bar: one colour a choice, white for who has not voted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from intake.i18n import N_, Message
from intake.models.sessions import CHOICES
from intake.web.filters import tr
from intake.workflow.procedures import DEFAULT_PROCEDURE
from intake.workflow.voting import ABSTAIN

WIDTH, GAP = 360, 3
COLOURS = {
    "approve": "#1d6340",
    "approve_with_conditions": "#8fbfa3",
    "reject": "#6b6059",
    "defer": "#cfe0ee",
    "request_revision": "#ad7d22",
    "merge": "#114b79",
    "abstain": "#ece8e3",
}
EDGES = {"defer": "#114b79", "abstain": "#8a7c70"}
OPEN_EDGE = "#8a7c70"
LABELS: dict[str, Message] = {
    choice: N_("Abstain") if choice == ABSTAIN else DEFAULT_PROCEDURE.transition(choice).label for choice in CHOICES
}


def bar(counts: Mapping[str, int], waiting: int) -> dict[str, Any]:
    """What the macro `tally` takes: parts side by side, and the same numbers in rows and in one sentence."""
    rows = [{"label": tr(LABELS[choice]), "count": counts[choice]} for choice in CHOICES]
    rows.append({"label": _("Not voted"), "count": waiting})
    shown = [(choice, counts[choice]) for choice in CHOICES if counts[choice]]
    if waiting:
        shown.append(("", waiting))
    told = [f"{row['label']} {row['count']}" for row in rows if row["count"]]
    return {"label": ", ".join(told) or _("No votes"), "parts": parts(shown), "rows": rows}


def parts(shown: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Rectangles from left to right whose widths are as the numbers; an empty choice is the white rest."""
    total = sum(count for _choice, count in shown)
    room = WIDTH - GAP * (len(shown) - 1)
    placed, left = [], 0.0
    for choice, count in shown:
        width = round(room * count / total, 1)
        colour = COLOURS.get(choice, "#fff")
        placed.append(
            {
                "x": round(left, 1),
                "width": width,
                "colour": colour,
                "border": EDGES.get(choice, colour) if choice else OPEN_EDGE,
                "is_open": not choice,
            }
        )
        left += width + GAP
    return placed
