"""JSON Schema (2020-12) of `initiative-proposal/1`, derived from the outline.

It says the shape. What a schema cannot say (a code given to two rows, a computed value that disagrees, six decimals,
characters that cannot be printed, days that do not exist) is checked by `shape.check_interchange`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intake.outline import references
from intake.outline.model import DECIMAL_PLACES, LARGEST_NUMBER, LARGEST_VND, Computed, Field, Group, Party, Rows
from intake.outline.shape import CODE, CODES, INTERCHANGE
from intake.outline.walk import OUTLINE

DAY = "^(19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
ONE_LINE = r"^[^\r\n]*$"
MONTH = "^(19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])$"

Schema = dict[str, Any]


def _text(field: Any) -> Schema:
    """One line, or several where the field takes several."""
    schema: Schema = {"type": ["string", "null"], "maxLength": field.max_length}
    return schema if field.kind == "richtext" else {**schema, "pattern": ONE_LINE}


def _enum(values: list[str]) -> Schema:
    return {"enum": [*values, None]}


def _array(items: Schema, limit: int, *, is_unique: bool) -> Schema:
    schema: Schema = {"type": ["array", "null"], "items": items, "maxItems": limit}
    return {**schema, "uniqueItems": True} if is_unique else schema


def _code_pattern(path: str) -> str:
    return f"^{CODES[path].pattern}$"


def _date_or_row(field: Any) -> Schema:
    pattern = {"type": "string", "pattern": _code_pattern(field.to)}
    return {"anyOf": [{"type": "string", "pattern": DAY, "format": "date"}, pattern, {"type": "null"}]}


LEAVES: dict[str, Callable[[Any], Schema]] = {
    "text": _text,
    "richtext": _text,
    "choice": lambda field: _enum([choice.id for choice in field.choices]),
    "multichoice": lambda field: _array(
        {"enum": [choice.id for choice in field.choices]}, len(field.choices), is_unique=True
    ),
    "bool": lambda field: {"type": ["boolean", "null"]},
    "integer": lambda field: {"type": ["integer", "null"], "minimum": field.minimum, "maximum": field.maximum},
    "decimal": lambda field: {
        "type": ["number", "null"],
        "minimum": -LARGEST_NUMBER,
        "maximum": LARGEST_NUMBER,
        "description": f"At most {DECIMAL_PLACES} decimals.",
    },
    "money": lambda field: {
        "type": ["integer", "null"],
        "minimum": 0,
        "maximum": LARGEST_VND,
        "description": "Integer đồng (VND).",
    },
    "date": lambda field: {"type": ["string", "null"], "pattern": DAY, "format": "date"},
    "month": lambda field: {"type": ["string", "null"], "pattern": MONTH},
    "reference": lambda field: _enum(list(references.ENTRIES[field.to])),
    "references": lambda field: _array({"enum": list(references.ENTRIES[field.to])}, field.max_items, is_unique=True),
    "row_reference": lambda field: {"type": ["string", "null"], "pattern": _code_pattern(field.to)},
    "date_or_row": _date_or_row,
    "text_list": lambda field: _array(
        {"type": "string", "maxLength": field.max_length, "pattern": ONE_LINE}, field.max_items, is_unique=False
    ),
    "computed": lambda field: {"type": ["integer", "null"], "readOnly": True},
}


def _object(fields: tuple[Field, ...], extra: Schema | None = None) -> Schema:
    properties = {**(extra or {}), **{field.id: field_schema(field) for field in fields}}
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _rows(field: Rows) -> Schema:
    code: Schema = {"type": ["string", "null"], "pattern": f"^{field.code_prefix}[1-9][0-9]{{0,5}}$"}
    item = _object(field.item, {"code": code} if field.code_prefix else None) | {"type": "object"}
    return _array(item, field.max_items, is_unique=False)


def field_schema(field: Field) -> Schema:
    """Schema of one field and everything inside it."""
    if isinstance(field, Rows):
        schema = _rows(field)
    elif isinstance(field, Party):
        schema = {"$ref": "#/$defs/party"}
        if field.accepts_name:
            schema = {"anyOf": [schema, _text(field.fields[0])]}
    elif isinstance(field, Group):
        schema = _object(field.fields)
    else:
        schema = LEAVES[field.kind](field)
    described = {"title": field.label.en, **schema}
    if isinstance(field, Computed):
        described["description"] = "Computed; may be left out."
    return described


def json_schema() -> Schema:
    """The whole schema, for the API description and for whoever writes such files."""
    party = next(field for field in OUTLINE.by_id["lead_unit"].fields if isinstance(field, Party))
    sections = {section.id: field_schema(section.body) for section in OUTLINE.sections}
    metadata = {field.id: field_schema(field) for field in OUTLINE.metadata.fields}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:intake:initiative-proposal:1",
        "title": OUTLINE.title.en,
        "description": OUTLINE.intro.en,
        "type": "object",
        "required": ["schema", "sections"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": INTERCHANGE},
            "code": {"type": ["string", "null"], "pattern": f"^{CODE.pattern}$"},
            **metadata,
            "template": {"enum": [OUTLINE.id, *OUTLINE.aliases, None]},
            "sections": {"type": "object", "properties": sections, "additionalProperties": False},
            "administrative": field_schema(OUTLINE.administrative),
        },
        "$defs": {"party": _object(party.fields)},
    }


JSON_SCHEMA = json_schema()
