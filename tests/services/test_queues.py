"""My desk: for each role what waits, by due date, and nothing that is not theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake import clock
from intake.errors import Forbidden
from intake.models import Organisation
from intake.policy import Role
from intake.services import queues
from intake.workflow.procedures import DEFAULT_PROCEDURE
from tests import factories
from tests.services.statements import counted


def shown(db, actor, **changes):
    return [(task.kind, task.code, task.progress) for task in queues.queue(db, actor=actor, **changes)]


def kinds(db, actor):
    return [task.kind for task in queues.queue(db, actor=actor)]


def routed(db, state="ministry_review", **changes):
    proposal = factories.proposal(db, state, **changes)
    factories.routing(db, proposal, "bkhcn")
    factories.routing(db, proposal, "byt", "cooperating")
    return proposal


def test_applicant_answers_before_finishing_drafts(database):
    with database.writing() as db:
        owner = factories.owner(db)
        draft = factories.proposal(db, "draft")
        revision = factories.proposal(db, "revision", due_on=clock.today() + timedelta(days=9))
        supplement = factories.proposal(
            db, "supplement", asked_by="reception", due_on=clock.today() + timedelta(days=2)
        )
        factories.proposal(db, "reception")
        factories.proposal(db, "draft", owner_id=factories.owner(db, "somebody").user_id)
        assert shown(db, owner) == [
            ("answer", supplement.code, None),
            ("answer", revision.code, None),
            ("finish", draft.code, None),
        ]


def test_secretary_has_work_at_every_stage_the_secretariat_holds_or_records(database):
    with database.writing() as db:
        stages = [stage for stage in DEFAULT_PROCEDURE.stages if stage.is_open or stage.is_initial]
        codes = {factories.proposal(db, stage.id).code: stage.id for stage in stages}
        on_agenda = factories.proposal(db, "committee", holder_kind="body", holder_organisation_id="tt_bcdtw")
        tasks = queues.queue(db, actor=factories.secretary(db))
        assert {codes[task.code or ""]: task.kind for task in tasks} == {
            "reception": "receive",
            "synthesis": "synthesise",
            "committee": "schedule",
            "deferred": "reschedule",
            "approved": "assign",
            "implementation": "follow",
        }
        assert on_agenda.code not in {task.code for task in tasks}
        assert not any(task.must_declare for task in tasks)


def test_tasks_stand_by_due_date_and_the_most_urgent_survive_a_limit(database):
    with database.writing() as db:
        today = clock.today()
        days = (5, -2, 0, 9)
        codes = {n: factories.proposal(db, "reception", due_on=today + timedelta(days=n)).code for n in days}
        secretary = factories.secretary(db)
        assert [task.code for task in queues.queue(db, actor=secretary)] == [codes[n] for n in sorted(days)]
        assert [task.code for task in queues.queue(db, actor=secretary, limit=2)] == [codes[-2], codes[0]]
        assert queues.queue(db, actor=secretary, kind="assign") == []
        assert queues.queue(db, actor=secretary, system="ht1") == []


def test_lead_assigns_then_signs_then_concludes(database):
    with database.writing() as db:
        proposal, lead = routed(db), factories.lead(db)
        assert shown(db, lead) == [("assign_reviewers", proposal.code, None)]
        assert queues.queue(db, actor=lead)[0].must_declare
        factories.declaration(db, proposal, lead)
        for name in ("one", "two"):
            factories.assignment(db, proposal, factories.reviewer(db, name))
        factories.sheet(db, proposal, factories.reviewer(db, "one"), 4)
        assert shown(db, lead) == [("sign_opinion", proposal.code, (1, 2))]
        factories.opinion(db, proposal, lead)
        assert shown(db, lead) == [("conclude_review", proposal.code, (1, 2))]
        assert not queues.queue(db, actor=lead)[0].must_declare


def test_cooperating_lead_is_done_once_signed(database):
    with database.writing() as db:
        proposal, lead = routed(db), factories.lead(db, "byt")
        factories.assignment(db, proposal, factories.reviewer(db, "doctor", "byt"))
        assert shown(db, lead) == [("sign_opinion", proposal.code, (0, 1))]
        factories.opinion(db, proposal, lead)
        assert shown(db, lead) == []
        assert shown(db, factories.lead(db, "btc")) == []


def test_what_is_done_crowds_nothing_out(database):
    with database.writing() as db:
        lead, reviewer = factories.lead(db, "byt"), factories.reviewer(db)
        for day in (1, 2, 3):
            done = routed(db, due_on=clock.today() + timedelta(days=day))
            factories.opinion(db, done, lead)
            factories.assignment(db, done, reviewer)
            factories.sheet(db, done, reviewer, 4)
        waiting = routed(db, due_on=clock.today() + timedelta(days=9))
        factories.assignment(db, waiting, reviewer)
        assert shown(db, lead, limit=1) == [("assign_reviewers", waiting.code, None)]
        assert shown(db, reviewer, limit=1) == [("score", waiting.code, (0, 6))]


def test_a_closed_body_counts_once_towards_concluding(database):
    with database.writing() as db:
        proposal, lead = routed(db), factories.lead(db)
        closed = factories.routing(db, proposal, "btc", "cooperating")
        closed.no_opinion_at, closed.no_opinion_reason = clock.now(), "Quá hạn"
        factories.opinion(db, proposal, lead)
        assert shown(db, lead) == [("conclude_review", proposal.code, (2, 3))]
        factories.opinion(db, proposal, factories.lead(db, "btc"))
        assert shown(db, lead) == [("conclude_review", proposal.code, (2, 3))]


def test_reviewer_scores_by_the_day_given_and_again_when_the_text_changed(database):
    with database.writing() as db:
        proposal, reviewer = routed(db), factories.reviewer(db)
        day = clock.today() + timedelta(days=2)
        factories.assignment(db, proposal, reviewer, due_on=day)
        [task] = queues.queue(db, actor=reviewer)
        assert (task.kind, task.code, task.due_on, task.progress, task.must_declare, task.page) == (
            "score",
            proposal.code,
            day,
            (0, 6),
            True,
            "review",
        )
        factories.declaration(db, proposal, reviewer)
        sheet = factories.sheet(db, proposal, reviewer, 4, is_submitted=False)
        assert shown(db, reviewer) == [("score", proposal.code, (6, 6))]
        sheet.submitted_at = clock.now()
        assert shown(db, reviewer) == []
        novelty = factories.document()["sections"]["novelty"]
        text = next(key for key, value in novelty.items() if isinstance(value, str))
        factories.version(db, proposal, factories.document(novelty=novelty | {text: "Viết lại."}))
        assert shown(db, reviewer) == [("score_again", proposal.code, (5, 6))]


def test_a_day_from_before_the_clock_was_stopped_gives_way_to_the_stage(database):
    with database.writing() as db:
        proposal, reviewer = routed(db), factories.reviewer(db)
        factories.assignment(db, proposal, reviewer, due_on=clock.today() - timedelta(days=10))
        assert [task.due_on for task in queues.queue(db, actor=reviewer)] == [proposal.due_on]


def test_reviewer_without_routing_or_assignment_has_nothing(database):
    with database.writing() as db:
        routed(db)
        unrouted = factories.proposal(db)
        removed = routed(db)
        reviewer = factories.reviewer(db)
        factories.assignment(db, unrouted, reviewer)
        factories.assignment(db, removed, reviewer).ended_at = clock.now()
        db.flush()
        assert shown(db, reviewer) == []


def test_engineer_scores_blind_then_assesses_then_hands_over(database):
    with database.writing() as db:
        engineer = factories.engineer(db)
        proposal = factories.proposal(db, "engineer_assessment", engineer_reached_at=clock.now())
        factories.proposal(db, "engineer_assessment", engineer_reached_at=clock.now(), assessing_system="ht2")
        factories.proposal(db, "ministry_review")
        assert shown(db, engineer) == [("score", proposal.code, (0, 6))]
        factories.sheet(db, proposal, engineer, 4)
        assert shown(db, engineer) == [("write_assessment", proposal.code, None)]
        factories.opinion(db, proposal, engineer)
        assert shown(db, engineer) == [("assess", proposal.code, None)]
        proposal.state, proposal.holder_kind = "synthesis", "secretariat"
        assert shown(db, engineer) == []


def test_adviser_gives_an_opinion_once(database):
    with database.writing() as db:
        proposal, adviser = factories.proposal(db, "synthesis"), factories.adviser(db)
        assert shown(db, adviser) == []
        factories.assignment(db, proposal, adviser)
        assert shown(db, adviser) == [("advise", proposal.code, None)]
        factories.opinion(db, proposal, adviser)
        assert shown(db, adviser) == []


def test_lead_agency_reports(database):
    with database.writing() as db:
        agency = factories.acting(db, "agency", Role.IMPLEMENTER, "byt")
        proposal = factories.proposal(db, "implementation", lead_agency_id="byt")
        factories.proposal(db, "implementation", lead_agency_id="btc")
        assert shown(db, agency) == [("report", proposal.code, None)]


def test_the_recused_get_one_line_without_a_title(database):
    with database.writing() as db:
        proposal, reviewer = routed(db), factories.reviewer(db)
        factories.assignment(db, proposal, reviewer)
        factories.declaration(db, proposal, reviewer, kind="family")
        [task] = queues.queue(db, actor=reviewer)
        assert task == queues.Task(kind="recused", label=task.label, page="queue", code=proposal.code)
        assert (task.label.id, task.label.args) == ("You are recused (%(code)s)", {"code": proposal.code})


def test_the_recused_through_an_organisation_get_the_same_line(database):
    with database.writing() as db:
        db.add(Organisation(id="university", name_vi="Đại học", name_en="University", kind="university", sort_key="d"))
        db.flush()
        factories.acting(db, "reviewer", Role.APPLICANT, "university")
        proposal, reviewer = routed(db), factories.reviewer(db)
        factories.assignment(db, proposal, reviewer)
        assert kinds(db, reviewer) == ["score"]
        factories.named(db, proposal, "owner", "Đại học", "university", settled=True)
        assert kinds(db, reviewer) == ["recused"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_roles_without_work_have_no_desk(database, role):
    with database.writing() as db, pytest.raises(Forbidden):
        queues.queue(db, actor=factories.acting(db, "other", role))


def test_every_role_with_a_desk_is_served(database):
    with database.writing() as db:
        desks = {role: factories.acting(db, role.value, role) for role in queues.DESKS}
        assert {role: queues.queue(db, actor=actor) for role, actor in desks.items()} == {role: [] for role in desks}


def busy(db, lead, reviewer, engineer):
    """One more of everything: a text that changed after scoring included."""
    for actor in (lead, reviewer):
        proposal = routed(db)
        factories.assignment(db, proposal, actor)
        factories.sheet(db, proposal, actor, 4)
        factories.version(db, proposal, factories.document(novelty={}))
    reached = factories.proposal(db, "engineer_assessment", engineer_reached_at=clock.now())
    factories.sheet(db, reached, engineer, 4)
    factories.version(db, reached, factories.document(novelty={}))


def test_the_number_of_queries_does_not_grow_with_the_work(database):
    with database.writing() as db:
        actors = (factories.lead(db), factories.reviewer(db), factories.engineer(db))
        queues.queue(db, actor=actors[1])  # the scoring scheme is read once per session
        sent: list[list[int]] = []
        for _ in range(2):
            busy(db, *actors)
            busy(db, *actors)
            counts = []
            for actor in (*actors, factories.secretary(db), factories.owner(db)):
                db.flush()
                db.expire_all()
                with counted(db) as statements:
                    queues.queue(db, actor=actor)
                counts.append(len(statements))
                assert not any("proposal.document" in statement for statement in statements)
            sent.append(counts)
        assert sent[0] == sent[1]
