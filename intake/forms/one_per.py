"""Lists with one row for each row of another list (resources by phase): the missing rows appear by themselves.

They are only shown. What is stored is what was entered: a row in which nothing was written is not kept, and rows that
were there stay in the order they had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intake.forms.rows import rearranged, row_numbers
from intake.forms.texts import Texts
from intake.outline import OUTLINE
from intake.outline.form_data import FormData
from intake.outline.model import Field, Group, RowReference, Rows
from intake.outline.walk import is_blank, look_up


def completed(document: Mapping[str, Any], part: str, texts: FormData) -> Texts:
    """The data with a row for each row of the other list, in its order; rows that belong to none come last."""
    changed = Texts({name: list(values) for name, values in texts.items()})
    for path, rows in lists_of(OUTLINE.bodies[part], part):
        if rows.one_per:
            changed = with_every_row(document, changed, path, rows)
    return changed


def lists_of(field: Field, path: str) -> Iterator[tuple[str, Rows]]:
    if isinstance(field, Rows):
        yield path, field
    elif isinstance(field, Group):
        for child in field.fields:
            yield from lists_of(child, f"{path}.{child.id}")


def key_of(rows: Rows) -> str:
    """Name of the field by which a row says which row of the other list it belongs to."""
    return next(field.id for field in rows.item if isinstance(field, RowReference) and field.to == rows.one_per)


def with_every_row(document: Mapping[str, Any], texts: Texts, path: str, rows: Rows) -> Texts:
    key = key_of(rows)
    wanted = [row["id"] for row in look_up(document["sections"], rows.one_per) or ()]
    numbers = row_numbers(texts, path)
    owner = {number: texts.first(f"{path}.{number}.{key}") for number in numbers}
    first = {id: number for number, id in reversed(owner.items()) if id in wanted}
    order: list[int] = []
    for id in wanted:
        if id not in first:
            first[id] = max([*numbers, *first.values()], default=-1) + 1
            texts[f"{path}.{first[id]}.id"] = [""]
            texts[f"{path}.{first[id]}.{key}"] = [id]
        order.append(first[id])
    return rearranged(texts, path, [*order, *(number for number in numbers if number not in order)])


def entered(field: Field, value: Any, before: Any) -> Any:
    """The value of a section without the rows that only appeared by themselves; `before` is the stored one."""
    if isinstance(field, Rows):
        return rows_entered(field, value or (), before) if field.one_per else value
    if not (isinstance(field, Group) and isinstance(value, Mapping)):
        return value
    old = before if isinstance(before, Mapping) else {}
    found = {
        child.id: entered(child, value[child.id], old.get(child.id)) for child in field.fields if child.id in value
    }
    kept = {name: item for name, item in found.items() if item is not None or name in old}
    return kept or (None if before is None else {})


def rows_entered(rows: Rows, now: Sequence[Mapping[str, Any]], before: Any) -> list[Mapping[str, Any]] | None:
    """The rows that were there before, in their old order, and the new ones that say more than what they belong to."""
    place = {row["id"]: index for index, row in enumerate(before or ())}
    silent = ("id", key_of(rows))
    kept = [
        row
        for row in now
        if row["id"] in place or any(not is_blank(item) for name, item in row.items() if name not in silent)
    ]
    known = iter(sorted((row for row in kept if row["id"] in place), key=lambda row: place[row["id"]]))
    found = [next(known) if row["id"] in place else row for row in kept]
    return found or (None if before is None else [])
