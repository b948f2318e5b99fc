"""Going through a document along its outline, never along what somebody sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from intake.outline.kh01_2025 import KH01_2025
from intake.outline.model import Computed, Field, Group, Rows

OUTLINE = KH01_2025


class Place(NamedTuple):
    """One filled or empty field of a document: its path, its declaration, its value, and the values beside it."""

    path: str
    field: Field
    value: Any
    siblings: Mapping[str, Any]


def parts(document: Mapping[str, Any]) -> Iterator[tuple[str, Group | Rows, Any]]:
    """Every part a person fills, as (path, declaration, value); the value is None where nothing was entered."""
    for path, body in OUTLINE.bodies.items():
        holder = document if path == "administrative" else document["sections"]
        yield path, body, holder.get(path)


def places(field: Field, value: Any, path: str, siblings: Mapping[str, Any] | None = None) -> Iterator[Place]:
    """The field itself, then everything inside it, in outline order."""
    yield Place(path, field, value, siblings or {})
    if isinstance(field, Rows):
        for index, row in enumerate(value or ()):
            for child in field.item:
                yield from places(child, row.get(child.id), f"{path}.{index}.{child.id}", row)
    elif isinstance(field, Group) and (value is None or isinstance(value, Mapping)):
        for child in field.fields:
            yield from places(child, (value or {}).get(child.id), f"{path}.{child.id}", value or {})


Leaf = Callable[[Field, Any], Any]
MakeRow = Callable[[Rows, int, Mapping[str, Any], dict[str, Any], str], dict[str, Any]]


def rebuild(field: Field, value: Any, path: str, *, leaf: Leaf, row: MakeRow) -> Any:
    """A copy of `value` with every leaf passed through `leaf` and every row through `row`; computed values fall out."""
    if value is None:
        return None
    if isinstance(field, Rows):
        return [
            row(field, index, item, _children(field, item, f"{path}.{index}", leaf, row), f"{path}.{index}")
            for index, item in enumerate(value)
        ]
    if isinstance(field, Group) and isinstance(value, Mapping):
        return _children(field, value, path, leaf, row)
    return leaf(field, value)


def _children(field: Field, value: Mapping[str, Any], path: str, leaf: Leaf, row: MakeRow) -> dict[str, Any]:
    return {
        child.id: rebuild(child, value[child.id], f"{path}.{child.id}", leaf=leaf, row=row)
        for child in field.children
        if child.id in value and not isinstance(child, Computed)
    }


def look_up(sections: Any, path: str) -> Any:
    """Value at a dotted path of names, or None wherever the path leaves what is there."""
    value = sections
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def is_blank(value: Any) -> bool:
    """Whether nothing was entered: no text but spaces, no rows, no filled sub-field. False and 0 are answers."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(key == "id" or is_blank(item) for key, item in value.items())
    if isinstance(value, list):
        return all(is_blank(item) for item in value)
    return False
