"""Every stage x move of kh01, against a table typed from section 3 of the design, not from the declaration."""

from __future__ import annotations

import pytest

from intake.errors import IllegalMove
from intake.workflow.machine import Position, available, next_state
from intake.workflow.procedures import KH01

STATES = [
    "draft",
    "reception",
    "supplement",
    "ministry_review",
    "engineer_assessment",
    "synthesis",
    "committee",
    "deferred",
    "revision",
    "approved",
    "implementation",
    "ineligible",
    "merged",
    "withdrawn",
    "lapsed",
    "rejected",
    "completed",
    "stopped",
]

# In supplement the stage that asked was the ministries'.
ASKED_BY = "ministry_review"

TARGETS = {
    ("draft", "submit"): "reception",
    ("draft", "withdraw"): "withdrawn",
    ("reception", "accept"): "ministry_review",
    ("reception", "request_supplement"): "supplement",
    ("reception", "decline"): "ineligible",
    ("reception", "merge"): "merged",
    ("reception", "withdraw"): "withdrawn",
    ("supplement", "resubmit"): "ministry_review",
    ("supplement", "withdraw"): "withdrawn",
    ("supplement", "lapse"): "lapsed",
    ("ministry_review", "conclude_review"): "engineer_assessment",
    ("ministry_review", "request_supplement"): "supplement",
    ("ministry_review", "return_to_reception"): "reception",
    ("ministry_review", "withdraw"): "withdrawn",
    ("engineer_assessment", "assess"): "synthesis",
    ("engineer_assessment", "return_to_ministries"): "ministry_review",
    ("engineer_assessment", "request_supplement"): "supplement",
    ("engineer_assessment", "return_to_reception"): "reception",
    ("engineer_assessment", "withdraw"): "withdrawn",
    ("synthesis", "refer"): "committee",
    ("synthesis", "return_to_ministries"): "ministry_review",
    ("synthesis", "return_to_engineer"): "engineer_assessment",
    ("synthesis", "withdraw"): "withdrawn",
    ("committee", "approve"): "approved",
    ("committee", "approve_with_conditions"): "approved",
    ("committee", "reject"): "rejected",
    ("committee", "defer"): "deferred",
    ("committee", "request_revision"): "revision",
    ("committee", "merge"): "merged",
    ("deferred", "reschedule"): "committee",
    ("revision", "resubmit"): "synthesis",
    ("revision", "withdraw"): "withdrawn",
    ("revision", "lapse"): "lapsed",
    ("approved", "assign"): "implementation",
    ("implementation", "complete"): "completed",
    ("implementation", "stop"): "stopped",
    ("implementation", "adjust"): "implementation",
}
MOVES = [
    "submit",
    "withdraw",
    "accept",
    "request_supplement",
    "decline",
    "merge",
    "resubmit",
    "lapse",
    "conclude_review",
    "return_to_reception",
    "assess",
    "return_to_ministries",
    "refer",
    "return_to_engineer",
    "approve",
    "approve_with_conditions",
    "reject",
    "defer",
    "request_revision",
    "reschedule",
    "assign",
    "complete",
    "stop",
    "adjust",
]

# Where one move has several makers, the design says who makes it from which stage.
MAKERS = [
    ("reception", "request_supplement", {"secretary"}),
    ("ministry_review", "request_supplement", {"ministry_lead", "secretary"}),
    ("engineer_assessment", "request_supplement", {"engineer"}),
    ("ministry_review", "return_to_reception", {"ministry_lead", "secretary"}),
    ("engineer_assessment", "return_to_reception", {"secretary"}),
    ("engineer_assessment", "return_to_ministries", {"engineer"}),
    ("synthesis", "return_to_ministries", {"secretary"}),
]

NEED_A_REASON = {
    "decline",
    "merge",
    "return_to_reception",
    "return_to_ministries",
    "return_to_engineer",
    "reject",
    "request_revision",
    "stop",
    "adjust",
}
OUTCOMES = {"approve", "approve_with_conditions", "reject", "defer", "request_revision", "merge"}


