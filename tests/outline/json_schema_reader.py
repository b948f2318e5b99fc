"""The part of JSON Schema 2020-12 that our schema uses, so that tests can hold it against real files."""

from __future__ import annotations

import re
from typing import Any

TYPES: dict[str, Any] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: not isinstance(value, bool) and isinstance(value, int | float) and value == int(value),
}
ANNOTATIONS = {"title", "description", "readOnly", "format", "$schema", "$id", "$defs"}
KEYWORDS = {
    "type": lambda value, names: any(TYPES[name](value) for name in ([names] if isinstance(names, str) else names)),
    "const": lambda value, expected: value == expected,
    "enum": lambda value, listed: value in listed,
    "maxLength": lambda value, limit: not isinstance(value, str) or len(value) <= limit,
    "pattern": lambda value, pattern: not isinstance(value, str) or re.search(pattern, value) is not None,
    "minimum": lambda value, limit: not TYPES["number"](value) or value >= limit,
    "maximum": lambda value, limit: not TYPES["number"](value) or value <= limit,
    "maxItems": lambda value, limit: not isinstance(value, list) or len(value) <= limit,
    "uniqueItems": lambda value, _: not isinstance(value, list) or all(v not in value[:i] for i, v in enumerate(value)),
    "required": lambda value, names: not isinstance(value, dict) or all(name in value for name in names),
}


def is_valid(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    """Whether `value` is valid; a keyword this reader does not know is an error of the test."""
    nested = {"$ref", "anyOf", "items", "properties", "additionalProperties"}
    unknown = set(schema) - set(KEYWORDS) - ANNOTATIONS - nested
    assert not unknown, unknown
    return (
        all(test(value, schema[name]) for name, test in KEYWORDS.items() if name in schema)
        and ("$ref" not in schema or is_valid(root["$defs"][schema["$ref"].rpartition("/")[2]], value, root))
        and ("anyOf" not in schema or any(is_valid(choice, value, root) for choice in schema["anyOf"]))
        and _items_are_valid(schema, value, root)
        and _properties_are_valid(schema, value, root)
    )


def _items_are_valid(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    if "items" not in schema or not isinstance(value, list):
        return True
    return all(is_valid(schema["items"], item, root) for item in value)


def _properties_are_valid(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    if "properties" not in schema or not isinstance(value, dict):
        return True
    known = schema["properties"]
    return set(value) <= set(known) and all(is_valid(known[name], item, root) for name, item in value.items())
