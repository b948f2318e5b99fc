"""Ministries are asked to review; one that owns or is to lead the proposal is not."""

from __future__ import annotations

from datetime import date

import pytest

from intake.errors import Invalid
from intake.services import routings
from tests import factories
from tests.services.readings import suggested_bodies
from tests.services.traces import last_event

DUE = date(2030, 1, 15)


def asked(db, proposal):
    return [(row.organisation_id, row.role, row.due_on) for row in routings.current(db, proposal)]


def test_route_asks_lead_and_cooperating_instead_of_those_before(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception")
        factories.routing(db, proposal, "byt", due_on=date(2029, 1, 1))
        routings.route(
            db, proposal, lead="bkhcn", cooperating=["byt", "btc"], due_on=DUE, actor=factories.secretary(db)
        )
        assert asked(db, proposal) == [
            ("bkhcn", "lead", DUE),
            ("byt", "cooperating", DUE),
            ("btc", "cooperating", DUE),
        ]
        assert last_event(db) == (
            "routing.started",
            {"lead": "bkhcn", "cooperating": ["byt", "btc"], "due_on": "2030-01-15"},
        )


def test_route_refuses_owner_and_intended_lead_but_not_a_partner(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception")
        factories.named(db, proposal, "owner", "Bộ Tài chính", "btc", settled=True)
        factories.named(db, proposal, "lead", "Bộ Y tế", "byt", settled=True)
        factories.named(db, proposal, "partner", "Bộ Công an", "bca", settled=True)
        with pytest.raises(Invalid) as refused:
            routings.route(
                db, proposal, lead="byt", cooperating=["bca", "btc"], due_on=DUE, actor=factories.secretary(db)
            )
        assert [(path, message.args["organisation"].en) for path, message in refused.value.errors] == [
            ("data.lead", "Ministry of Health"),
            ("data.cooperating.1", "Ministry of Finance"),
        ]
        assert asked(db, proposal) == []
        routings.route(db, proposal, lead="bkhcn", cooperating=["bca"], due_on=DUE, actor=factories.secretary(db))
        assert asked(db, proposal) == [("bkhcn", "lead", DUE), ("bca", "cooperating", DUE)]


def test_route_refuses_bodies_unknown_or_named_twice(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception")
        with pytest.raises(Invalid) as refused:
            routings.route(
                db,
                proposal,
                lead="bkhcn",
                cooperating=["bkhcn", "nowhere", "tcts_ht3"],
                due_on=DUE,
                actor=factories.secretary(db),
            )
        assert [path for path, _ in refused.value.errors] == [
            "data.cooperating.0",
            "data.cooperating.1",
            "data.cooperating.2",
        ]


def test_suggested_is_the_table_without_conflicted_bodies(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception", initiative_ref="sk10")
        assert suggested_bodies(db, proposal) == ("byt", ["bca", "bkhcn", "btc"], [])
        factories.named(db, proposal, "lead", "Bộ Y tế", "byt", settled=True)
        assert suggested_bodies(db, proposal) == ("bca", ["bkhcn", "btc"], ["byt"])


def test_suggested_for_a_new_initiative_follows_its_system(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "reception", initiative_ref=None, primary_system="ht5")
        assert suggested_bodies(db, proposal) == ("bkhcn", ["bgddt", "bnv", "btc"], [])
        unknown = factories.proposal(db, "reception", initiative_ref=None, primary_system=None)
        assert routings.suggested(db, unknown) == routings.SuggestedRouting(None, [], [])


def test_end_all_ends_reviewers_with_their_ministry_but_no_adviser(database):
    with database.writing() as db:
        proposal = factories.proposal(db)
        factories.routing(db, proposal)
        reviewer = factories.assignment(db, proposal, factories.reviewer(db))
        adviser = factories.assignment(db, proposal, factories.adviser(db))
        routings.end_all(db, proposal)
        db.refresh(reviewer)
        db.refresh(adviser)
        assert routings.current(db, proposal) == []
        assert (reviewer.ended_at is None, reviewer.end_reason, adviser.ended_at) == (False, "routing ended", None)
