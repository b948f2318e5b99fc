"""What each move still needs, said before it is made."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake import clock
from intake.i18n import Message, Text
from intake.models import Proposal
from intake.policy import Role
from intake.services import opinions, organisations, readiness, syntheses
from intake.workflow.procedures import DEFAULT_PROCEDURE
from tests import factories


def rules(db, proposal, transition, actor, reason="", **data):
    found = readiness.missing(db, proposal, transition, actor=actor, reason=reason, data=data)
    return [(problem["rule"], problem["path"]) for problem in found]


def test_every_move_that_needs_a_reason_asks_for_it(database):
    with database.writing() as db:
        proposal, secretary = factories.proposal(db, "completed"), factories.secretary(db)
        needing = [move.name for move in DEFAULT_PROCEDURE.transitions if move.needs_reason]
        assert {name: rules(db, proposal, name, secretary, " ") for name in needing} == {
            name: [("move.reason", "reason")] for name in needing
        }
        assert [rules(db, proposal, name, secretary, "Vì thế") for name in needing] == [[]] * len(needing)


def test_submitting_asks_for_a_complete_text_and_says_what_is_missing(database):
    with database.writing() as db:
        owner = factories.owner(db)
        whole = factories.proposal(db, "draft")
        assert rules(db, whole, "submit", owner) == []
        hollow = factories.proposal(db, "draft", document=factories.document(name={}))
        found = readiness.missing(db, hollow, "submit", actor=owner)
        assert found
        assert {problem["severity"] for problem in found} == {"error"}
        assert {problem["section"] for problem in found} >= {"name"}
        assert set(found[0]) >= {"rule", "severity", "section", "path", "message"}
        assert all(isinstance(problem["message"], Text | Message) for problem in found)
        assert rules(db, hollow, "resubmit", owner) == rules(db, hollow, "submit", owner)


def test_accepting_asks_for_settled_names(database):
    with database.writing() as db:
        proposal, secretary = factories.proposal(db, "reception"), factories.secretary(db)
        row = factories.named(db, proposal, "lead", "Bộ Y tế")
        assert rules(db, proposal, "accept", secretary) == [("organisations.settled", f"organisations.{row.id}")]
        organisations.settle(db, proposal, lead="byt", partners=[], actor=secretary)
        assert rules(db, proposal, "accept", secretary) == []


def test_accepting_asks_for_an_engineer_without_a_conflict(database):
    with database.writing() as db:
        proposal, secretary = factories.proposal(db, "reception"), factories.secretary(db)
        factories.declaration(db, proposal, factories.engineer(db, "ht3"), kind="supervisor")
        assert rules(db, proposal, "accept", secretary) == [("engineer.not_conflicted", "data.assessing_system")]
        assert rules(db, proposal, "accept", secretary, assessing_system="ht2") == []
        factories.acting(db, "second", Role.ENGINEER, "tcts_ht3", "ht3")
        assert rules(db, proposal, "accept", secretary) == []


def reviewed(db, sheets, **changes):
    proposal = factories.proposal(db, **changes)
    for ministry, role in (("bkhcn", "lead"), ("byt", "cooperating")):
        factories.routing(db, proposal, ministry, role)
        factories.declaration(db, proposal, factories.lead(db, ministry))
    for number in range(sheets):
        factories.sheet(db, proposal, factories.reviewer(db, f"reviewer{number}"), 4)
    return proposal


def test_concluding_asks_for_opinions_and_sheets(database):
    with database.writing() as db:
        proposal, lead = reviewed(db, 2), factories.lead(db)
        assert rules(db, proposal, "conclude_review", lead) == [
            ("opinion.own", "opinion"),
            ("opinion.outstanding", "no-opinion.byt"),
            ("score_sheet.enough", "reason"),
        ]
        factories.opinion(db, proposal, lead)
        factories.opinion(db, proposal, factories.lead(db, "byt"))
        assert rules(db, proposal, "conclude_review", lead) == [("score_sheet.enough", "reason")]
        assert rules(db, proposal, "conclude_review", lead, "Lĩnh vực hẹp") == []
        factories.sheet(db, proposal, factories.reviewer(db, "third"), 3)
        assert rules(db, proposal, "conclude_review", lead) == []


def test_a_closed_body_and_a_reason_conclude_a_thin_review(database):
    with database.writing() as db:
        proposal = reviewed(db, 0, due_on=clock.today() - timedelta(days=1))
        lead = factories.lead(db)
        factories.opinion(db, proposal, lead)
        opinions.close_body(db, proposal, "byt", reason="Quá hạn", actor=lead)
        assert rules(db, proposal, "conclude_review", lead, "Không có thêm chuyên gia") == []


@pytest.mark.parametrize("unfit", ["draft", "conflicted", "thin", "organisation"])
def test_only_valid_sheets_count(database, unfit):
    with database.writing() as db:
        proposal, lead = reviewed(db, 2), factories.lead(db)
        for ministry in ("bkhcn", "byt"):
            factories.opinion(db, proposal, factories.lead(db, ministry))
        third = factories.reviewer(db, "third")
        scores = (5, 5, None, None, 5, 5) if unfit == "thin" else (5,)
        factories.sheet(db, proposal, third, *scores, is_submitted=unfit != "draft")
        if unfit == "conflicted":
            factories.declaration(db, proposal, third, kind="family")
        if unfit == "organisation":
            factories.acting(db, "third", Role.APPLICANT, "bxd")
            factories.named(db, proposal, "owner", "Bộ Xây dựng", "bxd", settled=True)
        assert rules(db, proposal, "conclude_review", lead) == [("score_sheet.enough", "reason")]


def test_assessing_asks_for_the_own_sheet_and_a_signature(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "engineer_assessment", engineer_reached_at=clock.now())
        engineer = factories.engineer(db)
        factories.declaration(db, proposal, engineer)
        both = [("assessment.sheet", "score-sheet"), ("assessment.signed", "assessment")]
        assert rules(db, proposal, "assess", engineer) == both
        sheet = factories.sheet(db, proposal, engineer, 4, is_submitted=False)
        assert rules(db, proposal, "assess", engineer) == both
        sheet.submitted_at = clock.now()
        factories.opinion(db, proposal, engineer)
        assert rules(db, proposal, "assess", engineer) == []
        objectives = factories.document()["sections"]["objectives"]
        changed = factories.document(objectives=objectives | {"general": objectives["general"] + " Viết lại."})
        factories.version(db, proposal, changed)
        assert rules(db, proposal, "assess", engineer) == [("assessment.sheet_reopened", "score-sheet")]


def test_referring_asks_for_a_synthesis_written_after_everything(database):
    with database.writing() as db:
        proposal, secretary = factories.proposal(db, "synthesis"), factories.secretary(db)
        assert rules(db, proposal, "refer", secretary) == [("synthesis.written", "synthesis")]
        syntheses.save(db, proposal, summary="Tổng hợp.", differences=[], actor=secretary)
        assert rules(db, proposal, "refer", secretary) == []
        db.get_one(Proposal, proposal.id).state_since = clock.now() + timedelta(seconds=1)
        assert rules(db, proposal, "refer", secretary) == [("synthesis.written", "synthesis")]
