"""What stands in the cells of a table: lines of words, written from the fields of one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from intake.documents.wording import paragraphs
from intake.i18n import Text
from intake.outline.displays import Entry
from intake.vietnamese import BILLION, number

Line = dict[str, Any]
NOTHING = "-"
SIGN = re.compile(r"\((\S)\)")


@dataclass(frozen=True)
class Row:
    """One row to print: its place from 1, its code, its fields by id, and how the phases are called."""

    place: int
    code: str
    fields: Mapping[str, Entry]
    phase_names: Mapping[str, str]
    language: str

    def text(self, id: str) -> str:
        return self.fields[id].text


Write = Callable[[Row, Sequence[str]], list[Line]]


def row_of(place: int, entry: Entry, phase_names: Mapping[str, str], language: str) -> Row:
    return Row(place, entry.code, {own_id(child): child for child in entry.children}, phase_names, language)


def own_id(entry: Entry) -> str:
    return entry.path.rpartition(".")[2]


def line(text: str, label: str = "", *, strong: bool = False, item: bool = False, small: bool = False) -> Line:
    return {"text": text, "label": label, "is_strong": strong, "is_item": item, "is_small": small}


def lines_of(entry: Entry, label: str = "") -> Iterator[Line]:
    """The words of one field; a list has a line for each of its entries."""
    if entry.items:
        if label:
            yield line("", label)
        yield from (line(item, item=True) for item in entry.items)
        return
    for place, part in enumerate(paragraphs(entry.text)):
        yield line(part.removeprefix("- "), "" if place else label, item=part.startswith("- "))


def plain(row: Row, fields: Sequence[str]) -> list[Line]:
    """The first field as it is, the others with their labels where they are filled."""
    first, *others = (row.fields[id] for id in fields)
    return [*lines_of(first), *(found for other in others for found in lines_of(other, other.label))]


def named(row: Row, fields: Sequence[str]) -> list[Line]:
    """The name of a thing, then what is said of it, without labels."""
    name, *others = (row.fields[id] for id in fields)
    strong = [{**found, "is_strong": True} for found in lines_of(name)]
    return [*strong, *(found for other in others for found in lines_of(other))]


def said_small(row: Row, fields: Sequence[str]) -> list[Line]:
    """Every field with its label, in small letters."""
    return [{**found, "is_small": True} for id in fields for found in lines_of(row.fields[id], row.fields[id].label)]


def quantity(row: Row, fields: Sequence[str]) -> list[Line]:
    """A number and its unit."""
    return [line(words) for words in [measured(row.text(fields[0]), row.text(fields[1]))] if words]


def measured(value: str, unit: str) -> str:
    """A value as it is read: 95%, 500 cơ sở; the unit alone while there is no value."""
    if not value:
        return unit and f"({unit})"
    return f"{value}%" if unit == "%" else f"{value} {unit}".strip()


def measurable(row: Row, fields: Sequence[str]) -> list[Line]:
    """The measurable part of an objective: indicator, from what, to what."""
    part = {own_id(child): child for child in row.fields[fields[0]].children}
    unit = part["unit"].text
    found = [{**one, "is_strong": True} for one in lines_of(part["indicator"])]
    baseline, target = part["baseline"], part["target"]
    on = part["baseline_date"].text
    if not baseline.is_empty or on:
        value = measured(baseline.text, unit) if not baseline.is_empty else NOTHING
        found.append(line(f"{value} ({on})" if on else value, baseline.label))
    if not target.is_empty or not part["comparator"].is_empty:
        sign = sign_of(part["comparator"].text)
        value = measured(target.text, unit) if not target.is_empty else NOTHING
        found.append(line(f"{sign} {value}".strip(), target.label))
    if baseline.is_empty and target.is_empty and unit:
        found.append(line(unit, part["unit"].label))
    return found


def sign_of(comparator: str) -> str:
    """≥ of "Ít nhất (≥)"; the words themselves where they name no sign."""
    found = SIGN.search(comparator)
    return found[1] if found else comparator


def relevant(row: Row, fields: Sequence[str]) -> list[Line]:
    """How an objective relates, then the targets and systems it relates to."""
    part = {own_id(child): child for child in row.fields[fields[0]].children}
    listed = [{**one, "is_small": True} for name in ("targets", "systems") for one in lines_of(part[name])]
    return [*lines_of(part["text"]), *listed]


def party(row: Row, fields: Sequence[str]) -> list[Line]:
    """A body with its contact; where only a name was given, the name."""
    entry = row.fields[fields[0]]
    if not entry.children:
        return [{**one, "is_strong": True} for one in lines_of(entry)]
    name, *contact = entry.children
    strong = [{**one, "is_strong": True} for one in lines_of(name)]
    return [*strong, *(found for other in contact for found in lines_of(other, other.label))]


def span(row: Row, fields: Sequence[str]) -> list[Line]:
    """From when to when."""
    ends = [row.text(id) or "…" for id in fields]
    return [] if all(end == "…" for end in ends) else [line(" - ".join(ends))]


def work_and_milestones(row: Row, fields: Sequence[str]) -> list[Line]:
    work, milestones = (row.fields[id] for id in fields)
    return [*lines_of(work), *dated(milestones)]


def dated(milestones: Entry) -> Iterator[Line]:
    """One line for each milestone: its day, or month, and what is reached by then."""
    for one in milestones.children:
        name, on = one.children
        yield line(f"{name.text} ({on.text})" if on.text else name.text, one.label)


def kpi_name(row: Row, fields: Sequence[str]) -> list[Line]:
    """Name and definition, then what kind of indicator it is."""
    name, definition, *kinds = fields
    said = [line(row.text(id), row.fields[id].label, small=True) for id in kinds if row.text(id)]
    return [*named(row, (name, definition)), *said]


def kpi_baseline(row: Row, fields: Sequence[str]) -> list[Line]:
    value, unit, on = (row.fields[id] for id in fields)
    found = [line(words) for words in [measured(value.text, unit.text)] if words]
    return [*found, *(line(on.text, small=True) for _ in [0] if on.text)]


def kpi_milestones(row: Row, fields: Sequence[str]) -> list[Line]:
    sign = "%" if row.text("unit") == "%" else ""
    return [
        line(f"{period.text}: {value.text}{sign}")
        for period, value in (one.children for one in row.fields[fields[0]].children)
    ]


def kpi_target(row: Row, fields: Sequence[str]) -> list[Line]:
    direction, value, on = (row.fields[id] for id in fields)
    found = [line(measured(value.text, row.text("unit")), strong=True)] if not value.is_empty else []
    found += [line(one.text, small=True) for one in (on, direction) if one.text]
    return found


def level(row: Row, fields: Sequence[str]) -> list[Line]:
    """3 × 5 = 15."""
    probability, impact, product = (row.text(id) for id in fields)
    if not probability and not impact:
        return []
    return [line(f"{probability or '…'} × {impact or '…'}"), *([line(f"= {product}", strong=True)] if product else [])]


def risk(row: Row, fields: Sequence[str]) -> list[Line]:
    category, description = (row.fields[id] for id in fields)
    return [*({**one, "is_small": True} for one in lines_of(category)), *lines_of(description)]


def billions(row: Row, fields: Sequence[str]) -> list[Line]:
    """An amount in tỷ đồng, every digit of it; the head of the column names the unit."""
    value = row.fields[fields[0]].value
    return [] if value is None else [line(in_billions(value, row.language))]


def in_billions(vnd: int, language: str) -> str:
    exact = Decimal(vnd) / BILLION
    return number(exact.normalize() if exact % 1 else exact.quantize(Decimal(1)), language)


def row_sum(row: Row, fields: Sequence[str]) -> list[Line]:
    """The amounts of the row together."""
    amounts = [entry.value for entry in row.fields.values() if entry.kind == "money" and entry.value is not None]
    return [line(in_billions(sum(amounts), row.language), strong=True)] if amounts else []


def phase_name(row: Row, fields: Sequence[str]) -> list[Line]:
    """The phase by its code and its name."""
    code = row.text(fields[0])
    return [line(f"{code} - {row.phase_names[code]}" if row.phase_names.get(code) else code)] if code else []


@dataclass(frozen=True)
class Column:
    """One column: the fields of a row that stand in it, how they are written, how wide it is in millimetres.

    Without a label it is called like its first field; one column of a table has no width and takes what is left.
    """

    fields: tuple[str, ...]
    width: int = 0
    label: Text | None = None
    write: Write = plain
    align: str = ""
    is_head: bool = False
    is_money: bool = False
