"""Every operation declares its right and stands in the description; the description holds together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from intake.api.openapi import description
from intake.api.operations import OPERATIONS, PUBLIC, UndeclaredRight, operation
from intake.i18n import N_
from intake.policy import ACTIONS

OPEN = {
    "list_criteria",
    "list_initiatives",
    "list_organisations",
    "list_systems",
    "list_targets",
    "track",
}


def test_every_operation_declares_an_action_or_that_it_is_public():
    assert {one.name for one in OPERATIONS if one.action == PUBLIC} == OPEN
    assert [one.name for one in OPERATIONS if one.action not in ACTIONS and one.name not in OPEN] == []


@pytest.mark.parametrize("action", ["", "proposal.devour", None])
def test_operation_without_a_right_stops_the_start(action):
    before = list(OPERATIONS)
    with pytest.raises(UndeclaredRight, match=r"GET /planted: .* is no action of the policy"):
        operation("GET", "/planted", action=action, summary=N_("Planted"), tag="desks")(lambda call: None)
    assert before == OPERATIONS


def test_operation_must_name_an_action():
    unnamed: dict[str, Any] = {"summary": N_("Planted"), "tag": "desks"}
    with pytest.raises(TypeError, match="action"):
        operation("GET", "/planted", **unnamed)


def test_two_operations_cannot_share_an_address():
    def planted(call: Any) -> None: ...

    with pytest.raises(RuntimeError, match="declared twice"):
        operation("GET", "/queue", action="queue.read", summary=N_("Planted"), tag="desks")(planted)


def test_every_route_is_described_and_every_description_has_a_route(shared):
    described = {(method.upper(), path) for path, methods in description()["paths"].items() for method in methods}
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1"))
        for rule in shared.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "api.openapi"
        for method in (rule.methods or set()) - {"HEAD"}
    }
    assert routes == described


def test_every_route_carries_its_right(shared):
    views = {
        rule.endpoint: shared.app.view_functions[rule.endpoint]
        for rule in shared.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    rights = {endpoint.removeprefix("api."): view.intake_action for endpoint, view in views.items()}
    assert rights == {one.name: one.action for one in OPERATIONS} | dict.fromkeys(
        ("openapi", "docs", "document_schema", "document_format", "nothing_here"), PUBLIC
    )


def parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from parts(part)


def test_every_reference_leads_somewhere():
    whole = description()
    references = {part["$ref"] for part in parts(whole) if isinstance(part.get("$ref"), str)}
    known = {f"#/components/schemas/{name}" for name in whole["components"]["schemas"]}
    assert references == known


def test_structure_is_that_of_openapi_3_1():
    whole = description()
    assert whole["openapi"] == "3.1.0"
    assert set(whole) == {"openapi", "info", "servers", "tags", "paths", "components"}
    names = [one["operationId"] for methods in whole["paths"].values() for one in methods.values()]
    assert sorted(names) == sorted({one.name for one in OPERATIONS})
    for path, methods in whole["paths"].items():
        for one in methods.values():
            in_path = [parameter["name"] for parameter in one["parameters"] if parameter["in"] == "path"]
            assert in_path == re.findall(r"{(\w+)}", path)
            assert all(parameter["schema"] for parameter in one["parameters"])
            assert all(answer["description"] for answer in one["responses"].values())
            assert one["security"] == ([] if one["operationId"] in OPEN else [{"token": []}])


def test_document_body_is_the_schema_of_the_outline():
    schema = description()["components"]["schemas"]["InitiativeProposal"]
    assert schema["required"] == ["schema", "sections"]
    assert len(schema["properties"]["sections"]["properties"]) == 14


def test_description_is_served_as_it_is(shared):
    response = shared.app.test_client().get("/api/v1/openapi.json")
    assert (response.status_code, response.mimetype, response.json) == (200, "application/json", description())
