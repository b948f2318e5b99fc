"""The shortest and the longest text of a proposal: nothing at all, and every field and every list at its limit."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from intake import outline
from intake.outline import OUTLINE
from intake.outline.model import (
    LARGEST_COUNT,
    LARGEST_NUMBER,
    LARGEST_VND,
    ChoiceField,
    Computed,
    DateField,
    DateOrRow,
    DecimalField,
    Field,
    Flag,
    Group,
    IntegerField,
    Money,
    MonthField,
    Reference,
    References,
    RichText,
    RowReference,
    Rows,
    TextField,
    TextList,
)
from intake.outline.references import ENTRIES

WORDS = "Nguyễn Thị Ước đề xuất nghiên cứu, ứng dụng trí tuệ nhân tạo tiếng Việt "


def shortest() -> outline.Document:
    """A draft in which nothing was entered."""
    return outline.empty_document()


def longest(*, rows: int = 1000, letters: int = 20_000) -> outline.Document:
    """Every field as long as it may be; lists of at most `rows`, texts of at most `letters`."""
    made = Filler(rows, letters)
    document: Any = outline.empty_document()
    sections = {section.id: made.value(section.body, section.id) for section in OUTLINE.sections}
    return {**document, "sections": sections, "administrative": made.value(OUTLINE.administrative, "administrative")}


def row_id(path: str, index: int) -> str:
    """The id of a row by where it stands, so that references find it."""
    return hashlib.sha256(f"{path}.{index}".encode()).hexdigest()[:12]


class Filler:
    """Fills a declaration."""

    def __init__(self, rows: int, letters: int) -> None:
        self.rows, self.letters = rows, letters
        self.turns: Iterator[int] = itertools.count()

    def value(self, field: Field, path: str) -> Any:
        if isinstance(field, Rows):
            count = min(field.max_items, self.rows)
            return [{"id": row_id(path, index), **self.fields(field, f"{path}.{index}")} for index in range(count)]
        if isinstance(field, Group):
            return self.fields(field, path)
        return self.leaf(field)

    def fields(self, field: Field, path: str) -> Mapping[str, Any]:
        inside = (child for child in field.children if not isinstance(child, Computed))
        return {child.id: self.value(child, f"{path}.{child.id}") for child in inside}

    def leaf(self, field: Any) -> Any:
        turn = next(self.turns)
        if isinstance(field, TextField | RichText):
            return text(min(field.max_length, self.letters))
        if isinstance(field, TextList):
            return [text(min(field.max_length, self.letters)) for _ in range(min(field.max_items, self.rows))]
        if isinstance(field, References):
            return list(ENTRIES[field.to])[: min(field.max_items, self.rows)]
        if isinstance(field, Reference):
            return list(ENTRIES[field.to])[turn % len(ENTRIES[field.to])]
        if isinstance(field, RowReference):
            return "2100-12-31" if isinstance(field, DateOrRow) and turn % 2 else row_id(field.to, 0)
        return plain_value(field, turn)


def plain_value(field: Any, turn: int) -> Any:
    if isinstance(field, ChoiceField):
        chosen = field.choices[turn % len(field.choices)].id
        return [choice.id for choice in field.choices] if field.kind == "multichoice" else chosen
    values: dict[type[Field], Any] = {
        Flag: True,
        Money: LARGEST_VND,
        DecimalField: LARGEST_NUMBER - 0.125,
        DateField: f"{1900 + turn % 200}-12-31",
        MonthField: f"{1900 + turn % 200}-12",
        IntegerField: min(getattr(field, "maximum", 0), LARGEST_COUNT),
    }
    return values[type(field)]


def text(letters: int) -> str:
    """Words without end, the last a long one that has no place to break."""
    tail = "x" * min(letters // 4, 120)
    return (WORDS * (letters // len(WORDS) + 1))[: letters - len(tail)] + tail
