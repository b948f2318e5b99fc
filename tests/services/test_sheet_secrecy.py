"""Between people: nobody sees another score before the own one, a lead sees his ministry's only."""

from __future__ import annotations

import pytest

from intake import clock
from intake.errors import DeclareFirst, Forbidden, NotFound
from intake.services import opinions, score_sheets
from tests import factories


def world(db, state="engineer_assessment"):
    """Two ministries have scored and signed; the engineer and the science lead have their turn."""
    proposal = factories.proposal(db, state, engineer_reached_at=clock.now())
    factories.routing(db, proposal, "bkhcn")
    factories.routing(db, proposal, "byt", "cooperating")
    own, foreign = factories.reviewer(db), factories.reviewer(db, "doctor", "byt")
    for actor in (own, foreign):
        factories.assignment(db, proposal, actor)
        factories.declaration(db, proposal, actor)
    factories.sheet(db, proposal, own, 4)
    factories.sheet(db, proposal, foreign, 2)
    factories.sheet(db, proposal, factories.reviewer(db, "slow"), 1, is_submitted=False)
    for ministry in ("bkhcn", "byt"):
        lead = factories.lead(db, ministry)
        factories.declaration(db, proposal, lead)
        factories.opinion(db, proposal, lead)
    return proposal


def sheets(db, proposal, actor):
    return [(view.author, str(view.total)) for view in score_sheets.submitted(db, proposal, actor=actor)]


def signed(db, proposal, actor):
    return [view.organisation_id for view in opinions.listing(db, proposal, actor=actor)]


def test_secretary_reads_every_submitted_sheet_and_opinion(database):
    with database.writing() as db:
        proposal = world(db)
        assert sheets(db, proposal, factories.secretary(db)) == [("Người reviewer", "80"), ("Người doctor", "40")]
        assert signed(db, proposal, factories.secretary(db)) == ["bkhcn", "byt"]


def test_lead_reads_his_ministry_only_and_not_before_his_own_sheet(database):
    with database.writing() as db:
        proposal, lead = world(db), factories.lead(db)
        assert sheets(db, proposal, lead) == [("Người reviewer", "80")]
        assert signed(db, proposal, lead) == ["bkhcn"]
        factories.assignment(db, proposal, lead)
        with pytest.raises(Forbidden):
            score_sheets.submitted(db, proposal, actor=lead)
        factories.sheet(db, proposal, lead, 5)
        assert sheets(db, proposal, lead) == [("Người reviewer", "80"), ("Người lead-bkhcn", "100")]


def test_engineer_is_blind_until_his_own_sheet_is_in(database):
    with database.writing() as db:
        proposal, engineer = world(db), factories.engineer(db)
        with pytest.raises(DeclareFirst):
            score_sheets.submitted(db, proposal, actor=engineer)
        factories.declaration(db, proposal, engineer)
        with pytest.raises(Forbidden):
            score_sheets.submitted(db, proposal, actor=engineer)
        assert signed(db, proposal, engineer) == []
        sheet = factories.sheet(db, proposal, engineer, 3, is_submitted=False)
        with pytest.raises(Forbidden):
            score_sheets.submitted(db, proposal, actor=engineer)
        sheet.submitted_at = clock.now()
        db.flush()
        assert sheets(db, proposal, engineer) == [
            ("Người reviewer", "80"),
            ("Người doctor", "40"),
            ("Người engineer-ht3", "60"),
        ]
        assert signed(db, proposal, engineer) == ["bkhcn", "byt"]


def test_reviewers_applicants_and_the_conflicted_read_nothing_of_others(database):
    with database.writing() as db:
        proposal = world(db)
        with pytest.raises(Forbidden):
            score_sheets.submitted(db, proposal, actor=factories.reviewer(db))
        with pytest.raises(Forbidden):
            score_sheets.submitted(db, proposal, actor=factories.owner(db))
        with pytest.raises(Forbidden):
            opinions.listing(db, proposal, actor=factories.owner(db))
        conflicted = factories.secretary(db, "secretary2")
        factories.declaration(db, proposal, conflicted, kind="family")
        with pytest.raises(NotFound):
            score_sheets.submitted(db, proposal, actor=conflicted)


def test_after_referral_only_the_secretary_reads_sheets(database):
    with database.writing() as db:
        proposal = world(db, "committee")
        with pytest.raises(NotFound):
            score_sheets.submitted(db, proposal, actor=factories.lead(db))
        assert len(sheets(db, proposal, factories.secretary(db))) == 2
