"""Wrong shapes are answered with the path of each error, whatever is sent."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import Invalid
from intake.outline import check_interchange, check_section, check_shape, import_proposal
from tests.outline.examples import document, example, put
from tests.outline.wrong_values import IDS, WRONG


def paths(data: Any) -> list[str]:
    return [path for path, _ in check_interchange(data)]


@pytest.mark.parametrize(("place", "value", "path"), WRONG, ids=IDS)
def test_wrong_value_is_reported_at_its_path(place, value, path):
    data = example("full_sk10", {place: value})
    assert paths(data) == ([path] if path else [])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema", "initiative-proposal/2"),
        ("template", "template.yaml version 2"),
        ("template", []),
        ("code", "SK-1"),
        ("language", "fr"),
        ("illustrative", "yes"),
        ("derived_from", []),
        ("sections", None),
        ("sections", []),
        ("administrative", []),
        ("unknown", 1),
    ],
)
def test_wrong_head_of_the_file_is_reported(key, value):
    assert paths({**example("full_sk10"), key: value}) == [key]


@pytest.mark.parametrize("data", [None, [], "x", 1, True, float("nan")])
def test_what_is_no_object_is_refused(data):
    assert paths(data) == [""]
    assert [path for path, _ in check_shape(data)] == [""]
    with pytest.raises(Invalid):
        import_proposal(data)


def test_names_of_unknown_fields_are_cut_and_cleaned():
    name = "\ud800\x00" + "k" * 10_000
    assert paths({**example("short_sk01"), name: 1}) == ["??" + "k" * 58]


def test_deep_nesting_is_not_followed():
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for place in ("name.name_vi", "plan.phases.0.name", "outputs.0.unit", "name.unknown"):
        data = example("full_sk10")
        put(data["sections"], "name.name_vi", "A")
        way, last = place.rsplit(".", 1)
        target = data["sections"]
        for name in way.split("."):
            target = target[int(name)] if isinstance(target, list) else target[name]
        target[last] = deep
        assert paths(data) == [place]


def test_a_flood_of_errors_is_cut_at_a_hundred():
    data = example("short_sk01") | {f"k{number}": number for number in range(5000)}
    assert len(paths(data)) == 100


STORED_WRONG = [
    ("schema", "kh01-2024", "schema"),
    ("extra", 1, "extra"),
    ("meta", None, "meta"),
    ("administrative", None, "administrative"),
    ("sections.plan.phases.0.id", "GD1", "sections.plan.phases.0.id"),
    ("sections.plan.phases.0.code", "GD1", "plan.phases.0.code"),
    ("sections.risks.risks.0.level", 15, "risks.risks.0.level"),
    ("sections.outputs.0.component", "0123456789ab", "outputs.0.component"),
]


@pytest.mark.parametrize(("place", "value", "path"), STORED_WRONG)
def test_wrong_stored_documents_are_reported(place, value, path):
    stored = copy.deepcopy(document("full_sk10"))
    put(stored, place, value)
    expected = path.removeprefix("sections.")
    found = [found for found, _ in check_shape(stored)]
    assert expected in found
    if "phases.0.id" not in place:
        assert found == [expected]


def test_two_rows_with_one_id_are_refused():
    stored = document("full_sk10")
    put(stored, "sections.risks.risks.0.id", stored["sections"]["outputs"][0]["id"])
    assert [path for path, _ in check_shape(stored)] == ["risks.risks.0.id"]


def test_a_part_that_does_not_exist_is_refused():
    assert [path for path, _ in check_section(document("full_sk10"), "nothing", {})] == ["nothing"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("sk01") | st.just("GD1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "code", "name", "x"]), inner),
    max_leaves=8,
)
places = st.sampled_from(sorted({place for place, _, _ in WRONG} | {"plan", "plan.phases", "outputs", "kpis.kpis.0"}))


@settings(max_examples=150, deadline=None)
@given(places, json_values)
def test_any_value_at_any_place_is_taken_or_refused_but_never_breaks(place, value):
    data = example("full_sk10", {place: value})
    try:
        stored = import_proposal(data)
    except Invalid as refused:
        assert refused.errors
    else:
        assert check_shape(stored) == []


@settings(max_examples=100, deadline=None)
@given(json_values)
def test_any_json_is_answered(value):
    assert isinstance(check_interchange(value), list)
    assert isinstance(
        check_shape({"schema": "kh01-2025", "sections": value, "administrative": value, "meta": value}), list
    )
