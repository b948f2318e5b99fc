"""Score sheets: filled bit by bit, submitted whole, changed with a trace, read by those who may."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake import clock
from intake.catalogue import CRITERIA
from intake.errors import DeclareFirst, Forbidden, IllegalMove, Incomplete, Invalid, NotFound
from intake.models import Assignment, Proposal, ScoreSheet
from intake.services import score_sheets
from tests import factories
from tests.factories import entries
from tests.services.readings import own_sheet
from tests.services.traces import events, last_event


def asked(db, state="ministry_review", **changes):
    """A proposal, routed, with a reviewer who was asked and has declared."""
    proposal = factories.proposal(db, state, **changes)
    factories.routing(db, proposal)
    reviewer = factories.reviewer(db)
    factories.assignment(db, proposal, reviewer)
    factories.declaration(db, proposal, reviewer)
    return proposal, reviewer


def kept(db, proposal, actor):
    sheet = own_sheet(db, proposal, actor)
    return {criterion: (line.score, line.justification) for criterion, line in sheet.scores.items()}


def test_a_sheet_is_filled_bit_by_bit_and_submitted_whole(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        first = {"impact": {"score": 4, "justification": " KPI đo được. \r\n", "section": "kpis"}}
        score_sheets.save(db, proposal, first, submit=False, actor=reviewer)
        with pytest.raises(Incomplete) as refused:
            score_sheets.save(db, proposal, {}, submit=True, actor=reviewer)
        assert [problem["path"] for problem in refused.value.problems] == [
            f"scores.{criterion}" for criterion in CRITERIA if criterion != "impact"
        ]
        rest = {criterion: entry for criterion, entry in entries(5).items() if criterion != "impact"}
        sheet = score_sheets.save(db, proposal, rest, submit=True, actor=reviewer)
        assert (sheet.capacity, sheet.organisation_id, sheet.version, sheet.submitted_at is None) == (
            "ministry",
            "bkhcn",
            1,
            False,
        )
        assert kept(db, proposal, reviewer) == {
            criterion: (4, "KPI đo được.") if criterion == "impact" else (5, f"Lý do {criterion}")
            for criterion in CRITERIA
        }
        assert own_sheet(db, proposal, reviewer).total == Fraction(96)
        assert events(db) == ["score_sheet.saved", "score_sheet.submitted"]


def test_cannot_judge_needs_a_reason_and_is_never_zero(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        unexplained = entries(5, urgency={"score": None, "justification": ""})
        with pytest.raises(Incomplete) as refused:
            score_sheets.save(db, proposal, unexplained, submit=True, actor=reviewer)
        assert [(p["rule"], p["path"]) for p in refused.value.problems] == [("score_sheet.answered", "scores.urgency")]
        explained = entries(5, urgency={"score": None, "justification": "Chưa có căn cứ."})
        score_sheets.save(db, proposal, explained, submit=True, actor=reviewer)
        mine = own_sheet(db, proposal, reviewer)
        assert (mine.total, mine.coverage, mine.is_valid) == (Fraction(100), Fraction(9, 10), True)


def test_less_than_the_least_coverage_is_an_opinion_not_a_score(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        thin = entries(5, urgency={"score": None}, impact={"score": None})
        score_sheets.save(db, proposal, thin, submit=True, actor=reviewer)
        mine = own_sheet(db, proposal, reviewer)
        assert (mine.coverage, mine.is_valid) == (Fraction(7, 10), False)


@pytest.mark.parametrize(
    ("scores", "paths"),
    [
        ({"beauty": {"score": 3, "justification": "x"}}, ["scores.beauty"]),
        ({"impact": {"score": 6, "justification": "x"}}, ["scores.impact.score"]),
        ({"impact": {"score": True, "justification": "x"}}, ["scores.impact.score"]),
        ({"impact": {"score": "4", "justification": "x"}}, ["scores.impact.score"]),
        ({"impact": {"score": 4.0, "justification": "x"}}, ["scores.impact.score"]),
        ({"impact": {"justification": "x"}}, ["scores.impact"]),
        ({"impact": 4}, ["scores.impact"]),
        ({"impact": {"score": 4, "weight": 3}}, ["scores.impact"]),
        ({"impact": {"score": 4, "justification": "x" * 5001}}, ["scores.impact.justification"]),
        ({"impact": {"score": 4, "justification": "a\x00b"}}, ["scores.impact.justification"]),
        ({"impact": {"score": 4, "justification": "x", "section": "nowhere"}}, ["scores.impact.section"]),
        (
            {"impact": {"score": 0, "justification": 1, "section": []}},
            ["scores.impact.score", "scores.impact.justification"],
        ),
        ([], ["scores"]),
    ],
)
def test_wrong_shapes_are_refused_with_their_paths(database, scores, paths):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        with pytest.raises(Invalid) as refused:
            score_sheets.save(db, proposal, scores, submit=False, actor=reviewer)
        assert [path for path, _ in refused.value.errors] == paths
        assert db.query(ScoreSheet).count() == 0


def test_a_submitted_sheet_changes_only_with_a_reason_and_a_trace(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        sheet = score_sheets.save(db, proposal, entries(4), submit=True, actor=reviewer)
        submitted_at = sheet.submitted_at
        change = {"impact": entries(2)["impact"]}
        with pytest.raises(IllegalMove):
            score_sheets.save(db, proposal, change, submit=False, actor=reviewer)
        with pytest.raises(Invalid) as refused:
            score_sheets.save(db, proposal, change, submit=True, actor=reviewer)
        assert [path for path, _ in refused.value.errors] == ["reason"]
    with database.writing() as db:
        proposal = db.get_one(Proposal, proposal.id)
        assert kept(db, proposal, reviewer)["impact"] == (4, "Lý do impact")
        score_sheets.save(db, proposal, change, submit=True, actor=reviewer, reason="Đọc lại KPI")
        assert kept(db, proposal, reviewer)["impact"] == (2, "Lý do impact")
        assert last_event(db) == (
            "score_sheet.changed",
            {
                "sheet": sheet.id,
                "version": 1,
                "reason": "Đọc lại KPI",
                "changes": {"impact": {"old": 4, "new": 2, "justification_changed": False}},
            },
        )
        assert own_sheet(db, proposal, reviewer).submitted_at == submitted_at


def test_order_of_checks_hidden_undeclared_forbidden_stage(database):
    with database.writing() as db:
        proposal, _ = asked(db)
        lead, stranger = factories.lead(db), factories.reviewer(db, "stranger")

        def write(actor, at=proposal):
            return score_sheets.save(db, at, entries(3), submit=True, actor=actor)

        with pytest.raises(NotFound):
            write(stranger)
        with pytest.raises(DeclareFirst):
            write(lead)
        factories.declaration(db, proposal, lead)
        with pytest.raises(Forbidden):
            write(lead)
        with pytest.raises(Forbidden):
            write(factories.secretary(db))
        waiting, reviewer = asked(db, "supplement", asked_by="ministry_review")
        with pytest.raises(IllegalMove):
            write(reviewer, waiting)
        referred, reviewer = asked(db, "committee")
        with pytest.raises(NotFound):
            write(reviewer, referred)


def test_the_lead_scores_when_he_has_asked_himself(database):
    with database.writing() as db:
        proposal, _ = asked(db)
        lead = factories.lead(db)
        factories.declaration(db, proposal, lead)
        factories.assignment(db, proposal, lead)
        sheet = score_sheets.save(db, proposal, entries(3), submit=True, actor=lead)
        assert (sheet.capacity, sheet.organisation_id) == ("ministry", "bkhcn")


def test_one_sheet_per_person_whatever_the_role(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "engineer_assessment", engineer_reached_at=clock.now())
        factories.routing(db, proposal)
        engineer = factories.engineer(db)
        as_reviewer = factories.reviewer(db, "engineer-ht3")
        factories.assignment(db, proposal, as_reviewer)
        factories.declaration(db, proposal, engineer)
        score_sheets.save(db, proposal, entries(3), submit=True, actor=engineer)
        with pytest.raises(IllegalMove):
            score_sheets.save(db, proposal, entries(5), submit=True, actor=as_reviewer)
        assert [(sheet.capacity, sheet.organisation_id) for sheet in db.query(ScoreSheet)] == [("engineer", None)]


def test_author_reads_the_own_sheet_for_ever_and_nothing_else(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        score_sheets.save(db, proposal, entries(4), submit=True, actor=reviewer)
        assignment = db.query(Assignment).one()
        assignment.ended_at = clock.now()
        db.flush()
        assert kept(db, proposal, reviewer)["impact"] == (4, "Lý do impact")
        with pytest.raises(NotFound):
            score_sheets.submitted(db, proposal, actor=reviewer)
        with pytest.raises(Forbidden):
            score_sheets.own(db, proposal, actor=factories.secretary(db))
