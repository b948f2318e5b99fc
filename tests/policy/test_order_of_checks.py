"""Refusals come in one order: hidden (404), undeclared (403 declare-first), not one's right (403)."""

from __future__ import annotations

import pytest

from intake.errors import DeclareFirst, DomainError, Forbidden, NotFound
from intake.policy import (
    ACTIONS,
    DECLARING_ROLES,
    OFFICIAL_ROLES,
    PRE_DECLARATION_ACTIONS,
    Actor,
    Relation,
    Role,
    Subject,
    allows,
    ensure,
)
from intake.workflow.procedures import KH01

R = Relation
EVERY_TIE = frozenset(Relation) - {R.CONFLICTED}

# Role, state, relations, action, answer. Typed from DESIGN sections 3 and 4; the journeys of real people.
ANSWERS = [
    # A stranger sees nothing, whatever he tries.
    ("applicant", "reception", set(), "proposal.read", NotFound),
    ("applicant", "reception", set(), "proposal.withdraw", NotFound),
    ("applicant", "reception", set(), "proposal.approve", NotFound),
    # The owner sees his own, and hears 403 for what is not his to do.
    ("applicant", "reception", {R.OWNER}, "proposal.read", None),
    ("applicant", "reception", {R.OWNER}, "proposal.withdraw", None),
    ("applicant", "committee", {R.OWNER}, "proposal.withdraw", None),
    ("applicant", "reception", {R.OWNER}, "proposal.edit", Forbidden),
    ("applicant", "draft", {R.OWNER}, "proposal.edit", None),
    ("applicant", "revision", {R.COAUTHOR_EDIT}, "proposal.edit", None),
    ("applicant", "draft", {R.COAUTHOR_READ}, "proposal.edit", Forbidden),
    ("applicant", "draft", {R.COAUTHOR_EDIT}, "proposal.submit", Forbidden),
    ("applicant", "committee", {R.OWNER}, "proposal.approve", Forbidden),
    ("applicant", "synthesis", {R.OWNER}, "score_sheet.read_all", Forbidden),
    ("applicant", "synthesis", {R.OWNER}, "opinion.read_all", Forbidden),
    ("applicant", "synthesis", {R.OWNER}, "assignment.read", Forbidden),
    # The secretary from reception on; a draft does not exist for him.
    ("secretary", "draft", set(), "proposal.read_cover", NotFound),
    ("secretary", "draft", set(), "proposal.accept", NotFound),
    ("secretary", "reception", {R.RECEIVED}, "proposal.accept", None),
    ("secretary", "reception", {R.RECEIVED}, "organisations.settle", None),
    ("secretary", "ministry_review", {R.RECEIVED}, "organisations.settle", None),
    ("secretary", "committee", {R.RECEIVED}, "organisations.settle", Forbidden),
    ("secretary", "committee", {R.RECEIVED}, "proposal.merge", None),
    ("secretary", "committee", {R.RECEIVED}, "proposal.approve", Forbidden),
    ("secretary", "implementation", {R.RECEIVED}, "proposal.stop", Forbidden),
    ("secretary", "ministry_review", {R.RECEIVED}, "score_sheet.write", Forbidden),
    ("secretary", "reception", {R.RECEIVED, R.CONFLICTED}, "proposal.read_cover", NotFound),
    # The ministries: cover, declaration, text until refer, nothing afterwards.
    ("ministry_lead", "ministry_review", set(), "proposal.read_cover", NotFound),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY}, "proposal.read_cover", None),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY}, "conflict.declare", None),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY}, "proposal.read", DeclareFirst),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY}, "proposal.approve", DeclareFirst),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY, R.DECLARED}, "proposal.read", None),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY, R.DECLARED}, "proposal.approve", Forbidden),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY, R.DECLARED}, "proposal.conclude_review", Forbidden),
    (
        "ministry_lead",
        "ministry_review",
        {R.OWN_MINISTRY, R.LEAD_MINISTRY, R.DECLARED},
        "proposal.conclude_review",
        None,
    ),
    ("ministry_lead", "synthesis", {R.OWN_MINISTRY, R.LEAD_MINISTRY, R.DECLARED}, "proposal.conclude_review", None),
    ("ministry_lead", "committee", {R.OWN_MINISTRY, R.LEAD_MINISTRY, R.DECLARED}, "proposal.conclude_review", NotFound),
    ("ministry_lead", "committee", {R.OWN_MINISTRY, R.DECLARED}, "proposal.read", NotFound),
    ("ministry_lead", "ministry_review", {R.OWN_MINISTRY, R.DECLARED}, "score_sheet.read_ministry", Forbidden),
    ("ministry_lead", "ministry_review", {R.OWN_SHEET_IN, R.DECLARED}, "score_sheet.read_ministry", NotFound),
    ("ministry_lead", "synthesis", {R.OWN_MINISTRY, R.OWN_SHEET_IN, R.DECLARED}, "score_sheet.read_ministry", None),
    ("ministry_lead", "synthesis", {R.OWN_MINISTRY, R.OWN_SHEET_IN, R.DECLARED}, "score_sheet.read_all", Forbidden),
    ("ministry_reviewer", "ministry_review", {R.ASSIGNED}, "score_sheet.write", DeclareFirst),
    ("ministry_reviewer", "ministry_review", {R.ASSIGNED, R.DECLARED}, "score_sheet.write", None),
    ("ministry_reviewer", "synthesis", {R.ASSIGNED, R.DECLARED}, "score_sheet.write", None),
    ("ministry_reviewer", "supplement", {R.ASSIGNED, R.DECLARED}, "score_sheet.write", Forbidden),
    ("ministry_reviewer", "supplement", {R.ASSIGNED, R.DECLARED}, "proposal.read", None),
    ("ministry_reviewer", "committee", {R.ASSIGNED, R.DECLARED}, "score_sheet.write", NotFound),
    ("ministry_reviewer", "ministry_review", {R.DECLARED}, "proposal.read", NotFound),
    # His own sheet he keeps, not the proposal; a conflict takes even that.
    ("ministry_reviewer", "committee", {R.DECLARED}, "score_sheet.read_own", None),
    ("ministry_reviewer", "committee", set(), "score_sheet.read_own", NotFound),
    ("adviser", "committee", {R.DECLARED}, "opinion.read_own", None),
    ("ministry_reviewer", "ministry_review", {R.ASSIGNED, R.CONFLICTED}, "score_sheet.read_own", NotFound),
    ("ministry_reviewer", "ministry_review", {R.ASSIGNED, R.CONFLICTED}, "conflict.declare", NotFound),
    ("ministry_reviewer", "ministry_review", {R.ASSIGNED, R.CONFLICTED}, "proposal.read_cover", NotFound),
    # The engineer scores blind, then all is open to him.
    ("engineer", "engineer_assessment", {R.OWN_SYSTEM, R.DECLARED}, "score_sheet.read_all", Forbidden),
    ("engineer", "engineer_assessment", {R.OWN_SYSTEM, R.OWN_SHEET_IN, R.DECLARED}, "score_sheet.read_all", None),
    ("engineer", "synthesis", {R.OWN_SYSTEM, R.DECLARED}, "assessment.write", Forbidden),
    ("engineer", "committee", {R.OWN_SYSTEM, R.OWN_SHEET_IN, R.DECLARED}, "proposal.read", NotFound),
    ("adviser", "synthesis", {R.ASSIGNED, R.DECLARED}, "opinion.write", None),
    ("adviser", "committee", {R.ASSIGNED, R.DECLARED}, "opinion.write", Forbidden),
    # The body: from agenda to release, the decision for ever; only the chair fires outcomes.
    ("committee_member", "committee", set(), "proposal.read_cover", NotFound),
    ("committee_member", "committee", {R.IN_SESSION}, "synthesis.read", DeclareFirst),
    ("committee_member", "committee", {R.IN_SESSION}, "recusal.declare", None),
    ("committee_member", "committee", {R.IN_SESSION, R.DECLARED}, "ballot.cast", None),
    ("committee_member", "committee", {R.IN_SESSION, R.DECLARED}, "proposal.approve", Forbidden),
    ("committee_member", "committee", {R.IN_SESSION, R.CONFLICTED}, "ballot.cast", NotFound),
    ("committee_member", "approved", {R.DECIDED_BY_BODY, R.DECLARED}, "proposal.read_decision", None),
    ("committee_member", "approved", {R.DECIDED_BY_BODY, R.DECLARED}, "proposal.read", Forbidden),
    ("committee_chair", "committee", {R.DECIDING_CHAIR, R.DECLARED}, "proposal.approve", None),
    ("committee_chair", "committee", {R.DECIDING_CHAIR, R.DECLARED}, "proposal.merge", None),
    ("committee_chair", "committee", {R.DECIDING_CHAIR}, "proposal.approve", DeclareFirst),
    ("committee_chair", "committee", {R.IN_SESSION, R.DECLARED}, "proposal.approve", Forbidden),
    ("committee_chair", "reception", {R.DECIDING_CHAIR, R.DECLARED}, "proposal.merge", NotFound),
    ("committee_chair", "approved", {R.DECIDING_CHAIR, R.DECIDED_BY_BODY, R.DECLARED}, "proposal.assign", None),
    # The lead agency, also when the proposal came from its own organisation.
    ("implementer", "implementation", {R.LEAD_AGENCY}, "report.write", None),
    ("implementer", "implementation", {R.LEAD_AGENCY, R.CONFLICTED}, "report.write", None),
    ("implementer", "completed", {R.LEAD_AGENCY}, "report.write", Forbidden),
    ("implementer", "implementation", set(), "report.read", NotFound),
    ("system", "supplement", set(), "proposal.lapse", None),
    ("system", "supplement", set(), "proposal.read", Forbidden),
]


