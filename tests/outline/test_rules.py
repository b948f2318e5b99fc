"""Each rule of the template, on a document it finds nothing in and on one it must find."""

from __future__ import annotations

from typing import Any

import pytest

from intake.i18n import Text
from intake.outline import OUTLINE, check, is_submittable
from tests.outline.examples import GONE, document, example, found

OBJECTIVE = "objectives.specific.0"
TOTAL = 2_400_500_000_000

# The change to full_sk10, and the paths where the rule must then find something.
BROKEN: dict[str, list[tuple[dict[str, Any], list[str]]]] = {
    "R01": [({"name.name_vi": " "}, ["name.name_vi"]), ({"name.name_vi": GONE}, ["name.name_vi"])],
    "R02": [({"name.name_vi": "x" * 200}, ["name.name_vi"])],
    "R03": [({"lead_unit.lead": GONE}, ["lead_unit.lead"]), ({"lead_unit.lead.name": ""}, ["lead_unit.lead"])],
    "R04": [
        ({"rationale.legal_basis": []}, ["rationale.legal_basis"]),
        ({"rationale.legal_basis": [{"number": "57-NQ/TW"}]}, ["rationale.legal_basis"]),
    ],
    "R05": [
        ({"objectives.general": None}, ["objectives.general"]),
        ({"objectives.specific": []}, ["objectives.specific"]),
    ],
    "R06": [
        ({f"{OBJECTIVE}.achievable": ""}, [OBJECTIVE]),
        ({f"{OBJECTIVE}.measurable.target": None}, [OBJECTIVE]),
        ({f"{OBJECTIVE}.relevant": {"targets": [], "text": ""}}, [OBJECTIVE]),
    ],
    "R07": [
        ({f"{OBJECTIVE}.time_bound": "2031-01-01"}, [f"{OBJECTIVE}.time_bound"]),
        ({f"{OBJECTIVE}.time_bound": "2026-06-30"}, [f"{OBJECTIVE}.time_bound"]),
    ],
    "R08": [({"outputs": []}, ["outputs"]), ({"outputs.1.type": None}, ["outputs.1.type"])],
    "R09": [
        ({"alignment.primary_system": None}, ["alignment.primary_system"]),
        ({"alignment.targets": []}, ["alignment.targets"]),
    ],
    "R10": [
        ({"plan.phases.1.end": "2027-06"}, ["plan.phases.1.end"]),
        ({"plan.phases.0.start": None}, ["plan.phases.0.start"]),
    ],
    "R11": [
        ({"plan.phases.1.start": "2027-08"}, ["plan.phases.1.start"]),
        ({"plan.phases.1.start": "2027-06"}, ["plan.phases.1.start"]),
    ],
    "R12": [({"resources.finance.total": TOTAL - 1}, ["resources.finance.total"])],
    "R13": [
        (
            {"resources.by_phase.rows.2.staff": 1, "resources.by_phase.rows.2.phase": "GD1"},
            ["resources.by_phase.rows"] * 2,
        ),
        ({"resources.by_phase.rows.0.other": 30_000_000_001}, ["resources.by_phase.rows"]),
        ({"resources.by_phase.rows.0.phase": None}, ["resources.by_phase.rows", "resources.by_phase.rows.0.phase"]),
    ],
    "R14": [({"resources.finance.sources.1.source": "other"}, ["resources.finance.sources"])],
    "R15": [({"kpis.kpis": []}, ["kpis.kpis"]), ({"kpis": GONE}, ["kpis.kpis"])],
    "R16": [
        ({f"kpis.kpis.2.{name}": None}, [f"kpis.kpis.2.{name}"])
        for name in ("name", "unit", "baseline", "target", "deadline", "data_source", "objective")
    ],
    "R17": [({"kpis.kpis.1.objective": "MT1"}, ["kpis.kpis"])],
    "R18": [({"kpis.kpis.1.level": "input"}, ["kpis.kpis.1.level"])],
    "R19": [
        ({"risks.risks": []}, ["risks.risks"]),
        ({"risks.risks.0.response": " "}, ["risks.risks.0.response"]),
        ({"risks.risks.0.probability": None, "risks.risks.0.level": None}, ["risks.risks.0.probability"]),
    ],
    "R20": [({"risks.risks.1.owner": ""}, ["risks.risks.1.owner"])],
}

