"""One kind of form field for each kind of field of the outline. They hold texts; `outline.form_data` reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import wtforms
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from intake.i18n import Text
from intake.outline import references
from intake.outline.displays import NO, YES
from intake.outline.model import ONE_LINE, ChoiceField, Field, Reference, References, Rows

# WTForms 3.3 warns about tuples; its type stubs do not know what replaces them yet.
SelectChoice: Any = vars(wtforms)["SelectChoice"]
SEPARATOR = "."
CHOOSE = Text("Chọn", "Choose")
MOST_COLUMNS = 6
MOST_SEEN = 12
SHORT = frozenset({"integer", "decimal", "date", "month", "choice"})
IN_A_CELL = frozenset(
    {"text", "integer", "decimal", "money", "date", "month", "choice", "reference", "row_reference", "bool"}
)


class Declared:
    """A form field that knows what the outline declares about it."""

    def __init__(self, *args: Any, declared: Field, **kwargs: Any) -> None:
        self.declared = declared
        super().__init__(*args, **kwargs)


class Line(Declared, StringField):
    """One line, whatever it means: a text, a number, a day."""


class Lines(Declared, TextAreaField):
    """Several lines."""

    def _value(self) -> str:
        """What stands in the page: a browser drops the first line break after the tag."""
        text = self.data or ""
        return f"\n{text}" if text.startswith("\n") else text


class One(Declared, SelectField):
    """One of a list. What is not in the list is reported by the check of the section, in our words."""

    @property
    def is_long(self) -> bool:
        """Whether the list is too long to look through: the page helps to search it."""
        return isinstance(self.declared, Reference) and len(self.choices or ()) > MOST_SEEN

    def offer(self, value: str, label: str) -> None:
        """Add an answer to the list of this one field, unless it is there."""
        listed: Any = self.choices or ()
        if all(known.value != value for known in listed):
            self.choices = [*listed, SelectChoice(value, label)]


class Several(Declared, SelectMultipleField):
    """Any number of a list, as boxes to tick."""

    def offered(self) -> list[dict[str, Any]]:
        """Every answer with whether it is chosen, ready for the page."""
        chosen = set(self.data or ())
        listed: Any = self.choices
        return [{"value": known.value, "text": known.label, "is_chosen": known.value in chosen} for known in listed]


class Tick(Declared, BooleanField):
    """Yes when ticked."""

    def _value(self) -> str:
        return "true"


class YesNo(Declared, RadioField):
    """A question that has to be answered, where no answer is not the same as no."""


@dataclass(frozen=True)
class Run:
    """Neighbouring fields; short ones share a line."""

    is_line: bool
    fields: tuple[Any, ...]


class Part(Declared, FormField):
    """A group of fields."""

    @property
    def visible(self) -> list[Any]:
        """Its fields without the hidden id of a row."""
        return [item for item in self if isinstance(item, Declared)]

    @property
    def runs(self) -> list[Run]:
        """Its fields as they stand on the page: two or more short ones in a row side by side."""
        grouped = [(is_short, tuple(items)) for is_short, items in groupby(self.visible, key=is_short_value)]
        return [Run(is_short and len(items) > 1, items) for is_short, items in grouped]


def is_short_value(item: Any) -> bool:
    field = item.declared
    return field.kind in SHORT or (isinstance(field, Reference) and field.to == "units")


class RowList(Declared, FieldList):
    """Repeating rows; how many there are is counted before the form is made, so none is dropped in silence."""

    declared: Rows

    @property
    def is_table(self) -> bool:
        """Whether a row fits on one line: few short values, at most one of them long."""
        items = self.declared.item
        long = [field for field in items if getattr(field, "max_length", 0) > ONE_LINE]
        return len(items) <= MOST_COLUMNS and len(long) <= 1 and all(field.kind in IN_A_CELL for field in items)

    @property
    def is_inner(self) -> bool:
        """Whether the list stands inside a sub-item or another row, below a heading of its own."""
        return self.name.count(SEPARATOR) > 1

    @property
    def is_full(self) -> bool:
        """Whether no further row fits."""
        return len(self.entries) >= self.declared.max_items


def answers(options: Iterable[tuple[str, Text]], language: str) -> list[Any]:
    return [SelectChoice(id, label.in_(language)) for id, label in options]


def one_of(options: Iterable[tuple[str, Text]], language: str) -> list[Any]:
    """The answers after one that chooses nothing."""
    return answers([("", CHOOSE), *options], language)


def listed(field: Field) -> list[tuple[str, Text]]:
    """What a field offers by its declaration; the rows a row reference offers are those of the document."""
    if isinstance(field, ChoiceField):
        return [(choice.id, choice.label) for choice in field.choices]
    return list(references.options(field.to)) if isinstance(field, Reference | References) else []


def single(field: Field, language: str, **common: Any) -> Any:
    return One(choices=one_of(listed(field), language), validate_choice=False, **common)


def several(field: Field, language: str, **common: Any) -> Any:
    return Several(choices=answers(listed(field), language), validate_choice=False, **common)


def flag(field: Field, language: str, **common: Any) -> Any:
    if field.required:
        return YesNo(choices=answers([("true", YES), ("false", NO)], language), validate_choice=False, **common)
    return Tick(**common)


def plain(kind: type, field: Field, language: str, **common: Any) -> Any:
    return kind(**common)


Maker = Callable[..., Any]
MAKERS: dict[str, Maker] = {
    **{kind: partial(plain, Line) for kind in ("text", "integer", "decimal", "money", "date", "month", "date_or_row")},
    **{kind: partial(plain, Lines) for kind in ("richtext", "text_list")},
    **dict.fromkeys(("choice", "reference", "row_reference"), single),
    **dict.fromkeys(("multichoice", "references"), several),
    "bool": flag,
}
