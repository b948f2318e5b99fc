"""What a picture is made of: rectangles, lines, diamonds and words at fixed places, computed here, drawn by a macro.

Greys first, so that a photocopy still reads. No style sheet reaches into a picture: each shape says all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from intake.i18n import Text

WIDTH = 640
"""Every picture is that wide in its own units; it is scaled to the page or the column."""

INK, PAPER, LINE, SHADE = "#000000", "#ffffff", "#999999", "#ededed"
TONES = (("#3d4f66", PAPER), ("#b9c6d6", INK), (PAPER, INK))
"""Fill and the colour of words on it, from dark to light."""

NARROW = frozenset("iIíìỉĩịljtfr.,:;'!|()-/ ")
WIDE = frozenset("mwMWƠƯĐ%@")
SPACED = 1.12  # the font of the pages runs wider than that of the documents


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str = PAPER
    stroke: str = INK
    radius: float = 0
    kind: str = "rect"


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = LINE
    dashes: str = ""
    kind: str = "line"


@dataclass(frozen=True)
class Diamond:
    x: float
    y: float
    fill: str = INK
    kind: str = "diamond"


@dataclass(frozen=True)
class Words:
    x: float
    y: float
    text: str
    size: float = 13
    anchor: str = "start"
    is_bold: bool = False
    fill: str = INK
    kind: str = "words"


@dataclass(frozen=True)
class Picture:
    """A picture with the words that stand for it; `caption` says what it shows and explains its signs."""

    id: str
    title: str
    caption: str
    height: float
    shapes: tuple[Any, ...] = field(repr=False)
    width: float = WIDTH


def breadth(text: str, size: float) -> float:
    """About how wide words are: enough to keep them inside their place in either font."""
    units = sum(
        0.33 if sign in NARROW else 0.86 if sign in WIDE else 0.64 if sign.isupper() or sign.isdigit() else 0.5
        for sign in text
    )
    return units * size * SPACED


def shortened(text: str, room: float, size: float) -> str:
    """`text` cut at its end to fit into `room`; the tables have it whole."""
    if breadth(text, size) <= room:
        return text
    kept = text
    while kept and breadth(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,;:-") + "…"


def say(text: Text, language: str, **values: object) -> str:
    """An own text of a picture, with its values filled in."""
    return text.in_(language).format_map(values)
