"""The format `initiative-proposal/1` for those who write such files: its schema, and a page that lists every field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from intake.i18n import N_, Message, Text
from intake.outline import OUTLINE
from intake.outline.model import ChoiceField, Field, Reference, References, RowReference, Rows

SCHEMA_ADDRESS = "/api/schemas/initiative-proposal-1.json"
PAGE_ADDRESS = "/api/docs/initiative-proposal-1"
SCHEMA_MEDIA_TYPE = "application/schema+json"

KINDS: dict[str, Message] = {
    "text": N_("Text on one line"),
    "richtext": N_("Text of several lines"),
    "choice": N_("One of the values"),
    "multichoice": N_("A list of the values"),
    "bool": N_("true or false"),
    "integer": N_("A whole number"),
    "decimal": N_("A number with at most 6 decimals"),
    "money": N_("An amount in whole đồng"),
    "date": N_("A day, YYYY-MM-DD"),
    "month": N_("A month, YYYY-MM"),
    "reference": N_("An id of the catalogue"),
    "references": N_("A list of ids of the catalogue"),
    "row_reference": N_("The code of a row"),
    "date_or_row": N_("A day, or the code of a row"),
    "text_list": N_("A list of texts"),
    "computed": N_("Computed; may be left out"),
    "rows": N_("A list of rows"),
    "group": N_("An object with the fields below"),
    "party": N_("A body or person, with the fields below"),
}


@dataclass(frozen=True)
class FieldLine:
    """One field: where it stands (`[]` is any row), what it is called, what it takes."""

    place: str
    label: Text
    kind: Message
    values: str


@cache
def parts() -> tuple[tuple[Text, tuple[FieldLine, ...]], ...]:
    """Every section with all its fields, then the administrative part and what is said about the file."""
    bodies = {**{f"sections.{id}": body for id, body in OUTLINE.bodies.items() if id in OUTLINE.by_id}}
    bodies["administrative"] = OUTLINE.administrative
    found = [(body.label, tuple(lines(body, place))) for place, body in bodies.items()]
    about = [line for field in OUTLINE.metadata.fields for line in lines(field, field.id)]
    return (*found, (OUTLINE.metadata.label, tuple(about)))


def lines(field: Field, place: str) -> Iterator[FieldLine]:
    """A field, then everything inside it."""
    yield FieldLine(place, field.label, KINDS[field.kind], values(field))
    inside = f"{place}[]" if isinstance(field, Rows) else place
    for child in field.children:
        yield from lines(child, f"{inside}.{child.id}")


def values(field: Field) -> str:
    """The values it takes, where they are few; the list of the catalogue or of rows; else the limit."""
    if isinstance(field, ChoiceField):
        return ", ".join(choice.id for choice in field.choices)
    if isinstance(field, Reference | References | RowReference):
        return field.to
    if isinstance(field, Rows):
        codes = f", {field.code(0)} ..." if field.code_prefix else ""
        return f"≤ {field.max_items}{codes}"
    limit = getattr(field, "max_length", None)
    return f"≤ {limit}" if limit else ""
