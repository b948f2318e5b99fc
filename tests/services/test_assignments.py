"""Reviewers and advisers are asked, told, and taken off again; nobody who is conflicted is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake import clock
from intake.errors import DeclareFirst, Forbidden, IllegalMove, Invalid, NotFound
from intake.models import Assignment, Organisation, ProposalPerson
from intake.policy import Role
from intake.services import assignments
from tests import factories
from tests.services.traces import events, mails


def under_review(db, **changes):
    """A proposal routed to the science ministry, whose lead has declared."""
    proposal = factories.proposal(db, **changes)
    factories.routing(db, proposal)
    lead = factories.lead(db)
    factories.declaration(db, proposal, lead)
    return proposal, lead


def test_lead_asks_a_reviewer_of_his_ministry_who_is_told(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        factories.reviewer(db)
        made = assignments.assign_reviewer(db, proposal, " Reviewer@example.vn", actor=lead)
        assert (made.kind, made.organisation_id, made.due_on) == ("reviewer", "bkhcn", proposal.due_on)
        assert mails(db) == [("reviewer", "%(code)s: you are asked to review")]
        assert events(db) == ["assignment.created"]


def test_lead_asks_himself_with_a_day_of_his_own(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        day = clock.today() + timedelta(days=3)
        made = assignments.assign_reviewer(db, proposal, "lead-bkhcn@example.vn", due_on=day, actor=lead)
        assert (made.user_id, made.due_on) == (lead.user_id, day)


def refused(db, proposal, email, actor, **changes):
    with pytest.raises(Invalid) as error:
        assignments.assign_reviewer(db, proposal, email, actor=actor, **changes)
    return [path for path, _ in error.value.errors]


def test_reviewer_must_belong_to_the_ministry_and_not_to_the_proposal(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        factories.reviewer(db, "elsewhere", "byt")
        factories.acting(db, "owner", Role.MINISTRY_REVIEWER, "bkhcn")
        coauthor = factories.reviewer(db, "coauthor")
        now = clock.now()
        db.add(
            ProposalPerson(proposal_id=proposal.id, user_id=coauthor.user_id, relation="coauthor_read", added_at=now)
        )
        factories.reviewer(db, "gone")
        factories.person(db, "gone").is_active = False
        db.flush()
        for name in ("nobody", "elsewhere", "owner", "coauthor", "gone"):
            assert refused(db, proposal, f"{name}@example.vn", lead) == ["reviewer"]
        factories.reviewer(db)
        yesterday = clock.today() - timedelta(days=1)
        assert refused(db, proposal, "reviewer@example.vn", lead, due_on=yesterday) == ["due_on"]
        assert db.query(Assignment).count() == 0


def test_conflicted_people_cannot_be_asked(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        declared = factories.reviewer(db, "declared")
        factories.declaration(db, proposal, declared, kind="family")
        db.add(Organisation(id="university", name_vi="Đại học", name_en="University", kind="university", sort_key="d"))
        db.flush()
        factories.named(db, proposal, "owner", "Đại học", "university", settled=True)
        factories.reviewer(db, "professor")
        factories.acting(db, "professor", Role.APPLICANT, "university")
        assert refused(db, proposal, "declared@example.vn", lead) == ["reviewer"]
        assert refused(db, proposal, "professor@example.vn", lead) == ["reviewer"]
        factories.reviewer(db, "partner")
        factories.named(db, proposal, "partner", "Bộ", "bkhcn", settled=True)
        assert assignments.assign_reviewer(db, proposal, "partner@example.vn", actor=lead).kind == "reviewer"


def test_nobody_is_asked_twice_at_a_time(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        factories.reviewer(db)
        first = assignments.assign_reviewer(db, proposal, "reviewer@example.vn", actor=lead)
        with pytest.raises(IllegalMove):
            assignments.assign_reviewer(db, proposal, "reviewer@example.vn", actor=lead)
        assignments.remove(db, proposal, first.id, reason="Nghỉ phép", actor=lead)
        again = assignments.assign_reviewer(db, proposal, "reviewer@example.vn", actor=lead)
        assert (first.ended_at is None, first.end_reason, again.ended_at) == (False, "Nghỉ phép", None)


def test_order_of_checks_hidden_undeclared_forbidden_stage(database):
    with database.writing() as db:
        proposal = factories.proposal(db)
        factories.routing(db, proposal)
        lead = factories.lead(db)
        factories.reviewer(db)

        def ask(actor, at=proposal):
            return assignments.assign_reviewer(db, at, "reviewer@example.vn", actor=actor)

        with pytest.raises(NotFound):
            ask(factories.lead(db, "byt"))
        with pytest.raises(DeclareFirst):
            ask(lead)
        with pytest.raises(Forbidden):
            ask(factories.secretary(db))
        later, declared = under_review(db, state="synthesis")
        with pytest.raises(IllegalMove):
            ask(declared, later)


def test_secretary_asks_an_adviser(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "engineer_assessment")
        factories.adviser(db)
        secretary = factories.secretary(db)
        made = assignments.assign_adviser(db, proposal, "adviser@example.vn", actor=secretary)
        assert (made.kind, made.organisation_id, made.due_on) == ("adviser", None, proposal.due_on)
        with pytest.raises(Invalid):
            assignments.assign_adviser(db, proposal, "secretary@example.vn", actor=secretary)
        with pytest.raises(IllegalMove):
            assignments.assign_adviser(db, factories.proposal(db, "committee"), "adviser@example.vn", actor=secretary)


def test_remove_needs_a_reason_and_stays_in_the_ministry(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        factories.routing(db, proposal, "byt", "cooperating")
        own = factories.assignment(db, proposal, factories.reviewer(db))
        foreign = factories.assignment(db, proposal, factories.reviewer(db, "doctor", "byt"))
        with pytest.raises(Invalid):
            assignments.remove(db, proposal, own.id, reason=" ", actor=lead)
        with pytest.raises(NotFound):
            assignments.remove(db, proposal, foreign.id, reason="Không thuộc bộ", actor=lead)
        assignments.remove(db, proposal, foreign.id, reason="Chuyển công tác", actor=factories.secretary(db))
        assert (own.ended_at, foreign.end_reason) == (None, "Chuyển công tác")
        assert mails(db) == [("doctor", "%(code)s: you are no longer asked")]


def test_listing_shows_a_lead_his_own_people_and_no_score(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        factories.routing(db, proposal, "byt", "cooperating")
        done, recused = factories.reviewer(db, "done"), factories.reviewer(db, "recused")
        for actor in (done, recused, factories.reviewer(db, "doctor", "byt"), factories.adviser(db)):
            factories.assignment(db, proposal, actor)
        factories.declaration(db, proposal, done)
        factories.declaration(db, proposal, recused, kind="financial")
        factories.sheet(db, proposal, done, 5)

        def shown(actor):
            return [
                (line.email.split("@")[0], line.has_declared, line.is_conflicted, line.sheet_submitted_at is not None)
                for line in assignments.listing(db, proposal, actor=actor)
            ]

        assert shown(lead) == [("done", True, False, True), ("recused", True, True, False)]
        assert shown(factories.secretary(db)) == [
            ("done", True, False, True),
            ("recused", True, True, False),
            ("doctor", False, False, False),
            ("adviser", False, False, False),
        ]
        assert not any("score" in name for name in assignments.AssignmentLine.__annotations__)
        with pytest.raises(Forbidden):
            assignments.listing(db, proposal, actor=done)


def test_candidates_are_those_who_may_be_asked(database):
    with database.writing() as db:
        proposal, lead = under_review(db)
        asked, recused = factories.reviewer(db, "asked"), factories.reviewer(db, "recused")
        factories.reviewer(db, "free")
        factories.reviewer(db, "doctor", "byt")
        factories.acting(db, "owner", Role.MINISTRY_REVIEWER, "bkhcn")
        factories.assignment(db, proposal, asked)
        factories.declaration(db, proposal, recused, kind="family")
        assert [person.email.split("@")[0] for person in assignments.candidates(db, proposal, actor=lead)] == [
            "free",
            "lead-bkhcn",
        ]
