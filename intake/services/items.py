"""Dealing with one item of a sitting: opened and closed with a quorum, voted on again when nothing came out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import IllegalMove
from intake.i18n import N_
from intake.models import Attendance, Ballot, CommitteeSession, Recusal, SessionItem
from intake.policy import Actor
from intake.services import agendas, audit, ballot_box, quorums, recusals, vote_tallies
from intake.workflow.voting import Quorum

NOTHING_CONCLUDED = {
    "tally": None,
    "outcome": None,
    "into_id": None,
    "text": "",
    "reason": "",
    "conditions": [],
    "defer_until": None,
    "concluded_at": None,
}


def open_item(db: Session, session: CommitteeSession, code: str, *, secret: bool = False, actor: Actor) -> SessionItem:
    """Start dealing with an item; whoever is conflicted is recused first, then the quorum is tested.

    An item that was closed without an outcome is put to the vote anew: the ballots of the first vote are gone.
    """
    item, proposal = agendas.item_of(db, session, code, actor=actor, action="session.manage")
    # First the sitting, then the item: the order in which a sitting that closes takes them.
    db.refresh(session, ["state"], with_for_update={"read": True})
    agendas.lock(db, item)
    if session.state != "open":
        raise IllegalMove(N_("Open the session first."))
    if item.state == "closed":
        refuse_second_vote(db, session, item)
    elif item.state != "waiting":
        raise IllegalMove(N_("This item is already open or decided."))
    if secret and session.mode == "consensus":
        raise IllegalMove(N_("This session decides by consensus, without ballots."))
    source = item.state
    recusals.recuse_conflicted(db, session, item, actor=actor)
    quorum = quorums.quorum(db, session, item)
    quorums.ensure_quorum(quorum)
    opening = opening_of(item, quorum)
    db.execute(delete(Ballot).where(Ballot.item_id == item.id))
    ballot_box.empty(db, item)
    fresh = {"is_secret": secret, "opened_at": clock.now(), "closed_at": None, "opening": opening, **NOTHING_CONCLUDED}
    if not agendas.advance(db, item, source, "open", **fresh):
        raise IllegalMove(N_("This item is already open or decided."))
    data = {"secret": secret, "again": source == "closed"}
    subject = agendas.subject(session, proposal)
    audit.record(db, "item.opened", actor=actor, subject=subject, proposal_id=proposal.id, data=data)
    return item


def opening_of(item: SessionItem, quorum: Quorum) -> dict[str, Any]:
    """The quorum at opening, and what votes before this one came to: the minutes tell both."""
    earlier = (item.opening or {}).get("earlier", [])
    if item.tally is not None:
        held = {"opened_at": item.opened_at, "closed_at": item.closed_at}
        moments = {name: at.isoformat() for name, at in held.items() if at is not None}
        earlier = [*earlier, {**moments, "tally": item.tally}]
    numbers = {"entitled": quorum.entitled, "present": quorum.present}
    return {"quorum": numbers | quorums.as_data(quorum), "earlier": earlier}


def refuse_second_vote(db: Session, session: CommitteeSession, item: SessionItem) -> None:
    """A vote is repeated only when nothing came out of it, or when somebody who took part is conflicted after all."""
    decided = (item.tally or {}).get("choice")
    if decided is not None and not newly_conflicted(db, session, item):
        raise IllegalMove(N_("This item was decided; a vote is repeated only when it had no outcome."))


def newly_conflicted(db: Session, session: CommitteeSession, item: SessionItem) -> set[int]:
    """Members who turned out to be conflicted only after the item had closed."""
    members = set(db.scalars(recusals.seated(session).where(Attendance.status.in_(("present", "remote")))))
    recused = set(db.scalars(select(Recusal.user_id).where(Recusal.item_id == item.id)))
    return recusals.conflicted_people(db, item.proposal_id, members) - recused


def close_item(db: Session, session: CommitteeSession, code: str, *, actor: Actor) -> SessionItem:
    """End the vote: the quorum is tested again and the tally is written down for good."""
    item, proposal = agendas.item_of(db, session, code, actor=actor, action="session.manage")
    agendas.lock(db, item)
    if item.state != "open":
        raise IllegalMove(N_("This item is not open."))
    recusals.recuse_conflicted(db, session, item, actor=actor)
    members = quorums.members(db, session, item)
    base = {member.person for member in members if member.takes_part}
    waiting = [ballot.user_id for ballot in vote_tallies.unconfirmed(db, item) if ballot.user_id in base]
    if waiting:
        message = N_(
            "Ballots recorded on behalf of members are not confirmed yet. A second person confirms them first."
        )
        raise IllegalMove(message, unconfirmed=vote_tallies.emails(db, waiting))
    quorum = quorums.quorum(db, session, item)
    quorums.ensure_quorum(quorum)
    counted = vote_tallies.tally(db, session, item, members, quorum)
    if not agendas.advance(db, item, "open", "closed", closed_at=clock.now(), tally=counted):
        raise IllegalMove(N_("This item is not open."))
    data = {name: counted[name] for name in ("mode", "secret", "entitled", "base", "cast")}
    subject = agendas.subject(session, proposal)
    audit.record(db, "item.closed", actor=actor, subject=subject, proposal_id=proposal.id, data=data)
    return item


def give_back(db: Session, session: CommitteeSession, code: str, *, actor: Actor) -> None:
    """Take a voted item off a session that is over, because somebody who took part is conflicted: another decides it.

    Such a vote cannot be released, and in a closed session it cannot be repeated.
    """
    item, proposal = agendas.item_of(db, session, code, actor=actor, action="conclusion.write")
    db.refresh(session, ["state"], with_for_update={"read": True})
    agendas.lock(db, item)
    if not may_be_given_back(db, session, item):
        raise IllegalMove(
            N_("Only an item that was voted on with a conflicted member is given back, once the session is closed.")
        )
    agendas.take_off(db, session, item, actor=actor)
    subject = agendas.subject(session, proposal)
    audit.record(db, "item.given_back", actor=actor, subject=subject, proposal_id=proposal.id)


def may_be_given_back(db: Session, session: CommitteeSession, item: SessionItem) -> bool:
    """Whether the vote on it can neither be released nor repeated."""
    return session.state == "closed" and item.state == "closed" and bool(newly_conflicted(db, session, item))
