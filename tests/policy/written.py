"""The rights typed by hand in `expected.csv`, and the answer that follows from them, without the product's rules."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from intake.policy import Actor, Subject
from intake.workflow.procedures import KH01

COVER, SITTING = "proposal.read_cover", "session.read"
ALLOWED, HIDDEN, UNDECLARED, FORBIDDEN, LATER = "allowed", "404", "declare first", "403", "409"
# Typed from section 4 of the design.
MUST_DECLARE = {
    "ministry_lead",
    "ministry_reviewer",
    "engineer",
    "adviser",
    "committee_member",
    "committee_chair",
}
NOT_OFFICIAL = {"applicant", "implementer", "system"}
OWN_WORK = {"score_sheet.read_own", "opinion.read_own"}
SAID_FREELY = {COVER, "conflict.declare", "recusal.declare"}
# Not about one proposal that somebody could be conflicted in.
OF_NO_PROPOSAL = ("session.", "queue.", "ranking.", "clearance.", "user.", "settings.", "audit.", "token.", "members.")
OF_NO_PROPOSAL += ("document.issue", "proposal.create", "proposal.claim", "monitoring.")


@cache
def rights() -> dict[str, list[tuple[str, frozenset[str], str]]]:
    """Action to (role, relations, stage property)."""
    found: dict[str, list[tuple[str, frozenset[str], str]]] = {}
    with (Path(__file__).parent / "expected.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            entry = (row["role"], frozenset(row["relation"].split("+")) - {""}, row["when"])
            found.setdefault(row["action"], []).append(entry)
    return found


def is_about_a_text(action: str) -> bool:
    return action not in SAID_FREELY and not action.startswith(OF_NO_PROPOSAL)


def admitted(actor: Actor, action: str, subject: Subject) -> bool:
    """Whether a line admits the person, conflicts and declarations counted."""
    held = {relation.value for relation in subject.relations}
    role = actor.role.value
    if role not in NOT_OFFICIAL and "conflicted" in held:
        return False
    if role in MUST_DECLARE and is_about_a_text(action) and "declared" not in held:
        return False
    return any(
        role == whose and needed <= held and (not when or getattr(subject.stage, when))
        for whose, needed, when in rights()[action]
    )


def answer(actor: Actor, action: str, subject: Subject) -> str:
    """What the person hears: hidden, undeclared, forbidden, not at this stage, or allowed, in this order."""
    held = {relation.value for relation in subject.relations}
    if action in OWN_WORK and admitted(actor, action, subject):
        return ALLOWED
    if not admitted(actor, SITTING if action.startswith("session.") else COVER, subject):
        return HIDDEN
    if actor.role.value in MUST_DECLARE and is_about_a_text(action) and "declared" not in held:
        return UNDECLARED
    if admitted(actor, action, subject):
        return ALLOWED
    return LATER if any(admitted(actor, action, at(subject, stage.id)) for stage in KH01.stages) else FORBIDDEN


def at(subject: Subject, state: str) -> Subject:
    return Subject(relations=subject.relations, stage=KH01.stage(state))
