"""The budget: one bar for each phase, its sources from dark to light, with the amounts in tỷ đồng."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from intake.documents.pictures.shapes import INK, TONES, WIDTH, Line, Picture, Rect, Words, breadth, say, shortened
from intake.i18n import Text
from intake.outline.interchange import row_codes
from intake.outline.rules_figures import finance_sources, totals_by_source
from intake.outline.rules_text import rows_at
from intake.vietnamese import BILLION, money, number

LEFT, STEP, BAR = 176, 34, 22
SIZE = 12

CAPTION = Text("Kinh phí theo giai đoạn và nguồn (tỷ đồng)", "Budget by phase and source (billion dong)")
TITLE = Text("Kinh phí theo giai đoạn và nguồn: {parts}.", "Budget by phase and source: {parts}.")
WHOLE = Text("Toàn bộ đề xuất", "The whole proposal")


@dataclass(frozen=True)
class Bar:
    name: str
    amounts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.amounts)


def budget(document: Mapping[str, Any], language: str) -> Picture | None:
    """The picture of the money; None while no amount is written."""
    bars = bars_of(document, language)
    most = max((one.total for one in bars), default=0)
    if not most:
        return None
    names = [name.in_(language) for _id, name in finance_sources()]
    height = len(bars) * STEP + 30
    beside = max(breadth(in_billions(one.total, language), SIZE) for one in bars) + 12
    scale = (WIDTH - LEFT - beside) / most
    shapes: list[Any] = []
    for place, one in enumerate(bars):
        shapes += drawn(one, place * STEP, scale, language)
    shapes.append(Line(LEFT, 0, LEFT, len(bars) * STEP, INK))
    shapes += legend(names, height)
    parts = "; ".join(spoken(one, names, language) for one in bars)
    return Picture("budget", say(TITLE, language, parts=parts), CAPTION.in_(language), height, tuple(shapes))


def bars_of(document: Mapping[str, Any], language: str) -> list[Bar]:
    """A bar for each phase, whatever the number of its rows; while no phase has an amount, one for all the sources."""
    sources = [id for id, _name in finance_sources()]
    codes, phases = row_codes(document), {row["id"]: row for row in rows_at(document, "plan.phases")}
    amounts: dict[str, list[int]] = {}
    for row in rows_at(document, "resources.by_phase.rows"):
        found = amounts.setdefault(row.get("phase") or "", [0] * len(sources))
        for place, source in enumerate(sources):
            found[place] += row.get(source) or 0
    bars = [
        Bar(f"{codes.get(phase, '')} {phases.get(phase, {}).get('name') or ''}".strip() or "-", tuple(found))
        for phase, found in amounts.items()
    ]
    if any(one.total for one in bars):
        return bars
    totals = totals_by_source(document)
    return [Bar(WHOLE.in_(language), tuple(totals[source] for source in sources))]


def drawn(one: Bar, y: float, scale: float, language: str) -> list[Any]:
    shapes: list[Any] = [Words(0, y + 19, shortened(one.name, LEFT - 8, 13), 13)]
    x = float(LEFT)
    for amount, (fill, on_it) in zip(one.amounts, TONES, strict=True):
        width = amount * scale
        if amount:
            shapes.append(Rect(round(x, 2), y + 4, round(width, 2), BAR, fill))
        words = in_billions(amount, language)
        if amount and width >= breadth(words, SIZE) + 6:
            shapes.append(Words(round(x + width / 2, 2), y + 19.5, words, SIZE, "middle", fill=on_it))
        x += width
    return [*shapes, Words(round(x + 6, 2), y + 19.5, in_billions(one.total, language), SIZE, is_bold=True)]


def in_billions(vnd: int, language: str) -> str:
    """An amount in tỷ đồng; with more than three decimals it is rounded and says so."""
    exact = Decimal(vnd) / BILLION
    rounded = exact.quantize(Decimal("0.001"), ROUND_HALF_UP)
    if exact == rounded:
        return number(exact.normalize(), language)
    return "≈ " + number(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), language)


def legend(names: Sequence[str], height: float) -> list[Any]:
    shapes: list[Any] = []
    x = float(LEFT)
    for name, (fill, _on_it) in zip(names, TONES, strict=True):
        shapes += [Rect(round(x, 2), height - 20, 14, 12, fill), Words(round(x + 20, 2), height - 9.5, name, 12.5)]
        x += 20 + breadth(name, 12.5) + 24
    return shapes


def spoken(one: Bar, names: Sequence[str], language: str) -> str:
    given = [f"{name} {money(amount, language)}" for name, amount in zip(names, one.amounts, strict=True) if amount]
    total = money(one.total, language)
    return f"{one.name} {total} ({', '.join(given)})" if given else f"{one.name} {total}"
