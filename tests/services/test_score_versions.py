"""A score stands on a new version while its evidence reads the same; else it is missing until confirmed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake.errors import Incomplete
from intake.models import Score
from intake.scoring.schemes import KH01_2025
from intake.services import counted_sheets, evidence, score_sheets
from tests import factories
from tests.factories import document, entries
from tests.services.readings import own_sheet
from tests.services.traces import events

BY_NOVELTY = {criterion.id for criterion in KH01_2025.criteria if "novelty" in criterion.evidence_sections}


def rewritten(section="novelty"):
    """The example with one section in other words."""
    text = document()
    value = text["sections"][section]
    name = next(key for key, entry in value.items() if isinstance(entry, str) and len(entry) > 20)
    return document(**{section: value | {name: value[name] + " Viết lại."}})


def scored(db, *scores):
    proposal = factories.proposal(db, "synthesis")
    factories.routing(db, proposal)
    reviewer = factories.reviewer(db)
    factories.assignment(db, proposal, reviewer)
    factories.declaration(db, proposal, reviewer)
    factories.sheet(db, proposal, reviewer, *scores)
    return proposal, reviewer


def reopened(db, proposal, reviewer):
    lines = own_sheet(db, proposal, reviewer).scores
    return {criterion for criterion, line in lines.items() if line.is_reopened}


def test_the_test_changes_evidence_of_some_criteria_only():
    assert 0 < len(BY_NOVELTY) < 6


def test_every_score_stands_when_the_new_version_reads_the_same(database):
    with database.writing() as db:
        proposal, reviewer = scored(db, 4)
        factories.version(db, proposal, document())
        assert reopened(db, proposal, reviewer) == set()
        assert counted_sheets.tally_of(db, proposal).n == 1


def test_a_changed_section_reopens_its_criteria_only(database):
    with database.writing() as db:
        proposal, reviewer = scored(db, 4)
        factories.version(db, proposal, rewritten())
        assert reopened(db, proposal, reviewer) == BY_NOVELTY
        mine = own_sheet(db, proposal, reviewer)
        weight = sum(KH01_2025.weights[criterion] for criterion in BY_NOVELTY)
        assert (mine.coverage, mine.is_valid, mine.total) == (
            1 - Fraction(weight, 100),
            weight <= 20,
            Fraction(80),
        )


def test_a_reopened_criterion_is_missing_not_old(database):
    with database.writing() as db:
        proposal, _ = scored(db, *(1 if criterion.id in BY_NOVELTY else 5 for criterion in KH01_2025.criteria))
        factories.version(db, proposal, rewritten())
        [sheet] = counted_sheets.submitted(db, proposal)
        assert sheet.scores == {c.id: 5 for c in KH01_2025.criteria if c.id not in BY_NOVELTY}


def test_going_back_to_the_old_words_makes_the_score_stand_again(database):
    with database.writing() as db:
        proposal, reviewer = scored(db, 4)
        factories.version(db, proposal, rewritten())
        factories.version(db, proposal, document())
        assert (proposal.current_version, reopened(db, proposal, reviewer)) == (3, set())


def test_submitting_again_asks_for_reopened_criteria_and_giving_them_confirms(database):
    with database.writing() as db:
        proposal, reviewer = scored(db, 4)
        factories.version(db, proposal, rewritten())
        with pytest.raises(Incomplete) as refused:
            score_sheets.save(db, proposal, {}, submit=True, actor=reviewer)
        assert {(problem["rule"], problem["path"]) for problem in refused.value.problems} == {
            ("score_sheet.reopened", f"scores.{criterion}") for criterion in BY_NOVELTY
        }
        confirmed = {criterion: entry for criterion, entry in entries(4).items() if criterion in BY_NOVELTY}
        score_sheets.save(db, proposal, confirmed, submit=True, actor=reviewer)
        lines = own_sheet(db, proposal, reviewer).scores
        assert {criterion: line.version for criterion, line in lines.items()} == {
            criterion.id: 2 if criterion.id in BY_NOVELTY else 1 for criterion in KH01_2025.criteria
        }
        assert reopened(db, proposal, reviewer) == set()
        assert events(db) == ["score_sheet.confirmed"]


def test_valid_scores_compare_the_version_scored_with_the_current_one():
    given = [Score(criterion="breakthrough", score=4, version=1), Score(criterion="impact", score=3, version=2)]
    sections = {section for criterion in KH01_2025.criteria for section in criterion.evidence_sections}
    same, other = dict.fromkeys(sections, "a"), dict.fromkeys(sections, "b")
    of_same, of_other = {1: same, 2: same}, {1: same, 2: other}
    assert evidence.valid_scores(KH01_2025, given, current=2, prints=of_same) == {"breakthrough": 4, "impact": 3}
    assert evidence.valid_scores(KH01_2025, given, current=2, prints=of_other) == {"impact": 3}


def test_texts_are_read_only_where_versions_differ(database):
    with database.writing() as db:
        proposal, _ = scored(db, 4)
        rows = [sheet.row for sheet in counted_sheets.submitted(db, proposal)]
        assert counted_sheets.mixed_versions(rows, {proposal.id: 1}) == set()
        assert counted_sheets.mixed_versions(rows, {proposal.id: 3}) == {(proposal.id, 1), (proposal.id, 3)}
