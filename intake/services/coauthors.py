"""Co-authors of a proposal: invited by its owner to write or to read, and removed with effect at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import Invitation, Proposal, ProposalPerson, User
from intake.policy import Actor
from intake.services import audit, invitations, notices, rights
from intake.services.invitations import WaitingLine

MANAGE = "coauthors.manage"
RELATIONS: dict[str, Message] = {
    "coauthor_edit": N_("Writes the text together with you"),
    "coauthor_read": N_("Only reads"),
}


@dataclass(frozen=True)
class CoauthorLine:
    """One co-author; `is_kept` for owners of a proposal merged into this one, who stay its readers."""

    id: int
    name: str
    email: str
    relation: str
    added_at: datetime
    is_kept: bool


def listing(db: Session, proposal: Proposal, *, actor: Actor) -> list[CoauthorLine]:
    """Everybody who writes or reads along, in the order they came."""
    rights.ensure(db, proposal, MANAGE, actor=actor)
    rows = db.execute(
        select(ProposalPerson, User)
        .join(User, User.id == ProposalPerson.user_id)
        .where(ProposalPerson.proposal_id == proposal.id)
        .order_by(ProposalPerson.id)
    ).all()
    kept = owners_of_merged(db, proposal)
    return [
        CoauthorLine(person.id, user.name, user.email, person.relation, person.added_at, user.id in kept)
        for person, user in rows
    ]


def owners_of_merged(db: Session, proposal: Proposal) -> set[int]:
    owners = db.scalars(select(Proposal.owner_id).where(Proposal.merged_into_id == proposal.id))
    return {owner for owner in owners if owner is not None}


def waiting(db: Session, proposal: Proposal, *, actor: Actor) -> list[WaitingLine]:
    """Invitations that were not answered."""
    rights.ensure(db, proposal, MANAGE, actor=actor)
    return invitations.waiting(db, proposal=proposal)


def invite(db: Session, proposal: Proposal, email: str, *, relation: str, language: str, actor: Actor) -> Invitation:
    """Ask an address to write or read along; the mail names the code only, the title is seen after accepting."""
    rights.ensure(db, proposal, MANAGE, actor=actor)
    if relation not in RELATIONS:
        raise Invalid(errors=[("relation", N_("Say whether the person writes or only reads."))])
    inviter = db.scalars(select(User.name).where(User.id == actor.user_id)).one()
    body = [N_("%(inviter)s invites you as co-author of the proposal %(code)s.", inviter=inviter, code=proposal.code)]
    made = invitations.write(
        db,
        email,
        actor=actor,
        subject=N_("Invitation as co-author of %(code)s", code=proposal.code),
        body=body,
        language=language,
        proposal=proposal,
        relation=relation,
    )
    data = {"invitation": made.id, "email": made.email, "relation": relation}
    audit.record(db, "coauthor.invited", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    return made


def withdraw(db: Session, proposal: Proposal, invitation_id: int, *, actor: Actor) -> None:
    """Void an invitation to this proposal."""
    rights.ensure(db, proposal, MANAGE, actor=actor)
    invitations.withdraw(db, invitation_id, proposal=proposal, actor=actor)


def remove(db: Session, proposal: Proposal, person_id: int, *, actor: Actor) -> None:
    """Take a co-author off: from now on the proposal does not exist for them. What they wrote stays in the text."""
    rights.ensure(db, proposal, MANAGE, actor=actor)
    place = db.scalar(
        select(ProposalPerson).where(ProposalPerson.id == person_id, ProposalPerson.proposal_id == proposal.id)
    )
    if place is None:
        raise NotFound()
    if place.user_id in owners_of_merged(db, proposal):
        raise IllegalMove(N_("This person's proposal was merged into yours, so they keep reading it."))
    db.execute(delete(ProposalPerson).where(ProposalPerson.id == place.id))
    data = {"user": place.user_id, "relation": place.relation}
    audit.record(db, "coauthor.removed", actor=actor, subject=proposal.code, proposal_id=proposal.id, data=data)
    notices.notify(
        db,
        [place.user_id],
        N_("%(code)s: you are no longer a co-author", code=proposal.code),
        [N_("The owner has removed you from the co-authors. You do not need to do anything.")],
        key=f"uncoauthor:{person_id}",
    )
