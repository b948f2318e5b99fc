"""Holders, periods and properties of the stages of kh01, against tables typed from the design."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.paths import REPOSITORY
from intake.workflow.procedure import STAGE_FLAGS
from intake.workflow.procedures import KH01, PROCEDURES, procedure_of, stage_of

# state: holder, working days, how the due date is found, hue of the tag
HELD = {
    "draft": (None, None, "days", ""),
    "reception": ("secretariat", 5, "days", "work"),
    "supplement": ("owner", 20, "days", "you"),
    "ministry_review": ("lead_ministry", 15, "days", "work"),
    "engineer_assessment": ("engineer", 10, "days", "work"),
    "synthesis": ("secretariat", 5, "days", "work"),
    "committee": ("secretariat", 20, "days", "decide"),
    "deferred": ("secretariat", 20, "given_day", "decide"),
    "revision": ("owner", 20, "days", "you"),
    "approved": ("deciding_body", 5, "days", "ok"),
    "implementation": ("lead_agency", None, "day_25", "ok"),
    "ineligible": (None, None, "days", "closed"),
    "merged": (None, None, "days", "closed"),
    "withdrawn": (None, None, "days", "closed"),
    "lapsed": (None, None, "days", "closed"),
    "rejected": (None, None, "days", "closed"),
    "completed": (None, None, "days", "done"),
    "stopped": (None, None, "days", "closed"),
}

PROPERTIES = {
    "is_initial": {"draft"},
    "is_final": {"ineligible", "merged", "withdrawn", "lapsed", "rejected", "completed", "stopped"},
    "owner_edits": {"draft", "supplement", "revision"},
    "stops_clock": {"supplement"},
    "settles_organisations": {"reception"},
    "experts_read": {"supplement", "ministry_review", "engineer_assessment", "synthesis"},
    "accepts_scores": {"ministry_review", "engineer_assessment", "synthesis"},
    "accepts_opinions": {"ministry_review"},
    "engineer_assesses": {"engineer_assessment"},
    "synthesis_open": {"synthesis"},
    "is_ranked": {"synthesis", "committee", "deferred"},
    "decided_in_session": {"committee"},
    "takes_reports": {"implementation"},
    "owner_restarts": {"lapsed", "withdrawn", "ineligible", "rejected"},
}

# Names that are words of no other subject; "draft" or "approved" mean other things as well.
UNMISTAKABLE = {"reception", "ministry_review", "engineer_assessment", "ineligible", "lapsed"}


def test_every_stage_has_the_holder_period_and_hue_of_the_design() -> None:
    assert {stage.id: (stage.holder, stage.days, stage.due, stage.tag) for stage in KH01.stages} == HELD


def test_every_property_holds_exactly_where_it_should() -> None:
    assert {flag: set(KH01.with_flag(flag)) for flag in STAGE_FLAGS} == PROPERTIES


def test_open_is_what_is_neither_draft_nor_final() -> None:
    open_states = set(KH01.with_flag("is_open"))
    assert open_states == set(HELD) - PROPERTIES["is_initial"] - PROPERTIES["is_final"]
    assert open_states == {state for state, (holder, *_) in HELD.items() if holder}


def test_an_unknown_property_is_refused() -> None:
    with pytest.raises(ValueError, match="accepts_bribes"):
        KH01.with_flag("accepts_bribes")


def test_on_an_agenda_the_body_holds_it() -> None:
    assert {stage.id: stage.agenda_holder for stage in KH01.stages if stage.agenda_holder} == {"committee": "body"}


def test_only_three_stages_ask_the_owner() -> None:
    assert KH01.asking_stages == ("reception", "ministry_review", "engineer_assessment")
    assert KH01.initial.id == "draft"


@pytest.mark.parametrize(
    ("system", "kind", "body"),
    [
        ("ht1", "initiative", "tt_bcdtw"),
        (None, None, "tt_bcdtw"),
        ("ht6", "initiative", "bcdtw"),
        ("ht2", "special_project", "bcdtw"),
    ],
)
def test_the_deciding_body_follows_system_and_kind(system: str | None, kind: str | None, body: str) -> None:
    assert KH01.deciding_body(system, kind) == body


def test_a_procedure_is_found_by_id_and_version() -> None:
    assert PROCEDURES == {("kh01", 1): KH01}
    assert procedure_of("kh01", 1) is KH01
    assert stage_of("kh01", 1, "committee") is KH01.stage("committee")


def strings(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def state_names_in(folder: Path, except_for: Path) -> list[str]:
    return [
        f"{file.relative_to(folder)}:{line} {text}"
        for file in sorted(folder.rglob("*.py"))
        if except_for not in file.parents
        for text, line in strings(file)
        if text in UNMISTAKABLE
    ]


def test_no_code_outside_the_procedures_names_a_state() -> None:
    assert state_names_in(REPOSITORY / "intake", REPOSITORY / "intake/workflow/procedures") == []


def test_a_state_named_elsewhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "view.py").write_text('if proposal.state == "reception":\n    pass\n')
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "kh02.py").write_text('STATE = "reception"\n')
    assert state_names_in(tmp_path, tmp_path / "procedures") == ["view.py:1 reception"]
