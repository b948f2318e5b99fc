"""The table of rights equals `expected.csv`, typed by hand from the design before the table existed."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from intake.i18n import Message
from intake.policy import ACTIONS, DECLARING_ROLES, POLICY, Actor, Relation, Role, Rule, Subject, allows, roles_for
from intake.workflow.procedure import STAGE_FLAGS, Stage
from intake.workflow.procedures import KH01

Right = tuple[str, str, str, str]
"""Action, role, relation, stage property."""

# Without these nothing on a proposal is possible; what needs them is tested in test_order_of_checks.
UNDISTURBED = frozenset({Relation.DECLARED})
TIES = [relation for relation in Relation if relation not in {Relation.DECLARED, Relation.CONFLICTED}]
RELATION_SETS = [frozenset[Relation]()] + [frozenset({tie}) for tie in TIES]
RELATION_SETS += [frozenset({tie, Relation.OWN_SHEET_IN}) for tie in TIES if tie is not Relation.OWN_SHEET_IN]


def written_down() -> list[Right]:
    with (Path(__file__).parent / "expected.csv").open(newline="", encoding="utf-8") as file:
        return [(row["action"], row["role"], row["relation"], row["when"]) for row in csv.DictReader(file)]


def declared(policy: dict[str, tuple[Rule, ...]]) -> list[Right]:
    return [
        (action, rule.role.value, "+".join(relation.value for relation in rule.relations), rule.when or "")
        for action, rules in policy.items()
        for rule in rules
    ]


def stage_with(flag: str) -> Stage:
    return replace(Stage("somewhere", Message("Somewhere"), public=Message("Somewhere")), **{flag: True})


EXPECTED = written_down()
STAGES: list[tuple[str, Stage | None]] = [("", None), *((flag, stage_with(flag)) for flag in sorted(STAGE_FLAGS))]


def test_the_table_has_every_right_written_down() -> None:
    assert sorted(set(EXPECTED) - set(declared(POLICY))) == []


def test_the_table_has_no_right_that_is_not_written_down() -> None:
    assert sorted(set(declared(POLICY)) - set(EXPECTED)) == []


def test_no_right_is_given_twice() -> None:
    assert len(EXPECTED) == len(set(EXPECTED)) == len(declared(POLICY))


def test_every_action_is_written_down() -> None:
    assert sorted(ACTIONS) == sorted({action for action, *_ in EXPECTED})


def test_every_move_of_the_procedure_is_an_action() -> None:
    moves = {f"proposal.{transition.name}" for transition in KH01.transitions}
    assert sorted(moves - ACTIONS) == []


def test_an_action_that_is_not_written_down_is_found() -> None:
    grown = {**POLICY, "proposal.burn": (Rule(Role.SECRETARY, Relation.RECEIVED),)}
    assert set(declared(grown)) - set(EXPECTED) == {("proposal.burn", "secretary", "received", "")}


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_answers_equal_what_is_written_down(action: str) -> None:
    """Every role, every relation (also with the own sheet in) and every stage property, asked of the code itself."""
    rights = [(role, frozenset(tie.split("+")) - {""}, when) for name, role, tie, when in EXPECTED if name == action]
    wrong = []
    for role, ties, (flag, stage) in product(Role, RELATION_SETS, STAGES):
        subject = Subject(relations=ties | UNDISTURBED, stage=stage)
        expected = any(
            right_role == role.value and needed <= ties and when in ("", flag) for right_role, needed, when in rights
        )
        if allows(Actor(1, role), action, subject) is not expected:
            wrong.append((role.value, sorted(ties), flag, "expected" if expected else "not expected"))
    assert wrong == []


def test_an_unknown_action_is_denied_to_everybody() -> None:
    everything = Subject(relations=frozenset(Relation) - {Relation.CONFLICTED}, stage=KH01.stage("synthesis"))
    assert [role for role in Role if allows(Actor(1, role), "proposal.burn", everything)] == []
    assert roles_for("proposal.burn") == frozenset()


def test_moves_never_name_a_stage_property() -> None:
    moves = {f"proposal.{transition.name}" for transition in KH01.transitions}
    assert [right for right in declared(POLICY) if right[0] in moves and right[3]] == []


def test_a_rule_cannot_name_an_unknown_stage_property() -> None:
    with pytest.raises(ValueError, match="accepts_bribes"):
        Rule(Role.SECRETARY, Relation.RECEIVED, "accepts_bribes")


def test_the_own_sheet_alone_opens_nothing() -> None:
    """It is true of everybody who owes no sheet, strangers included."""
    assert [rule for rules in POLICY.values() for rule in rules if rule.relations == (Relation.OWN_SHEET_IN,)] == []


def test_whoever_must_declare_can_declare_where_the_cover_is_seen() -> None:
    seen = {rule for rule in POLICY["proposal.read_cover"] if rule.role in DECLARING_ROLES}
    assert seen == {rule for rule in POLICY["conflict.declare"] if rule.role in DECLARING_ROLES}


def test_whoever_reads_the_text_sees_the_cover() -> None:
    assert set(POLICY["proposal.read"]) < set(POLICY["proposal.read_cover"])


def test_roles_for_an_action_are_those_of_its_rules() -> None:
    assert roles_for("proposal.request_supplement") == {Role.SECRETARY, Role.MINISTRY_LEAD, Role.ENGINEER}
