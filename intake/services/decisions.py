"""Release: the one act that turns prepared conclusions into decisions, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock, policy
from intake.canonical import sha256_of
from intake.errors import DeclareFirst, IllegalMove, Invalid
from intake.i18n import N_, Message
from intake.models import CommitteeSession, Decision, Proposal, Recusal, SessionItem
from intake.policy import Actor, Relation, Subject
from intake.services import agendas, audit, concerned, items, papers, transitions
from intake.services.subjects import session_subject, subject_of
from intake.workflow.procedures import PROCEDURES

RELEASE = "session.release"


@dataclass(frozen=True)
class Candidate:
    """One item about to be released, and how the person who releases stands to its proposal."""

    item: SessionItem
    proposal: Proposal
    subject: Subject


def release(
    db: Session, session: CommitteeSession, *, codes: Sequence[str] | None = None, actor: Actor
) -> list[Decision]:
    """Release the named items, by default every item not released yet; raises IllegalMove with `blocked` otherwise.

    Each item is locked before it is looked at, so of many releases at the same moment one wins and the others see
    what it did.
    """
    chosen = candidates(db, session, codes, actor=actor)
    ensure_right(db, session, chosen, named=codes is not None, actor=actor)
    undeclared = [c.proposal.code for c in chosen if may_see(c) and Relation.DECLARED not in c.subject.relations]
    if undeclared:
        raise DeclareFirst(items=undeclared)
    if not chosen:
        raise IllegalMove(N_("There is nothing left to release in this session."), blocked=[])
    blocked = [
        {"code": c.proposal.code, "reason": reason}
        for c in chosen
        if (reason := obstacle(db, session, c, chosen, actor=actor)) is not None
    ]
    if blocked:
        raise IllegalMove(N_("Nothing was released, because some items cannot be released yet."), blocked=blocked)
    released = [release_one(db, session, candidate, actor=actor) for candidate in chosen]
    codes_released = [candidate.proposal.code for candidate in chosen]
    audit.record(db, "session.released", actor=actor, subject=f"session:{session.id}", data={"items": codes_released})
    return released


def preview(db: Session, session: CommitteeSession, *, actor: Actor) -> dict[str, Message | None]:
    """For the batch preview: each item not released yet, and what stands in its way, if anything."""
    chosen = candidates(db, session, None, actor=actor, locking=False)
    return {c.proposal.code: obstacle(db, session, c, chosen, actor=actor) for c in chosen if may_see(c)}


def candidates(
    db: Session, session: CommitteeSession, codes: Sequence[str] | None, *, actor: Actor, locking: bool = True
) -> list[Candidate]:
    """The items to release in the order of the agenda, locked in the order of their ids."""
    query = (
        select(SessionItem, Proposal)
        .join(Proposal, Proposal.id == SessionItem.proposal_id)
        .where(SessionItem.session_id == session.id)
        .order_by(SessionItem.id)
        .execution_options(populate_existing=True)
    )
    if codes is None:
        query = query.where(SessionItem.state.in_(agendas.LIVE))
    else:
        query = query.where(SessionItem.state != "removed", Proposal.code.in_(codes))
    if locking:
        query = query.with_for_update(of=SessionItem)
    found = [Candidate(item, proposal, subject_of(db, proposal, actor=actor)) for item, proposal in db.execute(query)]
    listed = {candidate.proposal.code for candidate in found}
    unknown = [
        (f"items.{place}", N_("There is no item %(code)s on the agenda of this session.", code=code))
        for place, code in enumerate(codes or ())
        if code not in listed
    ]
    if unknown:
        raise Invalid(errors=unknown)
    return sorted(found, key=lambda candidate: (candidate.item.position, candidate.item.id))


def ensure_right(db: Session, session: CommitteeSession, chosen: list[Candidate], *, named: bool, actor: Actor) -> None:
    """The chair releases; the deputy while the chair is away, or just the items from which the chair is recused."""
    whole = session_subject(db, session, actor=actor)
    stands_in = named and bool(chosen) and all(policy.allows(actor, RELEASE, c.subject) for c in chosen)
    if not stands_in:
        policy.ensure(actor, RELEASE, whole)


def may_see(candidate: Candidate) -> bool:
    return Relation.CONFLICTED not in candidate.subject.relations


def obstacle(
    db: Session, session: CommitteeSession, candidate: Candidate, chosen: list[Candidate], *, actor: Actor
) -> Message | None:
    """Why this item cannot be released now by this person; None when it can."""
    item = candidate.item
    recused = select(Recusal.id).where(Recusal.item_id == item.id, Recusal.user_id == actor.user_id)
    if not may_see(candidate) or db.scalar(recused) is not None:
        return N_("You are recused from this item; the one who stands in for you releases it.")
    if item.state == "released":
        return N_("This item is already released.")
    if item.state != "closed" or item.tally is None:
        return N_("The vote on this item is not closed.")
    if item.outcome is None or item.concluded_at is None:
        return N_("The conclusion is not written yet.")
    if not item.tally["quorum"]["is_met"]:
        return N_("There was no quorum.")
    if items.newly_conflicted(db, session, item):
        return N_("A member who took part is conflicted; open the item again.")
    return merger_obstacle(db, candidate, chosen)


def merger_obstacle(db: Session, candidate: Candidate, chosen: list[Candidate]) -> Message | None:
    """A merger needs a proposal that stays open, also after the other items of the same release."""
    if candidate.item.into_id is None:
        return None
    target = db.get_one(Proposal, candidate.item.into_id)
    closing = {c.proposal.id for c in chosen if ends(c)}
    if target.is_open and target.id not in closing:
        return None
    return N_("Proposal %(code)s, into which this one is merged, is no longer open.", code=target.code)


def ends(candidate: Candidate) -> bool:
    """Whether the outcome of this item closes its proposal for good."""
    if candidate.item.outcome is None:
        return False
    procedure = PROCEDURES[candidate.proposal.procedure, candidate.proposal.procedure_version]
    return procedure.stage(procedure.transition(candidate.item.outcome).targets[candidate.proposal.state]).is_final


def release_one(db: Session, session: CommitteeSession, candidate: Candidate, *, actor: Actor) -> Decision:
    """Move the proposal, write the decision, promise its document and tell everybody concerned."""
    item, proposal = candidate.item, candidate.proposal
    outcome = item.outcome or ""
    worked = concerned.experts(db, proposal, actor=actor)
    transitions.move(
        db,
        proposal,
        outcome,
        actor=actor,
        seen=proposal.revision,
        reason=item.reason or item.text,
        data=move_data(db, item),
        released=True,
    )
    # After the move: while the item is on the agenda, the deputy has the rights of the chair.
    if not agendas.advance(db, item, "closed", "released"):
        blocked = [{"code": proposal.code, "reason": N_("This item is already released.")}]
        raise IllegalMove(N_("Nothing was released, because some items cannot be released yet."), blocked=blocked)
    released_at = clock.now()
    document = papers.promise_decision(db, session, item, proposal, released_at=released_at)
    decision = Decision(
        item_id=item.id,
        proposal_id=proposal.id,
        body_id=session.body_id,
        outcome=outcome,
        document_id=document.id,
        released_by_id=actor.user_id,
        released_at=released_at,
    )
    db.add(decision)
    db.flush()
    data = {"outcome": outcome, "doc": document.doc, "session": session.id, "tally_sha256": sha256_of(item.tally)}
    audit.record(db, "decision.released", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    concerned.released(db, proposal, item, worked=worked)
    return decision


def move_data(db: Session, item: SessionItem) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if item.defer_until is not None:
        data["defer_until"] = item.defer_until
    if item.into_id is not None:
        data["into"] = db.get_one(Proposal, item.into_id).code
    return data


def of_proposal(db: Session, proposal: Proposal, *, actor: Actor) -> list[Decision]:
    """The released decisions on a proposal, newest first, for those who may read them."""
    policy.ensure(actor, "proposal.read_decision", subject_of(db, proposal, actor=actor))
    found = select(Decision).where(Decision.proposal_id == proposal.id).order_by(Decision.id.desc())
    return list(db.scalars(found))