def test_the_states_and_moves_are_those_of_the_design() -> None:
    assert [stage.id for stage in KH01.stages] == STATES
    assert sorted(transition.name for transition in KH01.transitions) == sorted(MOVES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_possible_exactly_where_the_design_says(state: str, move: str) -> None:
    at = Position(state, asked_by=ASKED_BY)
    if (state, move) in TARGETS:
        assert next_state(KH01, at, move) == TARGETS[state, move]
    else:
        with pytest.raises(IllegalMove) as refused:
            next_state(KH01, at, move)
        assert refused.value.extra == {"transition": move, "state": state}


@pytest.mark.parametrize("asked_by", ["reception", "ministry_review", "engineer_assessment"])
def test_a_supplement_goes_back_to_the_stage_that_asked(asked_by: str) -> None:
    assert next_state(KH01, Position("supplement", asked_by), "resubmit") == asked_by
    assert KH01.transition("resubmit").target_from(Position("supplement", asked_by)) == asked_by


@pytest.mark.parametrize("asked_by", [None, "synthesis", "committee", "approved", "nowhere"])
def test_a_supplement_goes_back_to_no_stage_that_cannot_ask(asked_by: str | None) -> None:
    with pytest.raises(IllegalMove):
        next_state(KH01, Position("supplement", asked_by), "resubmit")


def test_a_revision_goes_back_to_synthesis_whoever_once_asked() -> None:
    assert next_state(KH01, Position("revision", "reception"), "resubmit") == "synthesis"


@pytest.mark.parametrize("state", STATES)
def test_what_is_offered_are_the_possible_moves_without_session_outcomes(state: str) -> None:
    in_session = OUTCOMES if state == "committee" else set()
    offered = {transition.name for transition in available(KH01, Position(state, asked_by=ASKED_BY))}
    assert offered == {move for source, move in TARGETS if source == state} - in_session


def test_a_resubmission_is_not_offered_when_nobody_asked() -> None:
    offered = [transition.name for transition in available(KH01, Position("supplement"))]
    assert offered == ["withdraw", "lapse"]


@pytest.mark.parametrize(("state", "move", "makers"), MAKERS)
@pytest.mark.parametrize("role", ["secretary", "ministry_lead", "engineer"])
def test_a_move_with_several_makers_is_made_from_each_stage_by_its_own(
    state: str, move: str, makers: set[str], role: str
) -> None:
    at = Position(state)
    if role in makers:
        assert next_state(KH01, at, move, role=role) == TARGETS[state, move]
    else:
        with pytest.raises(IllegalMove):
            next_state(KH01, at, move, role=role)
    offered = {transition.name for transition in available(KH01, at, role=role)}
    assert (move in offered) is (role in makers)


def test_other_moves_leave_who_to_the_policy() -> None:
    narrowed = {(state, t.name) for t in KH01.transitions for state in t.makers}
    assert narrowed == {(state, move) for state, move, _ in MAKERS}


def test_reasons_sessions_and_the_clock_are_asked_for_where_the_design_says() -> None:
    assert {t.name for t in KH01.transitions if t.needs_reason} == NEED_A_REASON
    assert {t.name for t in KH01.transitions if t.by_session} == OUTCOMES
    assert {t.name for t in KH01.transitions if t.by_role_system} == {"lapse"}


@pytest.mark.parametrize("state", STATES)
def test_an_outcome_is_the_sessions_wherever_it_is_wished_for_but_a_merge_at_reception(state: str) -> None:
    only_in_session = {move for move in MOVES if KH01.only_in_session(move, state)}
    assert only_in_session == (OUTCOMES if state == "committee" else OUTCOMES - {"merge"})


def test_data_that_come_with_a_move() -> None:
    asked = {t.name: (t.required_data, t.optional_data) for t in KH01.transitions if t.required_data or t.optional_data}
    assert asked == {
        "accept": (("lead",), ("cooperating", "assessing_system")),
        "request_supplement": (("remarks",), ()),
        "merge": (("into",), ()),
        "defer": ((), ("defer_until",)),
        "assign": (("supervisor", "lead_agency"), ()),
    }
