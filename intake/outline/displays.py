"""A document as ready-made entries in outline order: the one structure that pages, PDF and Word render."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.i18n import Text
from intake.outline import references
from intake.outline.interchange import row_codes
from intake.outline.model import Computed, Field, Group, Rows, Section
from intake.outline.shape_values import DATE
from intake.outline.walk import OUTLINE, is_blank
from intake.vietnamese import money, number, short_date

YES, NO = Text("Có", "Yes"), Text("Không", "No")


@dataclass(frozen=True)
class Entry:
    """One field, row or sub-item, with its words ready to print.

    `kind` is the field's kind, or `row`. `text` is empty for what has children. `items` are the entries of a list of
    plain values. `path` is the form path (`kpis.kpis.0.name`), `key` the same with row ids, equal in two versions.
    """

    path: str
    key: str
    kind: str
    label: str
    value: Any
    text: str = ""
    items: tuple[str, ...] = ()
    code: str = ""
    number: str = ""
    guidance: str = ""
    is_empty: bool = False
    children: tuple[Entry, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionView:
    """One section to print. `number` is 0 for the administrative part, which the template does not count."""

    id: str
    number: int
    title: str
    guidance: str
    is_required: bool
    is_empty: bool
    entries: tuple[Entry, ...]


def display(document: Mapping[str, Any], language: str) -> tuple[SectionView, ...]:
    """All 14 sections, then the administrative part, whether filled or not."""
    return (
        *(display_section(document, section.id, language) for section in OUTLINE.sections),
        display_section(document, "administrative", language),
    )


def display_section(document: Mapping[str, Any], part: str, language: str) -> SectionView:
    """One part of a document to print."""
    writer = Writer(language, row_codes(document))
    body = OUTLINE.bodies[part]
    holder = document if part == "administrative" else document["sections"]
    value = holder.get(part)
    section: Section | None = OUTLINE.by_id.get(part)
    whole = writer.entry(body, value, part, part, {})
    return SectionView(
        id=part,
        number=section.number if section else 0,
        title=(section.title if section else body.label).in_(language),
        guidance=section.guidance.in_(language) if section and section.guidance else "",
        is_required=section.required if section else True,
        is_empty=is_blank(value),
        entries=(whole,) if isinstance(body, Rows) else whole.children,
    )


@dataclass(frozen=True)
class Writer:
    """Turns values into words of one language; `codes` says how the rows of the document are called."""

    language: str
    codes: Mapping[str, str]

    def entry(self, field: Field, value: Any, path: str, key: str, row: Mapping[str, Any]) -> Entry:
        """One field with everything inside it."""
        base: dict[str, Any] = {
            "path": path,
            "key": key,
            "kind": field.kind,
            "label": self.say(field.label).rstrip(":"),
            "value": value,
            "is_empty": is_blank(value),
        }
        if isinstance(field, Rows):
            rows = tuple(self._rows(field, value or (), path, key))
            columns = tuple(self.say(child.label) for child in field.item)
            return Entry(**base, children=rows, columns=columns)
        if isinstance(field, Group) and not isinstance(value, str):
            inside = tuple(self._inside(field, value or {}, path, key))
            guidance = self.say(field.guidance) if field.guidance else ""
            return Entry(**base, children=inside, number=field.number, guidance=guidance)
        if isinstance(field, Computed):
            value = field.compute(row)
            base |= {"value": value, "is_empty": value is None}
        if isinstance(value, list):
            return Entry(**base, items=tuple(self.words(field, item) for item in value))
        return Entry(**base, text="" if value is None else self.words(field, value))

    def _inside(self, field: Field, value: Mapping[str, Any], path: str, key: str) -> Iterator[Entry]:
        for child in field.children:
            yield self.entry(child, value.get(child.id), f"{path}.{child.id}", f"{key}.{child.id}", value)

    def _rows(self, field: Rows, rows: Any, path: str, key: str) -> Iterator[Entry]:
        for index, row in enumerate(rows):
            here, known = f"{path}.{index}", f"{key}.{row['id']}"
            yield Entry(
                path=here,
                key=known,
                kind="row",
                label=self.say(field.item_label),
                value=row,
                code=field.code(index),
                is_empty=is_blank(row),
                children=tuple(self._inside(field, row, here, known)),
            )

    def say(self, text: Text) -> str:
        """An official text in the language of this writer."""
        return text.in_(self.language)

    def words(self, field: Any, value: Any) -> str:
        """One plain value in words."""
        write = WORDS.get(field.kind)
        return write(self, field, value) if write else str(value)


def _choice(writer: Writer, field: Any, value: Any) -> str:
    return writer.say(field.label_of(value))


def _reference(writer: Writer, field: Any, value: Any) -> str:
    return writer.say(references.name_of(field.to, value))


def _row(writer: Writer, field: Any, value: Any) -> str:
    if DATE.fullmatch(value):
        return _day(writer, field, value)
    return writer.codes.get(value, value)


def _day(writer: Writer, field: Any, value: Any) -> str:
    return short_date(date.fromisoformat(value))


def _month(writer: Writer, field: Any, value: Any) -> str:
    return f"{value[5:]}/{value[:4]}"


WORDS: dict[str, Callable[[Writer, Any, Any], str]] = {
    "choice": _choice,
    "multichoice": _choice,
    "bool": lambda writer, field, value: writer.say(YES if value else NO),
    "integer": lambda writer, field, value: number(value, writer.language),
    "decimal": lambda writer, field, value: number(value, writer.language),
    "money": lambda writer, field, value: money(value, writer.language),
    "date": _day,
    "month": _month,
    "reference": _reference,
    "references": _reference,
    "row_reference": _row,
    "date_or_row": _row,
}
