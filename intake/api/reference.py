"""The description for people: operations by subject, with who may call them and what they take and answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from intake.api.openapi import SCHEMAS, description
from intake.api.operations import OPERATIONS, Operation
from intake.api.samples import curl
from intake.i18n import N_, Message
from intake.policy import Role, roles_for
from intake.services.role_labels import ROLE_LABELS

HEADINGS: dict[str, Message] = {
    "proposals": N_("Proposals"),
    "reviews": N_("Reviews"),
    "desks": N_("Desks"),
    "sessions": N_("Sessions of the committee"),
    "documents": N_("Documents"),
    "follow-up": N_("Reports"),
    "catalogue": N_("Catalogue"),
    "public": N_("Look-up without a token"),
}
WHOLE_DOCUMENT = "InitiativeProposal"
DEEPEST = 4


@dataclass(frozen=True)
class Line:
    """One parameter or field: its place, what it is, whether it must be given."""

    name: str
    kind: str
    is_required: bool


@dataclass(frozen=True)
class Entry:
    """One operation as the page shows it."""

    method: str
    path: str
    anchor: str
    summary: Message
    roles: list[Message]
    is_public: bool
    parameters: list[Line]
    fields: list[Line]
    takes_document: bool
    statuses: list[int]
    sample: str

    @property
    def steps(self) -> list[str]:
        """The parts of the address: a narrow page breaks it between them."""
        return self.path.removeprefix("/").split("/")


@cache
def groups() -> list[tuple[Message, list[Entry]]]:
    """Every operation under the heading of its subject."""
    whole = description()
    return [
        (heading, [entry(whole, operation) for operation in OPERATIONS if operation.tag == tag])
        for tag, heading in HEADINGS.items()
    ]


def entry(whole: Mapping[str, Any], operation: Operation) -> Entry:
    address = operation.path
    for name, converter in operation.parameters:
        address = address.replace(f"<{name}>", f"{{{name}}}").replace(f"<{converter}:{name}>", f"{{{name}}}")
    described = whole["paths"][address][operation.method.lower()]
    components = whole["components"]["schemas"]
    body = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    takes_document = body.get("$ref") == f"{SCHEMAS}{WHOLE_DOCUMENT}"
    is_required = not operation.is_body_optional
    return Entry(
        method=operation.method,
        path=f"/api/v1{address}",
        anchor=operation.name.replace("_", "-"),
        summary=operation.summary,
        roles=[label for role, label in ROLE_LABELS.items() if Role(role) in callers(operation)],
        is_public=operation.is_public,
        parameters=[
            Line(one["name"], kind_of(one["schema"], components), one["required"]) for one in described["parameters"]
        ],
        fields=[] if takes_document else list(fields(body, components, "", DEEPEST, is_required=is_required)),
        takes_document=takes_document,
        statuses=operation.statuses,
        sample=curl(operation),
    )


def callers(operation: Operation) -> frozenset[Role]:
    """Roles that one of its rights admits."""
    if operation.is_public:
        return frozenset()
    return frozenset().union(*(roles_for(action) for action in (operation.action, *operation.also)))


def resolved(schema: Mapping[str, Any], components: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself: behind a reference, and without the null that an optional field may be."""
    if "$ref" in schema:
        return components[schema["$ref"].removeprefix(SCHEMAS)]
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    return resolved(options[0], components) if len(options) == 1 else schema


def fields(
    schema: Mapping[str, Any], components: Mapping[str, Any], path: str, deeper: int, *, is_required: bool
) -> Iterator[Line]:
    """Every field of a body with its dotted place; `[]` stands for each item of a list, `*` for each name."""
    found = resolved(schema, components)
    if path:
        yield Line(path, kind_of(schema, components), is_required)
    if not deeper:
        return
    required = found.get("required", [])
    for name, inner in found.get("properties", {}).items():
        place = f"{path}.{name}" if path else name
        yield from fields(inner, components, place, deeper - 1, is_required=name in required)
    items, values = found.get("items"), found.get("additionalProperties")
    if isinstance(items, Mapping) and "$ref" in items:
        yield from inside(items, components, f"{path}[]", deeper)
    if isinstance(values, Mapping):
        place = f"{path}.*" if path else "*"
        yield from fields(values, components, place, deeper - 1, is_required=False)


def inside(schema: Mapping[str, Any], components: Mapping[str, Any], path: str, deeper: int) -> Iterator[Line]:
    """The fields of the items of a list, without a line for the item itself."""
    lines = fields(schema, components, path, deeper, is_required=False)
    next(lines)
    yield from lines


def kind_of(schema: Mapping[str, Any], components: Mapping[str, Any]) -> str:
    """What a value is, in the words of JSON."""
    found = resolved(schema, components)
    if "enum" in found:
        return " | ".join(str(value) for value in found["enum"])
    if found.get("type") == "array":
        return f"array of {kind_of(found['items'], components)}"
    kind = found.get("type", "any")
    if isinstance(kind, list):
        kind = " | ".join(kind)
    limits = [f"{word} {found[key]}" for key, word in LIMITS.items() if key in found]
    return " ".join([found.get("format", kind), *limits])


LIMITS = {"minimum": ">=", "maximum": "<=", "maxLength": "max"}
