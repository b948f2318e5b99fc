"""A person's word on a conflict of interest, and what follows from it."""

from __future__ import annotations

import pytest

from intake import clock, policy
from intake.errors import Forbidden, Invalid, NotFound
from intake.i18n import Text
from intake.models import Membership
from intake.policy import Relation, Role
from intake.services import conflicts
from intake.services.conflicts import ConflictState
from intake.services.subjects import subject_of
from tests import factories
from tests.services.traces import events, last_event, mails


def asked(db):
    """A proposal with a reviewer asked, who has not declared yet."""
    proposal = factories.proposal(db)
    factories.routing(db, proposal)
    reviewer = factories.reviewer(db)
    factories.assignment(db, proposal, reviewer)
    return proposal, reviewer


def can(db, proposal, actor, action):
    return policy.allows(actor, action, subject_of(db, proposal, actor=actor))


def test_declaring_no_conflict_opens_the_text(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        assert (can(db, proposal, reviewer, "proposal.read_cover"), can(db, proposal, reviewer, "proposal.read")) == (
            True,
            False,
        )
        conflicts.declare(db, proposal, conflicted=False, kind="none", actor=reviewer)
        assert can(db, proposal, reviewer, "proposal.read")
        assert last_event(db) == ("conflict.declared", {"old": None, "new": "none"})
        assert mails(db) == []


def test_declaring_a_conflict_closes_everything_and_tells_the_lead(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        factories.lead(db)
        factories.lead(db, "byt")
        conflicts.declare(db, proposal, conflicted=False, kind="none", actor=reviewer)
        conflicts.declare(db, proposal, conflicted=True, kind="family", reason="Chị gái", actor=reviewer)
        assert not can(db, proposal, reviewer, "proposal.read_cover")
        assert mails(db) == [("lead-bkhcn", "%(code)s: somebody is recused")]
        assert last_event(db) == ("conflict.declared", {"old": "none", "new": "family"})
        with pytest.raises(NotFound):
            conflicts.declare(db, proposal, conflicted=False, kind="none", actor=reviewer)


def test_an_engineers_conflict_is_told_to_the_secretariat(database):
    with database.writing() as db:
        proposal = factories.proposal(db, "engineer_assessment", engineer_reached_at=clock.now())
        factories.secretary(db)
        engineer = factories.engineer(db)
        conflicts.declare(db, proposal, conflicted=True, kind="supervisor", actor=engineer)
        assert mails(db) == [("secretary", "%(code)s: somebody is recused")]


def test_the_same_word_again_changes_nothing(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        first = conflicts.declare(db, proposal, conflicted=False, kind="none", actor=reviewer)
        again = conflicts.declare(db, proposal, conflicted=False, kind="none", actor=reviewer)
        assert (again.id, events(db)) == (first.id, ["conflict.declared"])


@pytest.mark.parametrize(
    ("conflicted", "kind", "path"),
    [(True, "none", "kind"), (False, "family", "kind"), (True, "friend", "kind"), (True, "other", "reason")],
)
def test_a_contradicting_word_is_refused(database, conflicted, kind, path):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        with pytest.raises(Invalid) as refused:
            conflicts.declare(db, proposal, conflicted=conflicted, kind=kind, actor=reviewer)
        assert [place for place, _ in refused.value.errors] == [path]
        assert conflicts.current(db, proposal, reviewer.user_id) is None


def test_only_another_secretary_takes_a_conflict_back_and_the_person_declares_again(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        conflicts.declare(db, proposal, conflicted=True, kind="co_author", actor=reviewer)
        email, secretary = "reviewer@example.vn", factories.secretary(db)
        with pytest.raises(Invalid):
            conflicts.undo(db, proposal, email, reason=" ", actor=secretary)
        with pytest.raises(NotFound):
            conflicts.undo(db, proposal, email, reason="Nhầm", actor=reviewer)
        with pytest.raises(Forbidden):
            conflicts.undo(db, proposal, email, reason="Nhầm", actor=factories.owner(db))
        conflicts.undo(db, proposal, email, reason="Khai nhầm", actor=secretary)
        assert last_event(db) == (
            "conflict.undone",
            {"user": reviewer.user_id, "kind": "co_author", "reason": "Khai nhầm"},
        )
        assert mails(db)[-1] == ("reviewer", "%(code)s: your declaration was taken back")
        assert (can(db, proposal, reviewer, "proposal.read_cover"), can(db, proposal, reviewer, "proposal.read")) == (
            True,
            False,
        )
        with pytest.raises(NotFound):
            conflicts.undo(db, proposal, email, reason="Lần nữa", actor=secretary)


def test_a_conflicted_secretary_cannot_take_back_the_own_word(database):
    with database.writing() as db:
        proposal, _ = asked(db)
        secretary, other = factories.secretary(db), factories.secretary(db, "secretary2")
        conflicts.declare(db, proposal, conflicted=True, kind="financial", actor=secretary)
        with pytest.raises(NotFound):
            conflicts.undo(db, proposal, "secretary@example.vn", reason="Hết", actor=secretary)
        conflicts.undo(db, proposal, "secretary@example.vn", reason="Đã thoái vốn", actor=other)
        assert can(db, proposal, secretary, "proposal.read")


def test_state_flags_a_partner_body_and_closes_for_owner_and_lead(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        factories.named(db, proposal, "partner", "Bộ KHCN", "bkhcn", settled=True)
        ministry = Text("Bộ Khoa học và Công nghệ", "Ministry of Science and Technology")
        assert conflicts.state_of(db, proposal, reviewer) == ConflictState(
            has_declared=False, kind=None, partner_bodies=(ministry,)
        )
        assert Relation.CONFLICTED not in subject_of(db, proposal, actor=reviewer).relations
        factories.named(db, proposal, "lead", "Bộ KHCN", "bkhcn", settled=True)
        assert Relation.CONFLICTED in subject_of(db, proposal, actor=reviewer).relations


def test_conflicted_pairs_follow_words_and_memberships_that_have_not_ended(database):
    with database.writing() as db:
        proposal, reviewer = asked(db)
        other = factories.proposal(db)
        factories.named(db, other, "owner", "Bộ", "bkhcn", settled=True)
        factories.named(db, proposal, "partner", "Bộ", "bkhcn", settled=True)
        sister = factories.reviewer(db, "sister", "byt")
        factories.declaration(db, proposal, sister, kind="family")
        author = factories.acting(db, "author", Role.APPLICANT)
        factories.coauthor(db, other, author)
        former = factories.reviewer(db, "former")
        membership = db.query(Membership).filter_by(user_id=former.user_id).one()
        membership.ended_at = clock.now()
        db.flush()
        assert conflicts.conflicted_pairs(db, [proposal.id, other.id]) == {
            (proposal.id, sister.user_id),
            (other.id, reviewer.user_id),
            (proposal.id, proposal.owner_id),
            (other.id, other.owner_id),
            (other.id, author.user_id),
        }
        people = [factories.person(db, name).id for name in ("reviewer", "sister", "author")]
        assert conflicts.without_conflicted(db, other, people) == {sister.user_id}


@pytest.mark.parametrize("name", ["owner", "author"])
def test_an_author_keeps_an_author_s_rights_and_has_none_in_an_official_role(database, name):
    with database.writing() as db:
        proposal, _ = asked(db)
        author = factories.acting(db, name, Role.APPLICANT)
        if name == "author":
            factories.coauthor(db, proposal, author)
        official = factories.acting(db, name, Role.SECRETARY, "vptw")
        assert not can(db, proposal, official, "proposal.read_cover")
        assert can(db, proposal, author, "proposal.read")