# Changes that come close and must not be found.
KEPT: dict[str, dict[str, Any]] = {
    "R01": {"name.name_vi": "A"},
    "R02": {"name.name_vi": "x" * 199},
    "R03": {"lead_unit.lead": GONE, "lead_unit.lead_to_be_assigned": True},
    "R04": {"rationale.legal_basis": [{"document": "Nghị quyết"}]},
    "R05": {"objectives.general": "Mục tiêu"},
    "R06": {f"{OBJECTIVE}.relevant": {"systems": ["ht3"]}, f"{OBJECTIVE}.measurable.target": 0},
    "R07": {f"{OBJECTIVE}.time_bound": "2030-12-31", "objectives.specific.1.time_bound": "2026-07-01"},
    "R08": {"outputs.1.description": None},
    "R09": {"alignment.other_systems": []},
    "R10": {"plan.phases.0.end": "2026-07"},
    "R11": {"plan.phases.0.end": "2028-12", "plan.phases.1.start": "2029-01"},
    "R12": {"resources.finance.total": TOTAL},
    "R13": {"resources.by_phase.rows.0.staff": None},
    "R14": {"resources.finance.sources.1.amount": 1},
    "R15": {"kpis.kpis.0.name": "Chỉ số"},
    "R16": {"kpis.kpis.2.baseline": 0, "kpis.kpis.2.target_ref": None},
    "R17": {"kpis.kpis.1.objective": "MT1", "kpis.kpis.0.objective": "MT2"},
    "R18": {"kpis.kpis.1.level": "output"},
    "R19": {"risks.risks.0.owner": None, "risks.risks.0.level": None},
    "R20": {"risks.risks.2.owner": "", "risks.risks.2.level": None},
}


@pytest.mark.parametrize(
    ("rule", "changes", "paths"),
    [(rule, *case) for rule, cases in BROKEN.items() for case in cases],
)
def test_rule_finds_what_breaks_it(rule, changes, paths):
    stored = document("full_sk10", changes)
    problems = [problem for problem in check(stored) if problem.rule == rule]
    assert [problem.path for problem in problems] == paths
    assert {problem.severity for problem in problems} == {OUTLINE.rule[rule].severity}
    assert {problem.section for problem in problems} == {OUTLINE.rule[rule].section}
    assert is_submittable(check(stored)) is False or OUTLINE.rule[rule].severity == "warning"


@pytest.mark.parametrize(("rule", "changes"), KEPT.items())
def test_rule_finds_nothing_in_what_keeps_it(rule, changes):
    assert found(document("full_sk10", changes), rule) == []


def test_every_rule_has_a_document_that_breaks_it_and_one_that_keeps_it():
    expected = {rule.id for rule in OUTLINE.rules} - {"R21"}
    assert set(BROKEN) == expected
    assert set(KEPT) == expected


NAME = example("full_sk10")["sections"]["name"]["name_vi"]


@pytest.mark.parametrize("own", [NAME, NAME.upper(), f"  {NAME.replace(' ', '   ')}.", NAME.replace(":", " -")])
def test_r21_finds_the_same_name_however_it_is_written(own):
    assert found(document("full_sk10"), "R21", (own,)) == ["name.name_vi"]
    assert not is_submittable(check(document("full_sk10"), (own,)))


@pytest.mark.parametrize("own", [(), ("Y tế thông minh",), (NAME + " 2",), ("", " ")])
def test_r21_finds_nothing_for_other_names(own):
    assert found(document("full_sk10"), "R21", own) == []


def test_r06_names_the_parts_that_are_missing():
    stored = document("full_sk10", {f"{OBJECTIVE}.achievable": "", f"{OBJECTIVE}.time_bound": None})
    (problem,) = [problem for problem in check(stored) if problem.rule == "R06"]
    assert problem.message == Text(
        "Mục tiêu cụ thể thiếu thành phần SMART: A - Khả thi; T - Có thời hạn.",
        "Specific objective lacks SMART parts: A - Achievable; T - Time-bound.",
    )
    assert str(problem.detail) == "This is about MT1."


def test_r13_says_which_source_and_which_amounts():
    stored = document("full_sk10", {"resources.by_phase.rows.0.other": 30_000_000_001})
    (problem,) = [problem for problem in check(stored) if problem.rule == "R13"]
    assert problem.detail is not None
    assert problem.detail.args == {
        "source": Text("Khác", "Other"),
        "stated": Text("100 tỷ đồng", "100 billion dong"),
        "found": Text("100.000.000.001 đồng", "100,000,000,001 dong"),
    }


@pytest.mark.parametrize("name", ["full_sk06", "full_sk10"])
def test_full_examples_have_no_problem_at_all(name):
    assert check(document(name)) == []
    assert is_submittable(check(document(name)))
