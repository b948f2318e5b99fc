"""What the 30 short examples lack: five lists written by hand, and for the others every required section they lack."""

from __future__ import annotations

import pytest

from intake.outline import check
from tests.outline.examples import SHORT, document, example

# Read off the files by hand, in the order of the template: rule and path of everything that is found.
SK01 = [
    ("R03", "lead_unit.lead"),
    ("recommended", "lead_unit.lead_capacity"),
    ("recommended", "partners"),
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
# A person with a name of 207 characters, who asks for a lead unit to be assigned and is not asked for partners.
SK06 = [
    ("R02", "name.name_vi"),
    ("recommended", "lead_unit.lead_capacity"),
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
# Its first component has no name.
SK16 = [
    ("R03", "lead_unit.lead"),
    ("recommended", "lead_unit.lead_capacity"),
    ("recommended", "partners"),
    ("R04", "rationale.legal_basis"),
    ("required", "rationale.context"),
    ("required", "rationale.problem"),
    ("R05", "objectives.specific"),
    ("required", "novelty.current_state"),
    ("required", "novelty.new_elements"),
    ("required", "scope.components.0.name"),
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
# A person again; the name has exactly 200 characters, which is no longer "under 200".
SK24 = SK06
# A special project with a short name, proposed by a province.
SK26 = SK01

BY_HAND = {"short_sk01": SK01, "short_sk06": SK06, "short_sk16": SK16, "short_sk24": SK24, "short_sk26": SK26}
OTHERS = [name for name in SHORT if name not in BY_HAND]

# 001, Appendix I, part II: of its 14 sections only the partners (ours, a warning) and the recommendations ("nếu có")
# may be left out. Beside the template we ask for the administrative part.
REQUIRED = (
    "name",
    "lead_unit",
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
    "administrative",
)


@pytest.mark.parametrize("name", BY_HAND)
def test_five_examples_lack_what_was_read_off_by_hand(name):
    assert [(problem.rule, problem.path) for problem in check(document(name))] == BY_HAND[name]


def test_warnings_and_advice_are_told_from_errors():
    severities = {problem.rule: problem.severity for problem in check(document("short_sk06")) if problem.rule != "R04"}
    assert (severities["R02"], severities["recommended"]) == ("warning", "advice")
    found = [(problem.path, problem.severity) for problem in check(document("short_sk01"))]
    assert ("partners", "warning") in found and found.count(("lead_unit.lead_capacity", "advice")) == 1
    assert sum(severity == "error" for _, severity in found) == len(SK01) - 2


def test_there_are_25_others():
    assert len(OTHERS) == 25


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_name_every_required_section_they_lack(name):
    data = example(name)
    given = {*data["sections"], *(["administrative"] if "administrative" in data else [])}
    lacking = [part for part in REQUIRED if part not in given]
    assert lacking == ["rationale", "novelty", "outputs", "plan", "resources", "kpis", "risks", "administrative"]
    named = [problem.section for problem in check(document(name)) if problem.severity == "error"]
    assert [part for part in lacking if part not in named] == []
    assert {"recommendations", "partners"}.isdisjoint(named)
