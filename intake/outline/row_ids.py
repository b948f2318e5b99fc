"""Which rows of a new text are the rows of the old one, so that they keep their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from intake.outline.model import Field, Group, Rows
from intake.outline.walk import is_blank


def keep_ids(
    field: Field, path: str, new: Any, old: Any, shown: Any, ids: dict[str, str], make_id: Callable[[], str]
) -> None:
    """Fill `ids` (path of a row -> id) for every row of `new`.

    `old` is the stored value of the same field and `shown` the same in interchange form; both None when there is none.
    """
    if isinstance(field, Rows):
        matches = _matches(new or [], shown or [])
        for index, row in enumerate(new or []):
            here, match = f"{path}.{index}", matches.get(index)
            before, before_shown = (old[match], shown[match]) if match is not None else (None, None)
            ids[here] = before["id"] if before else make_id()
            _inside(field.item, here, row, before, before_shown, ids, make_id)
    elif isinstance(field, Group) and isinstance(new, Mapping):
        _inside(field.fields, path, new, old, shown, ids, make_id)


def _inside(
    fields: Sequence[Field],
    path: str,
    new: Mapping[str, Any],
    old: Any,
    shown: Any,
    ids: dict[str, str],
    make_id: Callable[[], str],
) -> None:
    for child in fields:
        before = old.get(child.id) if isinstance(old, Mapping) else None
        before_shown = shown.get(child.id) if isinstance(shown, Mapping) else None
        keep_ids(child, f"{path}.{child.id}", new.get(child.id), before, before_shown, ids, make_id)


def _matches(new: Sequence[Mapping[str, Any]], old: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """For each new row the old row it is: equal words first, then the same position."""
    free = dict.fromkeys(range(len(old)))
    found: dict[int, int] = {}
    words = [_words(row) for row in old]
    for index, row in enumerate(new):
        mine = _words(row)
        same = next((place for place in (index, *free) if place in free and words[place] == mine), None)
        if same is not None:
            found[index] = same
            del free[same]
    for index in range(len(new)):
        if index not in found and index in free:
            found[index] = index
            del free[index]
    return found


def _words(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "code" and not is_blank(value)}