def answer(actor: Actor, action: str, subject: Subject) -> type[DomainError] | None:
    try:
        ensure(actor, action, subject)
    except DomainError as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(("role", "state", "relations", "action", "expected"), ANSWERS)
def test_a_person_is_answered(
    role: str, state: str, relations: set[Relation], action: str, expected: type[DomainError] | None
) -> None:
    subject = Subject(relations=frozenset(relations), stage=KH01.stage(state))
    assert answer(Actor(7, Role(role)), action, subject) is expected


@pytest.mark.parametrize(
    ("role", "action", "expected"),
    [
        ("applicant", "user.manage", Forbidden),
        ("administrator", "user.manage", None),
        ("administrator", "audit.read", Forbidden),
        ("auditor", "audit.read", None),
        ("committee_chair", "ranking.read", None),
        ("committee_member", "ranking.read", Forbidden),
        ("secretary", "session.create", None),
        ("committee_chair", "session.create", Forbidden),
        ("applicant", "session.read", NotFound),
        ("applicant", "session.release", NotFound),
        ("secretary", "session.release", Forbidden),
        ("applicant", "proposal.create", None),
        ("secretary", "proposal.create", Forbidden),
        ("applicant", "token.create", None),
        ("system", "token.create", Forbidden),
    ],
)
def test_an_action_without_a_proposal_is_answered(role: str, action: str, expected: type[DomainError] | None) -> None:
    assert answer(Actor(7, Role(role)), action, Subject()) is expected


