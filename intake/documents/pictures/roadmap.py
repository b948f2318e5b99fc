"""The roadmap: phases as bars over the years, milestones and products as diamonds on their days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from intake.documents.pictures.shapes import (
    INK,
    PAPER,
    SHADE,
    TONES,
    WIDTH,
    Diamond,
    Line,
    Picture,
    Rect,
    Words,
    breadth,
    say,
    shortened,
)
from intake.i18n import Text
from intake.outline.rules_text import rows_at
from intake.outline.walk import OUTLINE
from intake.vietnamese import short_date

LEFT, RIGHT = 228, WIDTH - 8
HEAD, PHASE_STEP, POINT_STEP = 24, 24, 19
YEAR_ROOM = 36
MOST_POINTS = 20  # with twenty phases the picture still fits on a page

CAPTION = Text(
    "Lộ trình thực hiện (hình thoi đen: sản phẩm; hình thoi trắng: mốc)",
    "Roadmap (black diamond: product; white diamond: milestone)",
)
TITLE = Text("Biểu đồ lộ trình: {parts}.", "Roadmap: {parts}.")
SPAN = Text("{name} từ {start} đến {end}", "{name} from {start} to {end}")
DAY = Text("{name} ngày {day}", "{name} on {day}")
MORE = Text("Còn {count} mốc, sản phẩm nữa: xem các bảng.", "{count} more milestones and products: see the tables.")


@dataclass(frozen=True)
class Phase:
    """A phase with both its months, as numbers of months since year 0."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Point:
    name: str
    day: date
    is_product: bool

    @property
    def month(self) -> float:
        return self.day.year * 12 + self.day.month - 1 + (self.day.day - 1) / 31


@dataclass(frozen=True)
class Axis:
    """Where a month stands between the first and the last year shown."""

    first_year: int
    last_year: int

    def x(self, month: float) -> float:
        months = (self.last_year - self.first_year + 1) * 12
        return round(LEFT + (month - self.first_year * 12) * (RIGHT - LEFT) / months, 2)

    @property
    def step(self) -> int:
        """Every how many years one is named, so that the names do not run into each other."""
        years = self.last_year - self.first_year + 1
        return ceil(years * YEAR_ROOM / (RIGHT - LEFT))


