"""Conflicts that nobody declares: a link, a membership or a merger of bodies changes who may judge what."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Subquery, select, union
from sqlalchemy.orm import Session

from intake import clock
from intake.i18n import N_
from intake.models import (
    Assignment,
    BodyMember,
    CommitteeSession,
    Membership,
    Proposal,
    ProposalOrganisation,
    Routing,
    SessionItem,
    User,
)
from intake.models.visibility import LIVE_ITEM
from intake.policy import Actor
from intake.services import audiences, audit, conflicts, notices

Pair = tuple[int, int]
"""A proposal and a person who is asked about it."""


@contextmanager
def of_proposal(db: Session, proposal: Proposal, *, actor: Actor) -> Iterator[None]:
    """Around a change of the bodies linked to one proposal, or of its authors."""
    with watching(db, Proposal.id == proposal.id, actor=actor):
        yield


@contextmanager
def of_person(db: Session, user_id: int, *, actor: Actor) -> Iterator[None]:
    """Around a change of one person's memberships."""
    with watching(db, asked.c.user_id == user_id, actor=actor):
        yield


@contextmanager
def of_organisations(db: Session, organisations: Collection[str], *, actor: Actor) -> Iterator[None]:
    """Around a merger: every proposal that one of these bodies is linked to is looked at again."""
    linked = select(ProposalOrganisation.proposal_id).where(ProposalOrganisation.organisation_id.in_(organisations))
    numbers = set(db.scalars(linked))
    with watching(db, Proposal.id.in_(numbers), actor=actor):
        yield


@contextmanager
def watching(db: Session, scope: ColumnElement[bool], *, actor: Actor) -> Iterator[None]:
    """Whoever is asked and stands otherwise afterwards is told, and so is whoever finds somebody else."""
    before = kept_out(db, asked_pairs(db, scope))
    yield
    db.flush()
    pairs = asked_pairs(db, scope)
    after = kept_out(db, pairs)
    for proposal_id, user_id in sorted(after - before):
        found(db, db.get_one(Proposal, proposal_id), user_id, actor=actor)
    for proposal_id, user_id in sorted((before - after) & pairs):
        ended(db, db.get_one(Proposal, proposal_id), user_id, actor=actor)


def everybody_asked() -> Subquery:
    """Reviewers and advisers, leads of the ministries asked, the engineer once reached, members with it before them."""
    assigned = select(Assignment.proposal_id, Assignment.user_id).where(Assignment.ended_at.is_(None))
    leads = (
        select(Routing.proposal_id, Membership.user_id)
        .join(Membership, Membership.organisation_id == Routing.organisation_id)
        .where(Routing.ended_at.is_(None), Membership.role == "ministry_lead", Membership.ended_at.is_(None))
    )
    engineers = (
        select(Proposal.id, Membership.user_id)
        .join(Membership, Membership.system == Proposal.assessing_system)
        .where(Proposal.engineer_reached_at.is_not(None), Membership.role == "engineer", Membership.ended_at.is_(None))
    )
    members = (
        select(SessionItem.proposal_id, BodyMember.user_id)
        .join(CommitteeSession, CommitteeSession.id == SessionItem.session_id)
        .join(BodyMember, BodyMember.body_id == CommitteeSession.body_id)
        .where(SessionItem.state.in_(LIVE_ITEM), BodyMember.ended_on.is_(None))
    )
    return union(assigned, leads, engineers, members).subquery("asked")


asked = everybody_asked()


def asked_pairs(db: Session, scope: ColumnElement[bool]) -> set[Pair]:
    """Who is asked about an open proposal, within `scope`."""
    query = select(asked.c.proposal_id, asked.c.user_id).join(Proposal, Proposal.id == asked.c.proposal_id)
    return {(row[0], row[1]) for row in db.execute(query.where(Proposal.is_open, scope))}


def kept_out(db: Session, pairs: set[Pair]) -> set[Pair]:
    """Those of them who are conflicted, by their own word, as authors or through an organisation."""
    return conflicts.conflicted_pairs(db, {proposal_id for proposal_id, _ in pairs}) & pairs


def found(db: Session, proposal: Proposal, user_id: int, *, actor: Actor) -> None:
    """The person hears no more than the code; the others learn that somebody has to stand in."""
    record(db, "conflict.found", proposal, user_id, actor)
    key = f"conflict-found:{proposal.id}:{user_id}:{clock.now().isoformat()}"
    notices.notify(
        db,
        [user_id],
        N_("%(code)s: you are recused", code=proposal.code),
        [
            N_(
                "You or one of your organisations proposes it or is to lead it, so you take no part. "
                "You need not do anything."
            )
        ],
        key=key,
        path="/queue",
    )
    notices.notify(
        db,
        conflicts.without_conflicted(db, proposal, who_replaces(db, proposal, user_id)) - {user_id},
        N_("%(code)s: somebody is recused", code=proposal.code),
        [
            N_(
                "%(name)s, or an organisation of theirs, proposes it or is to lead it, and takes no part any more. "
                "Ask somebody else; when a whole ministry is concerned, return the proposal to reception.",
                name=db.get_one(User, user_id).name,
            )
        ],
        key=f"{key}:replace",
        path="/queue",
    )


def ended(db: Session, proposal: Proposal, user_id: int, *, actor: Actor) -> None:
    """Nothing keeps the person out any more, who has to declare all the same before going on."""
    record(db, "conflict.ended", proposal, user_id, actor)
    notices.notify(
        db,
        [user_id],
        N_("%(code)s: you are no longer recused", code=proposal.code),
        [N_("None of your organisations proposes it or is to lead it any more. Declare before you go on.")],
        key=f"conflict-ended:{proposal.id}:{user_id}:{clock.now().isoformat()}",
        path="/queue",
    )


def record(db: Session, event: str, proposal: Proposal, user_id: int, actor: Actor) -> None:
    data: dict[str, Any] = {"user": user_id}
    audit.record(db, event, actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)


def who_replaces(db: Session, proposal: Proposal, user_id: int) -> set[int]:
    """The leads of the ministry for whom the person reviews, and the secretariat."""
    ministry = db.scalar(
        select(Assignment.organisation_id).where(
            Assignment.proposal_id == proposal.id,
            Assignment.user_id == user_id,
            Assignment.kind == "reviewer",
            Assignment.ended_at.is_(None),
        )
    )
    leads = audiences.with_role(db, "ministry_lead", organisation_id=ministry) if ministry else set()
    return leads | audiences.secretaries(db, proposal)