def test_a_member_reads_the_session_and_only_the_chair_releases_it() -> None:
    sitting = Subject(relations=frozenset({R.IN_SESSION}))
    assert answer(Actor(7, Role.COMMITTEE_MEMBER), "session.read", sitting) is None
    assert answer(Actor(7, Role.COMMITTEE_MEMBER), "session.release", sitting) is Forbidden
    chaired = Subject(relations=frozenset({R.IN_SESSION, R.DECIDING_CHAIR}))
    assert answer(Actor(7, Role.COMMITTEE_CHAIR), "session.release", chaired) is None


@pytest.mark.parametrize("role", sorted(OFFICIAL_ROLES))
@pytest.mark.parametrize("stage", KH01.stages, ids=lambda stage: stage.id)
def test_a_conflict_removes_every_official_right(role: Role, stage) -> None:
    conflicted = Subject(relations=frozenset(Relation), stage=stage)
    assert [action for action in sorted(ACTIONS) if allows(Actor(7, role), action, conflicted)] == []


@pytest.mark.parametrize("stage", KH01.stages, ids=lambda stage: stage.id)
def test_a_conflict_leaves_the_rights_of_owners_and_authors(stage) -> None:
    for tie in (R.OWNER, R.COAUTHOR_EDIT, R.COAUTHOR_READ):
        free, conflicted = (Subject(relations=frozenset({tie, *more}), stage=stage) for more in ((), (R.CONFLICTED,)))
        before, after = (
            [a for a in sorted(ACTIONS) if allows(Actor(7, Role.APPLICANT), a, s)] for s in (free, conflicted)
        )
        assert "proposal.read" in before
        assert after == before


