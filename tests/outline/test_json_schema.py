"""The schema says what the importer does."""

from __future__ import annotations

import json
import math

import pytest

from intake.outline import JSON_SCHEMA, check_interchange
from tests.outline.examples import NAMES, example
from tests.outline.json_schema_reader import is_valid
from tests.outline.wrong_values import WRONG

# What a schema cannot say; the importer does.
BEYOND = {
    repr(value)
    for value in (
        "a\x00b",
        "a\ud800b",
        "a\u202eb",
        "a\uffffb",
        "2025-02-29",
        "MT2",
        0.1234567,
        2400500000000.0,
        1.0,
    )
}


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_valid(name):
    assert is_valid(JSON_SCHEMA, example(name), JSON_SCHEMA)


# NaN and infinity cannot be written in a JSON file.
WRITABLE = [case for case in WRONG if not (isinstance(case[1], float) and not math.isfinite(case[1]))]


@pytest.mark.parametrize(("place", "value", "path"), WRITABLE, ids=range(len(WRITABLE)))
def test_schema_and_importer_refuse_the_same(place, value, path):
    data = example("full_sk10", {place: value})
    is_beyond = (isinstance(value, str | float) and repr(value) in BEYOND) or value == 14
    assert is_valid(JSON_SCHEMA, data, JSON_SCHEMA) == (is_beyond or check_interchange(data) == [])


def test_schema_is_json_and_names_its_dialect():
    assert json.loads(json.dumps(JSON_SCHEMA)) == JSON_SCHEMA
    assert JSON_SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(JSON_SCHEMA["properties"]["sections"]["properties"]) == [
        "name",
        "lead_unit",
        "partners",
        "rationale",
        "objectives",
        "novelty",
        "scope",
        "outputs",
        "alignment",
        "plan",
        "resources",
        "kpis",
        "risks",
        "recommendations",
    ]
