"""What a vote came to: written down once, when its item closes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from intake.models import Attendance, Ballot, CommitteeSession, Proposal, SessionItem, User
from intake.models.sessions import CHOICES
from intake.services import ballot_box, quorums
from intake.workflow import voting
from intake.workflow.voting import Member, Quorum, Vote


def tally(
    db: Session, session: CommitteeSession, item: SessionItem, members: list[Member], quorum: Quorum
) -> dict[str, Any]:
    """Numbers and names that a decision prints; `counts` and `choice` are null where nothing may be shown."""
    base = [member.person for member in members if member.takes_part]
    votes = None if session.mode == "consensus" else counted_votes(db, item, set(base))
    decided = voting.outcome(votes, len(base)) if votes is not None else None
    return {
        "mode": session.mode,
        "secret": item.is_secret,
        "entitled": quorum.entitled,
        "present": quorum.present,
        "base": len(base),
        "quorum": quorums.as_data(quorum),
        "cast": cast_count(db, item),
        "counts": counts_of(votes) if votes is not None else None,
        "choice": decided.choice if decided else None,
        "into": decided.into if decided else None,
        "there": there(db, session, base),
        "recused": names(db, [member.person for member in members if member.is_recused]),
        "on_behalf": on_behalf(db, item, base),
    }


def counted_votes(db: Session, item: SessionItem, base: set[int]) -> list[Vote] | None:
    """The votes of the persons in the base; None when the box of a secret vote must stay shut, and is destroyed.

    It stays shut below three ballots, and when it holds that of somebody who has turned out not to be entitled: it
    cannot be taken out, so the vote is void and has to be repeated.
    """
    if not item.is_secret:
        target = aliased(Proposal)
        rows = db.execute(
            select(Ballot.choice, target.code)
            .outerjoin(target, target.id == Ballot.into_id)
            .where(Ballot.item_id == item.id, Ballot.user_id.in_(base))
            .order_by(Ballot.id)
        )
        return [Vote(row.choice, row.code) for row in rows]
    voters = set(db.scalars(select(Ballot.user_id).where(Ballot.item_id == item.id)))
    if not voting.may_be_opened(len(voters)) or voters - base:
        ballot_box.empty(db, item)
        return None
    box = ballot_box.open_up(db, item)
    return None if box is None else [Vote(choice) for choice in box]


def cast_count(db: Session, item: SessionItem) -> int:
    """How many have voted: all that anybody may know while a secret vote is open."""
    return db.scalars(select(func.count()).select_from(Ballot).where(Ballot.item_id == item.id)).one()


def counts_of(votes: list[Vote]) -> dict[str, int]:
    """Votes per choice, every choice named."""
    counted = Counter(vote.choice for vote in votes)
    return {choice: counted[choice] for choice in CHOICES}


def unconfirmed(db: Session, item: SessionItem) -> list[Ballot]:
    """Ballots recorded for somebody and not yet confirmed by a second person."""
    found = select(Ballot).where(
        Ballot.item_id == item.id, Ballot.recorder_id.is_not(None), Ballot.confirmed_by_id.is_(None)
    )
    return list(db.scalars(found.order_by(Ballot.id)))


def there(db: Session, session: CommitteeSession, base: list[int]) -> list[dict[str, str]]:
    """Those in the base: name, seat, whether in the room or not."""
    found = (
        select(User.name, Attendance.seat, Attendance.status)
        .join(User, User.id == Attendance.user_id)
        .where(Attendance.session_id == session.id, Attendance.user_id.in_(base))
        .order_by(Attendance.id)
    )
    return [dict(row._mapping) for row in db.execute(found)]


def names(db: Session, people: list[int]) -> list[str]:
    return list(db.scalars(select(User.name).where(User.id.in_(people)).order_by(User.name, User.id)))


def emails(db: Session, people: list[int]) -> list[str]:
    return list(db.scalars(select(User.email).where(User.id.in_(people)).order_by(User.email)))


def on_behalf(db: Session, item: SessionItem, base: list[int]) -> list[dict[str, str]]:
    """For whom somebody else recorded the ballot, who did, and who confirmed it."""
    member, recorder, confirmer = aliased(User), aliased(User), aliased(User)
    rows = db.execute(
        select(member.name.label("member"), recorder.name.label("recorder"), confirmer.name.label("confirmed_by"))
        .select_from(Ballot)
        .join(member, member.id == Ballot.user_id)
        .join(recorder, recorder.id == Ballot.recorder_id)
        .join(confirmer, confirmer.id == Ballot.confirmed_by_id)
        .where(Ballot.item_id == item.id, Ballot.user_id.in_(base))
        .order_by(member.name, member.id)
    )
    return [dict(row._mapping) for row in rows]
