"""From reception to the committee through the services alone, every move with what it asks for."""

from __future__ import annotations

import pytest

from intake import clock
from intake.errors import DeclareFirst, Incomplete, Invalid, NotFound
from intake.models import Proposal
from intake.services import (
    assignments,
    conflicts,
    opinions,
    organisations,
    queues,
    rankings,
    routings,
    score_sheets,
    syntheses,
    transitions,
)
from tests import factories
from tests.factories import entries


def fire(db, proposal, transition, actor, reason="", **data):
    return transitions.move(db, proposal, transition, actor=actor, seen=proposal.revision, reason=reason, data=data)


def unconflicted(db, proposal, *actors):
    for actor in actors:
        conflicts.declare(db, proposal, conflicted=False, kind="none", actor=actor)


def received(db, lead_name="Bộ Y tế") -> Proposal:
    proposal = factories.proposal(db, "reception")
    factories.named(db, proposal, "owner", "Viện nghiên cứu (giả định)")
    factories.named(db, proposal, "lead", lead_name)
    return proposal


def kinds(db, actor):
    return [task.kind for task in queues.queue(db, actor=actor)]


def review(db, proposal, lead, health, reviewer):
    """Both ministries declare, ask, score and sign; the lead cannot conclude before the other has signed."""
    assert kinds(db, lead) == ["assign_reviewers"]
    with pytest.raises(DeclareFirst):
        assignments.assign_reviewer(db, proposal, "reviewer@example.vn", actor=lead)
    unconflicted(db, proposal, lead, health)
    assignments.assign_reviewer(db, proposal, "reviewer@example.vn", actor=lead)
    for own in (lead, health):
        email = f"lead-{own.organisation_id}@example.vn"
        assignments.assign_reviewer(db, proposal, email, actor=own)
    unconflicted(db, proposal, reviewer)
    for actor, score in ((reviewer, 5), (lead, 4), (health, 3)):
        score_sheets.save(db, proposal, entries(score), submit=True, actor=actor)
    opinions.save(db, proposal, position="agree", text="Đồng ý.", submit=True, actor=lead)
    with pytest.raises(Incomplete) as refused:
        fire(db, proposal, "conclude_review", lead)
    assert [problem["rule"] for problem in refused.value.problems] == ["opinion.outstanding"]
    opinions.save(db, proposal, position="agree", text="Đồng ý.", submit=True, actor=health)


def test_a_proposal_travels_from_reception_to_the_committee(database):
    with database.writing() as db:
        secretary, lead, reviewer = factories.secretary(db), factories.lead(db), factories.reviewer(db)
        engineer, proposal = factories.engineer(db), received(db, "Đại học (giả định)")
        with pytest.raises(Incomplete):
            fire(db, proposal, "accept", secretary, lead="bkhcn", cooperating=["byt"])
        organisations.settle(db, proposal, lead=None, partners=[], actor=secretary)
        fire(db, proposal, "accept", secretary, lead="bkhcn", cooperating=["byt"])
        health = factories.lead(db, "byt")

        review(db, proposal, lead, health, reviewer)
        fire(db, proposal, "conclude_review", lead)

        assert kinds(db, engineer) == ["score"]
        unconflicted(db, proposal, engineer)
        score_sheets.save(db, proposal, entries(4), submit=True, actor=engineer)
        opinions.save(db, proposal, position="agree", text="Phù hợp.", submit=True, actor=engineer)
        fire(db, proposal, "assess", engineer)

        assert kinds(db, secretary) == ["synthesise"]
        syntheses.save(db, proposal, summary="Thống nhất.", differences=[], actor=secretary)
        moved = fire(db, proposal, "refer", secretary)
        assert (moved.state, kinds(db, secretary), kinds(db, lead)) == ("committee", ["schedule"], [])
        [row] = rankings.ranking(db, actor=secretary)
        assert (row.official, row.n, row.sha256 is None) == (80 * 10**9, 4, False)
        with pytest.raises(NotFound):
            score_sheets.save(db, proposal, entries(1), submit=True, actor=reviewer, reason="Muộn")


def test_the_intended_lead_ministry_neither_reviews_nor_sends_reviewers(database):
    with database.writing() as db:
        secretary, proposal = factories.secretary(db), received(db)
        assert [o.id for o in organisations.suggestions(db, proposal)["Bộ Y tế"]][:1] == ["byt"]
        organisations.settle(db, proposal, lead="byt", partners=[], actor=secretary)
        assert [o.id for o in routings.suggested(db, proposal).left_out] == ["byt"]
        with pytest.raises(Invalid) as refused:
            fire(db, proposal, "accept", secretary, lead="byt", cooperating=["bkhcn"])
        assert [path for path, _ in refused.value.errors] == ["data.lead"]
        with pytest.raises(Invalid) as refused:
            fire(db, proposal, "accept", secretary, lead="bkhcn", cooperating=["byt"])
        assert [path for path, _ in refused.value.errors] == ["data.cooperating.0"]
        fire(db, proposal, "accept", secretary, lead="bkhcn")
        lead = factories.lead(db)
        unconflicted(db, proposal, lead)
        factories.reviewer(db, "doctor", "byt")
        double = factories.reviewer(db, "doctor", "bkhcn")
        with pytest.raises(Invalid):
            assignments.assign_reviewer(db, proposal, "doctor@example.vn", actor=lead)
        factories.assignment(db, proposal, double)
        with pytest.raises(NotFound):
            conflicts.declare(db, proposal, conflicted=False, kind="none", actor=double)
        with pytest.raises(NotFound):
            score_sheets.save(db, proposal, entries(5), submit=True, actor=double)

        assignments.assign_reviewer(db, proposal, "lead-bkhcn@example.vn", actor=lead)
        score_sheets.save(db, proposal, entries(3), submit=True, actor=lead)
        opinions.save(db, proposal, position="agree", text="Đồng ý.", submit=True, actor=lead)
        with pytest.raises(Incomplete) as thin:
            fire(db, proposal, "conclude_review", lead)
        assert [problem["rule"] for problem in thin.value.problems] == ["score_sheet.enough"]
        fire(db, proposal, "conclude_review", lead, "Chỉ một bộ được hỏi.")
        assert proposal.engineer_reached_at is not None
        assert proposal.engineer_reached_at <= clock.now()
