"""Conflicts that follow from a link or a membership made later: kept out at once, told, and let in again."""

from __future__ import annotations

import pytest

from intake import policy
from intake.models import Membership
from intake.policy import Relation
from intake.services import conflict_checks, organisations
from intake.services.subjects import subject_of
from tests import factories
from tests.services.traces import events, mails


def asked(db):
    """A reviewer of the lead ministry is at work; his lead and a secretary are there to be told."""
    proposal = factories.proposal(db)
    factories.routing(db, proposal)
    reviewer, lead, secretary = factories.reviewer(db), factories.lead(db), factories.secretary(db)
    factories.assignment(db, proposal, reviewer)
    factories.declaration(db, proposal, reviewer, lead)
    return proposal, reviewer, lead, secretary


def reads(db, proposal, actor):
    return policy.allows(actor, "proposal.read", subject_of(db, proposal, actor=actor))


def test_a_link_made_later_keeps_out_whoever_belongs_to_the_body(database):
    with database.writing() as db:
        proposal, reviewer, lead, secretary = asked(db)
        sister = factories.reviewer(db, "reviewer", "byt")  # the same person also belongs to another ministry
        assert sister.user_id == reviewer.user_id
        organisations.settle(db, proposal, lead="byt", partners=[], actor=secretary)
        both = factories.reviewer(db)
        assert not policy.allows(both, "proposal.read_cover", subject_of(db, proposal, actor=both))
        assert reads(db, proposal, lead)
        assert sorted(mails(db)) == [
            ("lead-bkhcn", "%(code)s: somebody is recused"),
            ("reviewer", "%(code)s: you are recused"),
            ("secretary", "%(code)s: somebody is recused"),
        ]
        assert events(db) == ["conflict.found", "organisations.settled"]


def test_a_whole_ministry_that_turns_out_to_be_the_proposer_is_kept_out_and_the_secretariat_told(database):
    with database.writing() as db:
        proposal, reviewer, lead, secretary = asked(db)
        organisations.settle(db, proposal, lead="bkhcn", partners=[], actor=secretary)
        for actor in (reviewer, lead):
            assert Relation.CONFLICTED in subject_of(db, proposal, actor=actor).relations
            assert not reads(db, proposal, actor)
        told = mails(db)
        assert {name for name, subject in told if "you are recused" in subject} == {"reviewer", "lead-bkhcn"}
        assert {name for name, subject in told if "somebody" in subject} == {"secretary"}


def test_a_link_taken_away_lets_in_again_who_is_still_asked(database):
    with database.writing() as db:
        proposal, reviewer, _, secretary = asked(db)
        organisations.settle(db, proposal, lead="bkhcn", partners=[], actor=secretary)
        before = len(mails(db))
        organisations.settle(db, proposal, lead=None, partners=["bkhcn"], actor=secretary)
        assert reads(db, proposal, reviewer)
        assert sorted(mails(db)[before:]) == [
            ("lead-bkhcn", "%(code)s: you are no longer recused"),
            ("reviewer", "%(code)s: you are no longer recused"),
        ]
        assert events(db).count("conflict.ended") == 2


def test_a_partner_is_flagged_and_nobody_is_kept_out(database):
    with database.writing() as db:
        proposal, reviewer, _, secretary = asked(db)
        organisations.settle(db, proposal, lead=None, partners=["bkhcn"], actor=secretary)
        assert (reads(db, proposal, reviewer), mails(db), events(db)) == (True, [], ["organisations.settled"])


def test_a_membership_given_later_counts_too(database):
    with database.writing() as db:
        proposal, reviewer, _, secretary = asked(db)
        assert reviewer.user_id is not None
        factories.named(db, proposal, "lead", "Bộ Y tế", "byt", settled=True)
        with conflict_checks.of_person(db, reviewer.user_id, actor=secretary):
            factories.reviewer(db, "reviewer", "byt")
        assert events(db) == ["conflict.found"]
        with conflict_checks.of_person(db, reviewer.user_id, actor=secretary):
            second = db.query(Membership).filter_by(user_id=reviewer.user_id, organisation_id="byt").one()
            second.ended_at = factories.clock.now()
        assert events(db) == ["conflict.found", "conflict.ended"]


def test_who_said_so_already_is_not_told_again(database):
    with database.writing() as db:
        proposal = factories.proposal(db)
        factories.routing(db, proposal)
        reviewer, secretary = factories.reviewer(db), factories.secretary(db)
        factories.assignment(db, proposal, reviewer)
        factories.declaration(db, proposal, reviewer, kind="family")
        organisations.settle(db, proposal, lead="bkhcn", partners=[], actor=secretary)
        assert (mails(db), events(db)) == ([], ["organisations.settled"])


@pytest.mark.parametrize("state", ["engineer_assessment", "synthesis"])
def test_the_engineer_is_asked_from_his_stage_on(database, state):
    with database.writing() as db:
        proposal = factories.proposal(db, state, engineer_reached_at=factories.clock.now())
        factories.reviewer(db, "engineer-ht3", "byt")
        engineer, secretary = factories.engineer(db), factories.secretary(db)
        organisations.settle(db, proposal, lead="byt", partners=[], actor=secretary)
        assert ("engineer-ht3", "%(code)s: you are recused") in mails(db)
        assert Relation.CONFLICTED in subject_of(db, proposal, actor=engineer).relations


def test_a_merger_of_bodies_is_looked_through_for_every_proposal(database):
    with database.writing() as db:
        proposal, reviewer, _, secretary = asked(db)
        row = factories.named(db, proposal, "lead", "Bộ Tài chính", "btc", settled=True)
        with conflict_checks.of_organisations(db, ("btc", "bkhcn"), actor=secretary):
            row.organisation_id = "bkhcn"
        assert not reads(db, proposal, reviewer)
        assert events(db) == ["conflict.found", "conflict.found"]


def test_a_reviewer_who_becomes_an_author_is_kept_out_and_replaced(database):
    with database.writing() as db:
        proposal, reviewer, lead, _ = asked(db)
        with conflict_checks.of_proposal(db, proposal, actor=factories.owner(db)):
            factories.coauthor(db, proposal, reviewer)
        assert not reads(db, proposal, reviewer)
        assert reads(db, proposal, lead)
        assert sorted(name for name, _ in mails(db)) == ["lead-bkhcn", "reviewer", "secretary"]
        assert events(db) == ["conflict.found"]
