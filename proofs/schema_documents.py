"""Documents that the published JSON Schema accepts, made from that schema alone: every type, limit and odd corner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from intake.outline import INTERCHANGE, JSON_SCHEMA

Schema = dict[str, Any]

# Vietnamese in all its marks, other scripts, joined emoji, and what HTML or a form might take for its own.
LETTERS = "aZ09 ếỬđ\u0301-_=+@'\"<>&;%\\/.,\t\u00a0\u200b\u2028\ufffd漢عא👩‍👩‍👧𝕳"
WORDS = st.sampled_from(
    ["", " ", "  x ", "- một", "<b>&amp;</b>", "1.850,5", "2028-12-31", "GD1", "true", "None", "\t", "ộ", "=1+1"]
)
ROWS_MADE = 3
# Whole sections are large, and that is what they are made for.
BIG_ON_PURPOSE = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
SECTIONS: Schema = JSON_SCHEMA["properties"]["sections"]["properties"]
BODIES: Schema = {**SECTIONS, "administrative": JSON_SCHEMA["properties"]["administrative"]}
# What row references can point to, so that some of them do.
AROUND = {
    "plan": {"phases": [{"name": "Một", "start": "2026-07"}, {"name": "Hai"}, {}]},
    "scope": {"components": [{"name": "Hợp phần"}, {"name": ""}]},
    "objectives": {"specific": [{"specific": "Mục tiêu"}, {"achievable": "Được"}]},
}


def documents(part: str) -> SearchStrategy[Schema]:
    """Interchange files in which one section (or `administrative`) is anything the schema accepts."""
    return valid(BODIES[part]).map(lambda value: whole(part, value))


def whole(part: str, value: Any) -> Schema:
    sections = {name: body for name, body in AROUND.items() if name != part}
    made: Schema = {"schema": INTERCHANGE, "sections": sections}
    (made if part == "administrative" else sections)[part] = value
    return made


def valid(schema: Schema) -> SearchStrategy[Any]:
    """Any value that a part of the schema accepts."""
    if "$ref" in schema:
        return valid(JSON_SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return st.one_of([valid(option) for option in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    made = [MADE[kind](schema) for kind in kinds if kind != "null"]
    return st.one_of([*made, *made, *([st.none()] if "null" in kinds else [])])


def texts(schema: Schema) -> SearchStrategy[Any]:
    limit, pattern = schema.get("maxLength", 0), schema.get("pattern", "")
    if schema.get("format") == "date":
        return st.dates(FIRST_DAY, LAST_DAY).map(str)
    if pattern and not limit:
        return codes(pattern) if pattern[1].isalpha() else st.dates(FIRST_DAY, LAST_DAY).map(lambda day: str(day)[:7])
    letters = LETTERS if pattern else f"{LETTERS}\n"
    free = st.text(letters, max_size=min(limit, 30))
    longest = st.sampled_from(list(letters)).map(lambda letter: letter * limit)
    return st.one_of(free, free, WORDS.filter(lambda word: len(word) <= limit), longest)


def codes(pattern: str) -> SearchStrategy[str]:
    """Codes of rows that are there, and of rows that are not."""
    prefix = pattern.removeprefix("^").partition("[")[0]
    return st.integers(1, 5).map(lambda number: f"{prefix}{number}")


def whole_numbers(schema: Schema) -> SearchStrategy[Any]:
    return st.integers(schema["minimum"], schema["maximum"])


def decimals(schema: Schema) -> SearchStrategy[Any]:
    fine = st.integers(-(10**12), 10**12).map(lambda millionths: millionths / 10**6)
    return st.one_of(st.integers(schema["minimum"], schema["maximum"]), fine)


def arrays(schema: Schema) -> SearchStrategy[Any]:
    most = min(schema["maxItems"], ROWS_MADE)
    if schema.get("uniqueItems"):
        return st.lists(valid(schema["items"]), max_size=schema["maxItems"], unique=True)
    made = st.lists(valid(schema["items"]), max_size=most)
    return made.map(coded) if "code" in schema["items"].get("properties", {}) else made


def coded(rows: list[Any]) -> list[Any]:
    """Rows whose codes are those of their places: a schema cannot say that each code stands there once."""
    return [
        {**row, "code": f"{row['code'].rstrip('0123456789')}{place}"} if row.get("code") else row
        for place, row in enumerate(rows, 1)
    ]


def objects(schema: Schema) -> SearchStrategy[Any]:
    fields = {name: inner for name, inner in schema["properties"].items() if not inner.get("readOnly")}
    return st.fixed_dictionaries({}, optional={name: valid(inner) for name, inner in fields.items()})


MADE: dict[str, Callable[[Schema], SearchStrategy[Any]]] = {
    "string": texts,
    "boolean": lambda schema: st.booleans(),
    "integer": whole_numbers,
    "number": decimals,
    "array": arrays,
    "object": objects,
}
