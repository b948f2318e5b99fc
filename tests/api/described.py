"""Holds every answer of the API against what the OpenAPI document says of it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from intake.api.openapi import description

PREFIX = "/api/v1"
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "null": type(None),
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


def described(method: str, url: str) -> dict[str, Any]:
    """The operation of this address; an address that the document does not know is an error of the test."""
    address = urlsplit(url).path.removeprefix(PREFIX)
    fitting = [
        operations[method.lower()]
        for path, operations in description()["paths"].items()
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), address) and method.lower() in operations
    ]
    assert len(fitting) == 1, f"{method} {url} is described {len(fitting)} times"
    return fitting[0]


def check(method: str, url: str, response: TestResponse) -> None:
    """The status is declared; media type and content are as declared for it."""
    answers = described(method, url)["responses"]
    assert str(response.status_code) in answers, f"{method} {url} answered {response.status_code}: {response.text}"
    content = answers[str(response.status_code)].get("content", {})
    if not content:
        assert response.data == b""
        return
    assert response.mimetype in content
    declared = content[response.mimetype]
    if "schema" in declared:
        assert faults(declared["schema"], response.get_json(force=True), "") == []


def faults(schema: dict[str, Any], value: Any, path: str) -> list[str]:
    """Where `value` is not what the schema says."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return faults(description()["components"]["schemas"][name], value, path)
    if "anyOf" in schema:
        tried = [faults(option, value, path) for option in schema["anyOf"]]
        return [] if [] in tried else [f"{path}: fits no option: {tried}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path}: {value!r} is not in {schema['enum']}"]
    named = schema.get("type", list(TYPES))
    kinds = tuple(TYPES[name] for name in ([named] if isinstance(named, str) else named))
    if not isinstance(value, kinds) and not any(value is None for kind in kinds if kind is type(None)):
        return [f"{path}: {value!r} is no {named}"]
    if isinstance(value, list):
        return [fault for item in value for fault in faults(schema.get("items", {}), item, f"{path}[]")]
    return inside(schema, value, path) if isinstance(value, dict) else []


def inside(schema: dict[str, Any], value: dict[str, Any], path: str) -> list[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    found = [f"{path}.{name} is missing" for name in schema.get("required", []) if name not in value]
    for name, part in value.items():
        if name in known:
            found += faults(known[name], part, f"{path}.{name}")
        elif others is False:
            found.append(f"{path}.{name} is not declared")
        elif isinstance(others, dict):
            found += faults(others, part, f"{path}.{name}")
    return found
