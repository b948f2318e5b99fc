"""A procedure that contradicts itself cannot be declared."""

from __future__ import annotations

import pytest

from intake.i18n import Message
from intake.workflow.procedure import ASKING_STAGE, BadProcedure, Position, Procedure, Stage, Transition

TEXT = Message("Text")


def stage(name: str, **properties) -> Stage:
    return Stage(name, TEXT, public=TEXT, **properties)


def move(name: str, sources: str, target: str) -> Transition:
    return Transition(name, TEXT, sources=tuple(sources.split()), target=target)


DRAFT = stage("draft", is_initial=True)
DESK = stage("desk", holder="secretariat", days=5)
ASKED = stage("asked", holder="owner", days=20, stops_clock=True)
END = stage("end", is_final=True)
SUBMIT = move("submit", "draft", "desk")
FINISH = move("finish", "desk", "end")

FAULTS = [
    ((DRAFT, DESK, DESK, END), (SUBMIT, FINISH), "stage desk is declared 2 times"),
    ((DRAFT, DESK, END), (SUBMIT, FINISH, FINISH), "transition finish is declared 2 times"),
    ((DESK, END), (FINISH,), "one initial stage is needed, not []"),
    (
        (DRAFT, stage("other", is_initial=True), DESK, END),
        (SUBMIT, FINISH),
        "one initial stage is needed, not ['draft', 'other']",
    ),
    (
        (stage("draft", is_initial=True, is_final=True), DESK, END),
        (SUBMIT, FINISH),
        "draft is both initial and final; submit starts from final state draft",
    ),
    ((DRAFT, stage("desk", days=5), END), (SUBMIT, FINISH), "desk must have a holder exactly when it is open"),
    (
        (DRAFT, DESK, stage("end", is_final=True, holder="owner")),
        (SUBMIT, FINISH),
        "end must have a holder exactly when it is open",
    ),
    (
        (DRAFT, stage("desk", holder="secretariat"), END),
        (SUBMIT, FINISH),
        "desk must have a period exactly when it is open",
    ),
    (
        (DRAFT, stage("desk", holder="secretariat", days=0), END),
        (SUBMIT, FINISH),
        "desk must have a period exactly when it is open",
    ),
    ((DRAFT, DESK, END), (SUBMIT, FINISH, move("lose", "attic", "end")), "lose starts from unknown state attic"),
    ((DRAFT, DESK, END), (SUBMIT, FINISH, move("lose", "desk", "attic")), "lose leads to unknown state attic"),
    ((DRAFT, DESK, END), (SUBMIT, FINISH, move("wake", "end", "desk")), "wake starts from final state end"),
    (
        (DRAFT, DESK, END),
        (SUBMIT, FINISH, move("answer", "desk", ASKING_STAGE)),
        "answer goes back to an asking stage from desk, which stops no clock",
    ),
    (
        (DRAFT, DESK, END, stage("island", holder="owner", days=1)),
        (SUBMIT, FINISH, move("leave", "island", "end")),
        "no way leads to island",
    ),
    (
        (DRAFT, DESK, END, stage("trap", holder="owner", days=1)),
        (SUBMIT, FINISH, move("fall", "desk", "trap"), move("turn", "trap", "trap")),
        "no way leads out of trap",
    ),
]


def test_a_sound_procedure_can_be_declared() -> None:
    ask, answer = move("ask", "desk", "asked"), move("answer", "asked", ASKING_STAGE)
    procedure = Procedure("small", 1, (DRAFT, DESK, ASKED, END), (SUBMIT, FINISH, ask, answer))
    assert procedure.asking_stages == ("desk",)
    assert procedure.transition("answer").target_from(Position("asked", "desk")) == "desk"


@pytest.mark.parametrize(("stages", "transitions", "fault"), FAULTS, ids=[fault for *_, fault in FAULTS])
def test_a_fault_is_named_when_declared(stages, transitions, fault: str) -> None:
    with pytest.raises(BadProcedure) as refused:
        Procedure("bad", 1, stages, transitions)
    assert str(refused.value) == f"procedure bad 1: {fault}"


@pytest.mark.parametrize(
    "ends",
    [{}, {"sources": ("draft",)}, {"target": "desk"}, {"sources": ("a",), "target": "b", "targets": {"a": "b"}}],
)
def test_a_move_has_either_one_target_or_several(ends) -> None:
    with pytest.raises(BadProcedure, match="give either sources and one target, or targets"):
        Transition("submit", TEXT, **ends)


def test_makers_are_named_only_for_sources() -> None:
    with pytest.raises(BadProcedure, match=r"makers named for \['attic'\]"):
        Transition("submit", TEXT, sources=("draft",), target="desk", makers={"attic": ("secretary",)})


def test_a_move_says_where_it_leads() -> None:
    """To its one target, to that of the state it starts from, or back to the stage that asked."""
    resubmit = Transition("resubmit", TEXT, targets={"asked": ASKING_STAGE, "revised": "desk"})
    assert SUBMIT.target_from(Position("draft")) == "desk"
    assert resubmit.target_from(Position("revised", asked_by="chamber")) == "desk"
    assert resubmit.target_from(Position("asked", asked_by="chamber")) == "chamber"


def test_an_answer_without_a_question_has_no_target() -> None:
    with pytest.raises(ValueError, match="none is recorded"):
        move("answer", "asked", ASKING_STAGE).target_from(Position("asked"))
