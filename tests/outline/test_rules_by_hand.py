"""Each of the 21 rules on a small document that breaks it, and on the same one with exactly that put right."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from intake.outline import Problem, check, import_proposal
from tests.outline.examples import put
from tests.outline.hand_written import CASES, Case

# Written from the template: five of its rules only warn.
SEVERITIES = {f"R{number:02d}": "error" for number in range(1, 22)} | dict.fromkeys(
    ("R02", "R11", "R14", "R18", "R20"), "warning"
)


def problems(sections: dict[str, Any], case: Case) -> list[Problem]:
    stored = import_proposal({"schema": "initiative-proposal/1", "sections": sections})
    return check(stored, case.own_names)


def mended(case: Case) -> dict[str, Any]:
    sections = copy.deepcopy(case.sections)
    for path, value in case.mended.items():
        put(sections, path, value)
    return sections


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_broken_rule_is_named_with_severity_and_path(case):
    found = [problem for problem in problems(case.sections, case) if problem.rule == case.rule]
    part = case.paths[0].split(".")[0]
    assert [(problem.severity, problem.section, problem.path) for problem in found] == [
        (case.severity, part, path) for path in case.paths
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_exactly_what_mends_a_rule_ends_it_and_breaks_no_other(case):
    before = {(problem.rule, problem.path) for problem in problems(case.sections, case)}
    after = {(problem.rule, problem.path) for problem in problems(mended(case), case)}
    assert [rule for rule, _ in after if rule == case.rule] == []
    assert {rule for rule, _ in after - before if rule.startswith("R")} == set()


def test_every_rule_of_the_template_is_here_with_its_severity():
    assert {case.rule: case.severity for case in CASES} == SEVERITIES


@pytest.mark.parametrize(
    ("rule", "path", "said"),
    [
        ("R07", "objectives.specific.0.time_bound", "This is about MT1."),
        ("R08", "outputs.1.type", "This is about SP2."),
        ("R13", "resources.by_phase.rows.0.phase", "This is about 1."),
        ("R17", "kpis.kpis", "This is about MT2."),
    ],
)
def test_a_problem_names_the_row_it_is_about(rule, path, said):
    (case,) = [case for case in CASES if (case.rule, case.paths) == (rule, (path,))][:1]
    (found,) = [problem for problem in problems(case.sections, case) if problem.rule == rule]
    assert str(found.detail) == said
