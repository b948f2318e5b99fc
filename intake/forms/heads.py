"""The closed line of a row: its code and first words, which SMART parts are missing, from where to where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from intake.forms.fields import One, Part
from intake.forms.filled import Filled, every
from intake.forms.row_choices import shortened
from intake.forms.rows import RowAction
from intake.i18n import N_, Message, Text
from intake.outline.model import Group, Rows
from intake.outline.rules_text import MEASURED_BY, SMART

NO_WORDS = N_("Not filled in yet")


@dataclass(frozen=True)
class Letter:
    """One part of an objective, S M A R or T."""

    letter: str
    is_missing: bool


@dataclass(frozen=True)
class RowHead:
    """What is seen of a row while it is closed; `missing` names the parts that `letters` shows as missing."""

    code: str
    words: str
    from_: str = ""
    to: str = ""
    until: str = ""
    letters: tuple[Letter, ...] = ()
    missing: tuple[Text, ...] = ()
    is_open: bool = False

    @property
    def title(self) -> str | Message:
        """Code and words, or that nothing is filled in."""
        if not self.words:
            return N_("%(code)s. Not filled in yet", code=self.code) if self.code else NO_WORDS
        return f"{self.code}. {self.words}" if self.code else self.words


def row_heads(filled: Filled, opened: str = "") -> dict[str, RowHead]:
    """The head of every row, by the row's path. Open are an only row, rows with an error, and what `opened` is in."""
    heads: dict[str, RowHead] = {}
    for rows in filled.lists:
        for index, row in enumerate(rows):
            is_open = f"{opened}.".startswith(f"{row.name}.") or len(rows) == 1 or filled.is_wrong(row.name)
            heads[row.name] = replace(head(rows.declared, index, row), is_open=is_open)
    return heads


def head(rows: Rows, index: int, row: Part) -> RowHead:
    texts = {item.name.removeprefix(f"{row.name}."): item for item in every(row) if not isinstance(item, Part)}
    letters, missing = smart(rows, texts)
    return RowHead(
        code=rows.code(index),
        words=shortened(next(words_of(texts), "")),
        from_=shown(texts, "baseline"),
        to=shown(texts, "target"),
        until=shown(texts, "time_bound") or shown(texts, "deadline"),
        letters=letters,
        missing=missing,
    )


def words_of(texts: dict[str, Any]) -> Iterator[str]:
    """What stands in the boxes of a row that hold words, in order; chosen answers only where nothing is written."""
    for kinds in (("text", "richtext"), ("choice", "reference")):
        for item in texts.values():
            declared = getattr(item, "declared", None)
            if declared is not None and declared.kind in kinds:
                words = label_of(item) if isinstance(item, One) else item.data or ""
                if words.strip():
                    yield words


def label_of(item: One) -> str:
    listed: Any = item.choices or ()
    return next((known.label for known in listed if known.value and known.value == item.data), "")


def shown(texts: dict[str, Any], name: str) -> str:
    """A number or day as typed; that of the measurable part where the row has none of its own."""
    for path in (name, f"measurable.{name}"):
        item = texts.get(path)
        if item is not None and not isinstance(item, One) and isinstance(item.data, str):
            return item.data.strip()
    return ""


def smart(rows: Rows, texts: dict[str, Any]) -> tuple[tuple[Letter, ...], tuple[Text, ...]]:
    """The five letters of a list whose rows have these parts; nothing for any other list."""
    parts = {field.id: field for field in rows.item}
    if not all(part in parts for part, _ in SMART):
        return (), ()
    lacking = {part for part, _ in SMART if lacks(parts[part], part, texts)}
    letters = tuple(Letter(label.en[0], part in lacking) for part, label in SMART)
    return letters, tuple(label for part, label in SMART if part in lacking)


def lacks(field: Any, part: str, texts: dict[str, Any]) -> bool:
    """The same as rule R06, on what is in the boxes now."""
    if not isinstance(field, Group):
        return is_empty(texts[part])
    inside = [is_empty(texts[f"{part}.{child.id}"]) for child in field.fields]
    measured = [is_empty(texts[f"{part}.{name}"]) for name in MEASURED_BY if f"{part}.{name}" in texts]
    return any(measured) if measured else all(inside)


def is_empty(item: Any) -> bool:
    return not item.data or (isinstance(item.data, str) and not item.data.strip())


def opened_by(filled: Filled, action: RowAction) -> str:
    """The row that a button leaves open: the new one, or the one that moved."""
    if action.verb == "add":
        rows = filled.fields.get(action.path)
        return rows[-1].name if rows else ""
    list_path, _, number = action.path.rpartition(".")
    rows = filled.fields.get(list_path)
    if rows and action.verb in ("up", "down"):
        there = int(number) + (-1 if action.verb == "up" else 1)
        return rows[min(max(there, 0), len(rows) - 1)].name
    return ""
