"""The 32 examples over the API: in and out again; the secret ones stopped; the published description of the format."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from intake.api import formats
from intake.api.openapi import description
from intake.models.base import Base
from intake.outline import JSON_SCHEMA
from tests.api.callers import APPLICANT, ORGANISATION, SECRETARY
from tests.outline.examples import NAMES, example
from tests.outline.json_schema_reader import is_valid

SECRET = ("short_sk03", "short_sk09", "short_sk20", "short_sk28", "short_sk30")
STOPPED = (
    "This initiative may touch state secrets, so nothing about it is received online and nothing was kept. "
    "Send the proposal to the Standing Agency by classified mail, or ask its secretariat first."
)


@pytest.fixture(scope="module")
def owner(shared):
    secretary = shared.caller(SECRETARY)
    for name in SECRET:
        initiative = name.removeprefix("short_")
        secretary.does(
            "POST", "/clearances", {"owner": ORGANISATION, "initiative": initiative, "reason": "Đã thống nhất."}
        )
    return shared.caller(ORGANISATION)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_comes_out_as_it_went_in(owner, name):
    code = owner.does("POST", "/proposals", example(name))["code"]
    assert owner.does("GET", f"/proposals/{code}/document") == {**example(name), "code": code}


def test_a_document_is_replaced_by_another_and_comes_out_as_it_went_in(owner):
    code = owner.does("POST", "/proposals", example("short_sk01"))["code"]
    for name in ("full_sk06", "short_sk30", "full_sk10"):
        owner.does("PUT", f"/proposals/{code}/document", example(name))
        assert owner.does("GET", f"/proposals/{code}/document") == {**example(name), "code": code}


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_initiative_is_stopped_without_a_trace(shared, name):
    applicant = shared.caller(APPLICANT)
    before = everything(shared)
    response = applicant.post("/proposals", example(name), Accept_Language="en", Idempotency_Key=name)
    answer = response.get_json(force=True)
    assert (response.status_code, answer["type"], answer["detail"]) == (422, "invalid", STOPPED)
    assert example(name)["sections"]["name"]["name_vi"] not in response.text
    assert everything(shared) == before


def everything(world) -> dict[str, int]:
    """How many rows each table has."""
    with world.database.reading() as db:
        tables = Base.metadata.sorted_tables
        return {table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_the_published_schema_accepts_every_example_and_is_the_one_that_is_used(shared):
    response = shared.app.test_client().get(formats.SCHEMA_ADDRESS)
    assert (response.status_code, response.mimetype) == (200, "application/schema+json")
    schema = response.get_json(force=True)
    assert schema == JSON_SCHEMA
    assert [name for name in NAMES if not is_valid(schema, example(name), schema)] == []


def test_schema_and_format_are_linked_from_both_descriptions(shared):
    client = shared.app.test_client()
    assert description()["components"]["schemas"]["InitiativeProposal"]["externalDocs"]["url"] == formats.SCHEMA_ADDRESS
    assert f'href="{formats.PAGE_ADDRESS}"' in client.get("/api/docs").text
    assert f'href="{formats.SCHEMA_ADDRESS}"' in client.get(formats.PAGE_ADDRESS).text


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Mục tiêu cụ thể (SMART)"), ("en", "Specific objectives (SMART)")]
)
def test_the_page_of_the_format_names_every_field(shared, language, words):
    page = shared.app.test_client().get(f"{formats.PAGE_ADDRESS}?lang={language}")
    assert (page.status_code, words in page.text) == (200, True)
    places = [line.place for _, lines in formats.parts() for line in lines]
    assert len(places) == len(set(places)) > 150
    assert [place for place in places if f">{place}<" not in page.text] == []
    assert {"sections.kpis.kpis[].milestones[].target", "sections.partners[].partner.name", "language"} <= set(places)
