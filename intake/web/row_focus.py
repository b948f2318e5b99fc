"""Where the focus goes after a button of a list: nobody at the keyboard has to look for the place again."""

from __future__ import annotations

from intake import forms
from intake.forms import Filled, RowAction
from intake.forms.rows import numbers_in


def focus_after(filled: Filled, action: RowAction) -> str:
    """The value of a button, the path of a row (its first box or its title), or the path of a box."""
    if action.verb in ("up", "down"):
        return f"{action.verb}:{forms.opened_by(filled, action)}"
    if action.verb == "remove":
        return neighbour(filled, action.path)
    return {"set": action.path, "show": "show:"}.get(action.verb) or forms.opened_by(filled, action)


def neighbour(filled: Filled, row: str) -> str:
    """The row that took the place of the one removed, the last row, or the button that adds one."""
    list_path, _, number = row.rpartition(".")
    rows = filled.fields.get(list_path)
    return rows[min(int(number), len(rows) - 1)].name if rows else f"add:{list_path}"


def row_around(path: str) -> str:
    """The outer row of a list inside a row: it stays open while its inner rows come and go."""
    places = [f"{list_path}.{number}" for list_path, number in numbers_in(path)]
    return places[0] if places and places[0] != path else ""