@pytest.mark.parametrize("role", sorted(DECLARING_ROLES))
def test_before_declaring_only_the_cover_and_the_declaration_itself(role: Role) -> None:
    subject = Subject(relations=EVERY_TIE - {R.DECLARED}, stage=KH01.stage("synthesis"))
    on_a_proposal = {
        action
        for action in ACTIONS
        if allows(Actor(7, role), action, subject)
        and not action.startswith(("session.", "queue.", "token.", "ranking."))
    }
    sitting = {"recusal.declare"} if role in {Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR} else set()
    assert on_a_proposal == {"proposal.read_cover", "conflict.declare"} | sitting


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
@pytest.mark.parametrize("stage", KH01.stages, ids=lambda stage: stage.id)
def test_administrator_and_auditor_have_no_text_and_no_score(role: Role, stage) -> None:
    subject = Subject(relations=EVERY_TIE, stage=stage)
    own = {Role.ADMINISTRATOR: {"settings.edit", "user.manage"}, Role.AUDITOR: {"audit.read"}}[role]
    assert {action for action in ACTIONS if allows(Actor(7, role), action, subject)} == own | {"token.create"}


def test_actions_open_before_the_declaration_are_few() -> None:
    assert sorted(PRE_DECLARATION_ACTIONS) == [
        "audit.read",
        "clearance.create",
        "clearance.revoke",
        "conflict.declare",
        "document.issue",
        "members.manage",
        "monitoring.read",
        "proposal.claim",
        "proposal.create",
        "proposal.create_assisted",
        "proposal.read_cover",
        "queue.read",
        "ranking.read",
        "recusal.declare",
        "session.create",
        "session.manage",
        "session.read",
        "session.release",
        "settings.edit",
        "token.create",
        "user.manage",
    ]


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_what_is_not_an_authors_is_forbidden_and_sittings_do_not_exist_for_him(action: str) -> None:
    """Whoever sees the cover hears 403; a sitting is hidden behind the right to see it, not behind a cover."""
    subject = Subject(relations=frozenset({R.OWNER}), stage=KH01.stage("synthesis"))
    author = Actor(7, Role.APPLICANT)
    refusal = NotFound if action.startswith("session.") and action != "session.create" else Forbidden
    assert answer(author, action, subject) is (None if allows(author, action, subject) else refusal)


# What concerns no single proposal or sitting, or is said of oneself, asks nobody for a word on conflicts of interest.
WITHOUT_A_WORD = [
    ("ministry_lead", "queue.read", set()),
    ("ministry_reviewer", "queue.read", set()),
    ("engineer", "queue.read", set()),
    ("adviser", "token.create", set()),
    ("committee_member", "queue.read", set()),
    ("committee_chair", "ranking.read", set()),
    ("committee_member", "session.read", {R.IN_SESSION}),
    ("committee_chair", "session.manage", {R.DECIDING_CHAIR}),
    ("committee_chair", "session.release", {R.DECIDING_CHAIR}),
    ("committee_member", "recusal.declare", {R.IN_SESSION}),
    ("engineer", "proposal.read_cover", {R.OWN_SYSTEM}),
    ("adviser", "conflict.declare", {R.ASSIGNED}),
]


@pytest.mark.parametrize(("role", "action", "relations"), WITHOUT_A_WORD)
def test_no_word_is_asked_for_what_concerns_no_single_text(role: str, action: str, relations: set[Relation]) -> None:
    subject = Subject(relations=frozenset(relations), stage=KH01.stage("synthesis"))
    assert allows(Actor(7, Role(role)), action, subject)