def roadmap(document: Mapping[str, Any], language: str) -> Picture | None:
    """The picture of the plan; None while no phase has a start and an end."""
    phases, points = phases_of(document), points_of(document)
    if not phases:
        return None
    shown, left_out = points[:MOST_POINTS], len(points) - MOST_POINTS
    months = [phase.start for phase in phases] + [phase.end for phase in phases] + [int(p.month) for p in shown]
    axis = Axis(min(months) // 12, max(months) // 12)
    tail = POINT_STEP if left_out > 0 else 0
    height = HEAD + len(phases) * PHASE_STEP + len(shown) * POINT_STEP + tail + 6
    shapes: list[Any] = scale(axis, height - tail)
    for place, phase in enumerate(phases):
        shapes += bar(axis, phase, place)
    top = HEAD + len(phases) * PHASE_STEP
    for place, point in enumerate(shown):
        shapes += mark(axis, point, top + place * POINT_STEP + POINT_STEP / 2)
    if left_out > 0:
        shapes.append(Words(0, height - 8, say(MORE, language, count=left_out), 12.5))
    return Picture("roadmap", title(phases, points, language), CAPTION.in_(language), height, tuple(shapes))


def phases_of(document: Mapping[str, Any]) -> list[Phase]:
    field = OUTLINE.lists["plan.phases"]
    return [
        Phase(named(field.code(index), row.get("name")), number_of(row["start"]), number_of(row["end"]))
        for index, row in enumerate(rows_at(document, "plan.phases"))
        if row.get("start") and row.get("end") and row["start"] <= row["end"]
    ]


def points_of(document: Mapping[str, Any]) -> list[Point]:
    """Milestones and products by their days; a product due by the end of a phase stands at that month's end."""
    field, products = OUTLINE.lists["plan.phases"], OUTLINE.lists["outputs"]
    found, ends = [], {}
    for index, row in enumerate(rows_at(document, "plan.phases")):
        ends[row["id"]] = f"{row['end']}-28" if row.get("end") else None
        for milestone in row.get("milestones") or ():
            if milestone.get("date"):
                found.append(Point(named(field.code(index), milestone.get("name")), day_of(milestone["date"]), False))
    for index, row in enumerate(rows_at(document, "outputs")):
        due = row.get("due")
        due = ends.get(due, due) if due else None
        if due:
            found.append(Point(named(products.code(index), row.get("name")), day_of(due), True))
    return sorted(found, key=lambda point: point.day)


def named(code: str, name: str | None) -> str:
    return f"{code} {name or ''}".strip()


def number_of(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def day_of(value: str) -> date:
    return date.fromisoformat(value)


def month_words(month: int) -> str:
    return f"{month % 12 + 1:02d}/{month // 12}"


def scale(axis: Axis, height: float) -> list[Any]:
    shapes: list[Any] = [Rect(LEFT, 0, RIGHT - LEFT, HEAD - 2, SHADE, SHADE)]
    for year in range(axis.first_year, axis.last_year + 1, axis.step):
        x, after = axis.x(year * 12), axis.x(min(year + axis.step, axis.last_year + 1) * 12)
        shapes.append(Line(x, 0, x, height))
        if after - x >= YEAR_ROOM - 4:
            shapes.append(Words(round((x + after) / 2, 2), 15.5, str(year), 13, "middle", True))
    return [*shapes, Line(RIGHT, 0, RIGHT, height)]


def bar(axis: Axis, phase: Phase, place: int) -> list[Any]:
    """The bar of a phase with its months in it, or beside it where it is too short for them."""
    y, size = HEAD + place * PHASE_STEP, 11.5
    fill, on_it = TONES[place % 2]
    x, end = axis.x(phase.start), axis.x(phase.end + 1)
    words = f"{month_words(phase.start)} - {month_words(phase.end)}"
    room = breadth(words, size) + 6
    if end - x >= room:
        label = Words(round((x + end) / 2, 2), y + 16.5, words, size, "middle", fill=on_it)
    elif end + room <= RIGHT:
        label = Words(end + 5, y + 16.5, words, size)
    else:
        label = Words(x - 5, y + 16.5, words, size, "end")
    return [
        Words(0, y + 17, shortened(phase.name, LEFT - 8, 13), 13, is_bold=True),
        Rect(x, y + 4, max(round(end - x, 2), 1), 17, fill),
        label,
    ]


def mark(axis: Axis, point: Point, y: float) -> list[Any]:
    x, size = axis.x(point.month), 11.5
    day = short_date(point.day)
    room = breadth(day, size) + 4
    is_left = x + 9 + room > RIGHT
    start = round(x - 8 - room if is_left else x + 8, 2)
    return [
        Words(0, y + 4, shortened(point.name, LEFT - 8, 12.5), 12.5),
        Line(LEFT, y, RIGHT, y, "#cccccc", "2 3"),
        Rect(start, y - 7, round(room, 2), 14, PAPER, PAPER),
        Diamond(x, y, INK if point.is_product else PAPER),
        Words(round(x - 10 if is_left else x + 10, 2), y + 4, day, size, "end" if is_left else "start"),
    ]


def title(phases: Sequence[Phase], points: Sequence[Point], language: str) -> str:
    """The whole picture in words, for who does not see it."""
    spans = [
        say(SPAN, language, name=phase.name, start=month_words(phase.start), end=month_words(phase.end))
        for phase in phases
    ]
    days = [say(DAY, language, name=point.name, day=short_date(point.day)) for point in points]
    return say(TITLE, language, parts="; ".join(spans + days))
