"""The OpenAPI 3.1 description, derived from the declared operations."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from intake import outline
from intake.api.formats import SCHEMA_ADDRESS
from intake.api.operations import ANY_BYTES, OPERATIONS, PARAMETER, PUBLIC, Operation
from intake.api.problems import MEDIA_TYPE, TITLES
from intake.api.shapes import InitiativeProposal
from intake.i18n import translate

SCHEMAS = "#/components/schemas/"
LAST_ROW = 999_999_999
Schema = dict[str, Any]

STATUS_WORDS = {
    200: "Done.",
    201: "Made.",
    202: "Being made; ask again after Retry-After seconds.",
    204: "Done; nothing to add.",
    304: "The caller has this already.",
    400: "The request cannot be read.",
    401: "No valid token.",
    403: "`forbidden`, or `declare-first` before a declaration of conflict of interest.",
    404: "It does not exist, or not for this caller.",
    409: "`illegal-move`, `stale` or `decided-in-session`.",
    413: "Too large.",
    415: "Another media type than the operation takes.",
    422: "`invalid` with the path of each error, or `incomplete` with what is missing.",
    429: "Too many look-ups from one place.",
    500: "Our fault.",
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same request is done once and answered twice alike.",
    "schema": {"type": "string", "maxLength": 200},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the text the writer started from; 409 `stale` when it has changed since.",
    "schema": {"type": "string"},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag the caller holds; 304 when nothing changed.",
    "schema": {"type": "string"},
}
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"enum": sorted(TITLES)},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "In the language that Accept-Language asks for: vi or en."},
        "problems": {"type": "array", "items": {"$ref": f"{SCHEMAS}Problem"}},
        "errors": {"type": "array", "items": {"$ref": f"{SCHEMAS}InputError"}},
    },
}
INPUT_ERROR: Schema = {
    "type": "object",
    "required": ["path", "message"],
    "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
    "additionalProperties": False,
}


@cache
def description() -> dict[str, Any]:
    """The whole description; the same for everybody."""
    schemas, components = shapes()
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        address = PARAMETER.sub(r"{\g<name>}", operation.path)
        paths.setdefault(address, {})[operation.method.lower()] = described(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "intake",
            "version": "1",
            "description": "Breakthrough initiatives under Plan 01-KH/BCĐTW: the same rules and rights as the pages.",
        },
        "servers": [{"url": "/api/v1"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(operation.tag for operation in OPERATIONS)],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": components,
        },
    }


def shapes() -> tuple[dict[Any, Schema], dict[str, Schema]]:
    """Schema of every body and answer, and the components they refer to."""
    bodies = {(operation.body, "validation") for operation in OPERATIONS if operation.body}
    queries = {(operation.query, "validation") for operation in OPERATIONS if operation.query}
    answers = {(operation.answer, "serialization") for operation in OPERATIONS if operation.answer}
    wanted: list[Any] = sorted(bodies | queries | answers, key=lambda pair: (pair[0].__name__, pair[1]))
    schemas, top = models_json_schema(wanted, ref_template=f"{SCHEMAS}{{model}}")
    components = top["$defs"]
    for operation in OPERATIONS:
        if operation.query:
            components.pop(operation.query.__name__, None)
    return schemas, components | interchange() | {"ProblemDocument": PROBLEM, "InputError": INPUT_ERROR}


def interchange() -> dict[str, Schema]:
    """The outline's own schema; its one shared part becomes a component of its own."""
    moved = json.dumps(outline.JSON_SCHEMA).replace("#/$defs/party", f"{SCHEMAS}Party")
    schema = json.loads(moved)
    party = schema.pop("$defs")["party"]
    del schema["$schema"], schema["$id"]
    schema["externalDocs"] = {"description": "The same as a JSON Schema of its own.", "url": SCHEMA_ADDRESS}
    return {InitiativeProposal.__name__: schema, "Party": party}


def described(operation: Operation, schemas: dict[Any, Schema]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": translate(operation.summary, "en"),
        "tags": [operation.tag],
        "x-action": operation.action,
        "parameters": parameters(operation),
        "responses": {str(status): response(operation, status, schemas) for status in operation.statuses},
        "security": [] if operation.action == PUBLIC else [{"token": []}],
    }
    if operation.body:
        content = {"application/json": {"schema": schemas[operation.body, "validation"]}}
        found["requestBody"] = {"required": not operation.is_body_optional, "content": content}
    if operation.receives:
        content = {ANY_BYTES: {"schema": {"type": "string", "format": "binary"}}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def parameters(operation: Operation) -> list[Schema]:
    """What varies in the address, the query, and the headers that matter."""
    found: list[Schema] = []
    for name, converter in operation.parameters:
        number = {"type": "integer", "minimum": 0, "maximum": LAST_ROW}
        schema = number if converter == "row" else {"type": "string", "minLength": 1}
        found.append({"name": name, "in": "path", "required": True, "schema": schema})
    if operation.query:
        declared = operation.query.model_json_schema()
        required = declared.get("required", [])
        for name, schema in declared["properties"].items():
            found.append({"name": name, "in": "query", "required": name in required, "schema": schema})
    if operation.writes:
        found.append(IDEMPOTENCY_KEY)
    if operation.takes_if_match:
        found.append(IF_MATCH)
    if operation.has_etag:
        found.append(IF_NONE_MATCH)
    return found


def response(operation: Operation, status: int, schemas: dict[Any, Schema]) -> Schema:
    """One answer: the operation's own, or a problem document."""
    found: Schema = {"description": STATUS_WORDS[status]}
    if headers := headers_of(operation, status):
        found["headers"] = {name: {"schema": {"type": "string"}} for name in headers}
    if status >= 400:
        found["content"] = {MEDIA_TYPE: {"schema": {"$ref": f"{SCHEMAS}ProblemDocument"}}}
    elif status == operation.status and operation.answer:
        content = {"application/json": {"schema": schemas[operation.answer, "serialization"]}}
        found["content"] = content
    elif status == operation.status and "application/json" not in operation.media_types:
        found["content"] = {media_type: {} for media_type in operation.media_types}
    return found


def headers_of(operation: Operation, status: int) -> list[str]:
    found = {201: ["Location"], 202: ["Retry-After"], 401: ["WWW-Authenticate"], 429: ["Retry-After"]}.get(status, [])
    if operation.has_etag and status in (200, 304):
        found = [*found, "ETag"]
    return found
