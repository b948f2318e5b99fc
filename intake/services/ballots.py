"""Ballots of members: open ones change until the item closes, secret ones are final and belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Forbidden, IllegalMove, Invalid
from intake.i18n import N_
from intake.models import Attendance, Ballot, CommitteeSession, Proposal, Recusal, SessionItem, User
from intake.models.sessions import CHOICES
from intake.models.visibility import visible
from intake.policy import Actor, Relation, Role
from intake.services import agendas, audit, ballot_box, proposals, recusals, vote_tallies
from intake.services.subjects import subject_of
from intake.workflow.voting import ATTENDING, PRESIDING_SEATS, Vote

LONGEST_REASON = 5000
NOT_OPEN = N_("Votes are taken only while the item is open.")


@dataclass(frozen=True)
class Counts:
    """What one person may know of a vote: how many have cast, votes per choice or None, the tally once it is closed."""

    cast: int
    choices: dict[str, int] | None
    tally: dict[str, Any] | None


def cast(
    db: Session,
    session: CommitteeSession,
    code: str,
    *,
    choice: str,
    reason: str = "",
    into: str | None = None,
    on_behalf_of: str | None = None,
    actor: Actor,
) -> Ballot:
    """Vote for oneself; or, by the secretary, record the vote of the member with the address `on_behalf_of`."""
    action = "ballot.cast" if on_behalf_of is None else "ballot.cast_on_behalf"
    item, proposal = agendas.item_of(db, session, code, actor=actor, action=action)
    agendas.lock(db, item)
    if session.mode == "consensus":
        raise IllegalMove(N_("This session decides by consensus, without ballots."))
    if item.state != "open":
        raise IllegalMove(NOT_OPEN)
    voter = actor.user_id if on_behalf_of is None else member_named(db, session, on_behalf_of)
    ensure_entitled(db, session, item, voter)
    earlier = db.scalar(select(Ballot).where(Ballot.item_id == item.id, Ballot.user_id == voter))
    refuse_overwriting(item, earlier, is_recorded=on_behalf_of is not None)
    target = checked(db, item, choice=choice, reason=reason, into=into, actor=actor)
    ballot = earlier or Ballot(item_id=item.id, user_id=voter)
    ballot.recorder_id = actor.user_id if on_behalf_of is not None else None
    # Whatever was confirmed or scanned before was another ballot.
    ballot.confirmed_by_id = ballot.file_key = ballot.sha256 = None
    if item.is_secret:
        ballot_box.put_in(db, item, choice)
    else:
        ballot.choice, ballot.reason, ballot.into_id = choice, reason.strip(), target.id if target else None
        ballot.cast_at = clock.now()
    db.add(ballot)
    db.flush()
    subject = agendas.subject(session, proposal)
    # Never the choice: auditors read the trail while the vote is under embargo, and a secret one must stay secret.
    data = {"on_behalf_of": voter} if on_behalf_of is not None else {}
    audit.record(db, "ballot.cast", actor=actor, subject=subject, proposal_id=proposal.id, data=data)
    return ballot


def member_named(db: Session, session: CommitteeSession, email: str) -> int:
    try:
        return recusals.member_with(db, session, email)
    except Invalid as error:
        raise Invalid(errors=[("on_behalf_of", message) for _, message in error.errors]) from error


def ensure_entitled(db: Session, session: CommitteeSession, item: SessionItem, voter: int | None) -> None:
    """The voter sits in the body, is recorded present or remote, and is neither recused nor conflicted."""
    listed = db.scalar(
        select(Attendance).where(
            Attendance.session_id == session.id, Attendance.user_id == voter, Attendance.seat.is_not(None)
        )
    )
    if listed is None or listed.status not in ATTENDING:
        raise IllegalMove(N_("Only members recorded present or remote vote. The secretary records attendance."))
    recused = select(Recusal.id).where(Recusal.item_id == item.id, Recusal.user_id == voter)
    if db.scalar(recused) is not None or recusals.conflicted_people(db, item.proposal_id, {listed.user_id}):
        raise IllegalMove(N_("This member is recused from the item and does not vote."))


def refuse_overwriting(item: SessionItem, earlier: Ballot | None, *, is_recorded: bool) -> None:
    if earlier is None:
        return
    if item.is_secret:
        raise IllegalMove(N_("A secret ballot is final once it is cast."))
    if is_recorded and earlier.recorder_id is None:
        raise IllegalMove(N_("This member has voted in person; nobody else can change that ballot."))


def checked(
    db: Session, item: SessionItem, *, choice: str, reason: str, into: str | None, actor: Actor
) -> Proposal | None:
    """The proposal to merge into, if that is the choice; raises Invalid for what is no ballot."""
    if choice not in CHOICES:
        raise Invalid(errors=[("choice", N_("Use one of: %(known)s.", known=", ".join(CHOICES)))])
    if len(reason) > LONGEST_REASON:
        raise Invalid(errors=[("reason", N_("A reason may have at most %(count)s characters.", count=LONGEST_REASON))])
    if item.is_secret and reason.strip():
        raise Invalid(errors=[("reason", N_("A secret ballot carries no reason: it could show who voted."))])
    if choice != "merge":
        if into:
            raise Invalid(errors=[("into", N_("Name another proposal only when the choice is to merge."))])
        return None
    if item.is_secret:
        message = N_("A merger names another proposal, which a secret ballot cannot carry. Vote on it openly.")
        raise Invalid(errors=[("choice", message)])
    return merge_target(db, item, into or "", actor=actor)


def merge_target(db: Session, item: SessionItem, code: str, *, actor: Actor) -> Proposal:
    """The other, still open proposal with this code, when the person may know of it."""
    found = db.scalar(
        select(Proposal).where(
            Proposal.code == code,
            Proposal.id != item.proposal_id,
            Proposal.is_open,
            visible(actor, "proposal.read_cover"),
        )
    )
    if found is None:
        message = N_("There is no other open proposal %(code)s to merge into.", code=code)
        raise Invalid(errors=[("into", message)])
    return found


def confirm(db: Session, session: CommitteeSession, code: str, *, actor: Actor) -> int:
    """Confirm the ballots that somebody else recorded on behalf of members; answers with how many."""
    item, proposal = agendas.item_of(db, session, code, actor=actor, action="ballot.confirm")
    if actor.role is not Role.SECRETARY and not presides(db, session, actor):
        raise Forbidden()
    agendas.lock(db, item)
    if item.state != "open":
        raise IllegalMove(N_("Ballots are confirmed only while the item is open."))
    waiting = vote_tallies.unconfirmed(db, item)
    others = [ballot for ballot in waiting if ballot.recorder_id != actor.user_id]
    if waiting and not others:
        raise Forbidden(
            N_("Whoever recorded a ballot does not confirm it. Another secretary, the chair or the deputy does.")
        )
    for ballot in others:
        ballot.confirmed_by_id = actor.user_id
    db.flush()
    if others:
        data = {"members": [ballot.user_id for ballot in others]}
        subject = agendas.subject(session, proposal)
        audit.record(db, "ballot.confirmed", actor=actor, subject=subject, proposal_id=proposal.id, data=data)
    return len(others)


def presides(db: Session, session: CommitteeSession, actor: Actor) -> bool:
    """Whether the person sits there as chair or deputy."""
    seat = select(Attendance.seat).where(Attendance.session_id == session.id, Attendance.user_id == actor.user_id)
    return db.scalar(seat) in PRESIDING_SEATS


def counts(db: Session, item: SessionItem, *, actor: Actor) -> Counts:
    """What `actor` may know now: nothing of a secret vote but how many have cast, of an open one as DESIGN 8 says."""
    code = db.scalars(select(Proposal.code).where(Proposal.id == item.proposal_id)).one()
    proposal = proposals.get(db, code, actor=actor, action="session.read")
    cast_so_far = vote_tallies.cast_count(db, item)
    if item.tally is not None:
        return Counts(cast_so_far, item.tally["counts"], item.tally)
    if item.state != "open" or item.is_secret or not sees_running_tally(db, item, proposal, actor=actor):
        return Counts(cast_so_far, None, None)
    votes = db.execute(select(Ballot.choice, Ballot.into_id).where(Ballot.item_id == item.id)).all()
    return Counts(cast_so_far, vote_tallies.counts_of([Vote(row.choice) for row in votes]), None)


def sees_running_tally(db: Session, item: SessionItem, proposal: Proposal, *, actor: Actor) -> bool:
    """The secretary and the chair do; a member after the own ballot."""
    if actor.role is Role.SECRETARY:
        return True
    if Relation.DECIDING_CHAIR in subject_of(db, proposal, actor=actor).relations:
        return True
    own = select(Ballot.id).where(Ballot.item_id == item.id, Ballot.user_id == actor.user_id)
    return db.scalar(own) is not None


def own_ballot(db: Session, item: SessionItem, *, actor: Actor) -> Ballot | None:
    """What the person has cast on this item; of a secret ballot only that it was cast."""
    return db.scalar(select(Ballot).where(Ballot.item_id == item.id, Ballot.user_id == actor.user_id))


def cast_by(db: Session, item: SessionItem) -> list[str]:
    """Addresses of the members who have voted, for the desk that runs the sitting."""
    found = select(User.email).join(Ballot, Ballot.user_id == User.id).where(Ballot.item_id == item.id)
    return list(db.scalars(found.order_by(User.email)))
