"""What must be filled beyond the rules, on the short examples and on full ones with something taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.i18n import Message, Text
from intake.outline import (
    Problem,
    check,
    check_shape,
    display_section,
    empty_document,
    export_proposal,
    is_submittable,
    missing_sections,
    progress,
)
from intake.outline.walk import OUTLINE
from tests.outline.examples import GONE, SHORT, document, example

# By hand from the files: sections 4, 6, 8 and 10 to 13 are not in them, nor is the administrative part; objectives
# and targets are empty lists.
NOT_FILLED = [
    ("R04", "rationale.legal_basis"),
    ("required", "rationale.context"),
    ("required", "rationale.problem"),
    ("R05", "objectives.specific"),
    ("required", "novelty.current_state"),
    ("required", "novelty.new_elements"),
    ("R08", "outputs"),
    ("R09", "alignment.targets"),
    ("R10", "plan.phases"),
    ("required", "resources.finance.total"),
    ("required", "resources.finance.sources"),
    ("required", "resources.human.key_staff"),
    ("required", "resources.by_phase.rows"),
    ("R15", "kpis.kpis"),
    ("R19", "risks.risks"),
    ("required", "administrative.confidentiality"),
    ("required", "administrative.publish_consent"),
    ("required", "administrative.declarations.truthful"),
    ("required", "administrative.declarations.no_ip_infringement"),
    ("required", "administrative.declarations.not_duplicate"),
    ("required", "administrative.declarations.data_processing"),
]
# By hand: the five whose proposer is a person ask for a lead unit to be assigned; the others neither name one nor ask.
ASK_FOR_A_LEAD = {"short_sk06", "short_sk12", "short_sk18", "short_sk24", "short_sk30"}
# By hand: the first component of sk16 has an empty name.
WITHOUT_A_NAME = {"short_sk16": [("required", "scope.components.0.name")]}


def _errors(name: str) -> list[tuple[str, str]]:
    return [(problem.rule, problem.path) for problem in check(document(name)) if problem.severity == "error"]


@pytest.mark.parametrize("name", SHORT)
def test_short_examples_lack_exactly_what_they_lack(name):
    lead = [] if name in ASK_FOR_A_LEAD else [("R03", "lead_unit.lead")]
    expected = [*lead, *NOT_FILLED[:6], *WITHOUT_A_NAME.get(name, []), *NOT_FILLED[6:]]
    assert _errors(name) == expected


@pytest.mark.parametrize("name", SHORT)
def test_short_examples_leave_seven_required_sections_empty(name):
    stored = document(name)
    assert missing_sections(stored) == ("rationale", "novelty", "outputs", "plan", "resources", "kpis", "risks")
    assert not is_submittable(check(stored))


def test_persons_are_not_asked_for_partners():
    asked = {name for name in SHORT if ("partners", "warning") in _unforced(name)}
    assert asked == set(SHORT) - ASK_FOR_A_LEAD


def _unforced(name: str) -> set[tuple[str, str]]:
    return {(problem.path, problem.severity) for problem in check(document(name)) if problem.rule == "recommended"}


def _required(changes: dict) -> list[str]:
    return [problem.path for problem in check(document("full_sk10", changes)) if problem.rule == "required"]


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"rationale.context": "x" * 99}, ["rationale.context"]),
        ({"rationale.context": "x" * 100}, []),
        ({"objectives.general": "x" * 29 + "  "}, ["objectives.general"]),
        ({"name.initiative_ref": None}, ["name.initiative_ref"]),
        ({"name.initiative_ref": None, "name.kind": "new"}, []),
        ({"name.kind": GONE}, ["name.kind"]),
        ({"lead_unit.proposer": GONE}, ["lead_unit.proposer.name"]),
        ({"lead_unit.lead.contact_person": GONE}, []),
        ({"partners.1.partner": " "}, ["partners.1.partner"]),
        ({"partners.1.partner": None}, ["partners.1.partner.name"]),
        ({"partners.1.partner": {"name": "VNPT"}}, []),
        ({"partners": GONE}, []),
        ({"recommendations": GONE}, []),
        ({"recommendations.items.0.content": ""}, ["recommendations.items.0.content"]),
        ({"resources.finance.sources.0.amount": None}, ["resources.finance.sources.0.amount"]),
        ({"administrative.declarations.truthful": False}, ["administrative.declarations.truthful"]),
        ({"administrative.publish_consent": False}, []),
        ({"administrative.publish_consent": None}, ["administrative.publish_consent"]),
    ],
)
def test_required_fields(changes, paths):
    assert _required(changes) == paths


def test_a_code_that_no_row_has_is_reported_and_kept():
    changes = {"kpis.kpis.0.objective": "MT9", "outputs.0.due": "GD7", "outputs.1.component": "HP44"}
    stored = document("full_sk10", changes)
    assert [problem.path for problem in check(stored) if problem.rule == "reference"] == [
        "outputs.0.due",
        "outputs.1.component",
        "kpis.kpis.0.objective",
    ]
    assert export_proposal(stored) == example("full_sk10", changes)
    assert check_shape(stored) == []
    assert display_section(stored, "outputs", "vi").entries[0].children[0].children[5].text == "GD7"


def test_missing_section_is_said_in_words():
    problems = check(document("full_sk10", {"novelty.current_state": ""}))
    assert problems == [
        Problem(
            rule="required",
            severity="error",
            section="novelty",
            path="novelty.current_state",
            message=Message("%(label)s: this is missing.", {"label": Text("Hiện trạng", "Present state")}),
        )
    ]


def test_one_place_is_reported_once():
    problems = check(empty_document())
    places = [problem.path for problem in problems if problem.severity == "error"]
    assert len(places) == len(set(places))
    assert [problem.section for problem in problems] == sorted(
        (problem.section for problem in problems), key=list(OUTLINE.bodies).index
    )


def test_progress_tells_empty_from_started_from_complete():
    stored = document("short_sk01")
    states = progress(stored, check(stored))
    assert {part for part, state in states.items() if state == "complete"} == {"name", "scope"}
    assert {part for part, state in states.items() if state == "started"} == {"lead_unit", "objectives", "alignment"}
    assert set(states.values()) == {"complete", "started", "empty"}


def test_a_problem_is_told_in_either_language():
    words, detail = Text("Chưa có chỉ số", "No indicator"), Message("%(count)d missing", {"count": 3})
    found = Problem("R14", "error", "kpis", "kpis.kpis", words, detail)
    told = {"rule": "R14", "severity": "error", "section": "kpis", "path": "kpis.kpis"}
    assert found.as_dict("en") == {**told, "message": "No indicator", "detail": "3 missing"}
    assert replace(found, detail=None).as_dict("vi") == {**told, "message": "Chưa có chỉ số", "detail": None}
