"""The members of an organisation, managed by its manager: invited by mail, removed at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import policy
from intake.errors import IllegalMove, NotFound
from intake.i18n import N_, Text
from intake.models import Membership, Organisation, User
from intake.policy import Actor, Role
from intake.services import audit, invitations, memberships
from intake.services.subjects import own_subject

MANAGE = "members.manage"


@dataclass(frozen=True)
class MemberLine:
    """One person who acts for the organisation as an applicant."""

    id: int
    name: str
    email: str
    is_manager: bool
    since: datetime
    is_self: bool


def own_organisation(db: Session, *, actor: Actor) -> Organisation:
    """The organisation that the acting membership manages."""
    policy.ensure(actor, MANAGE, own_subject(actor))
    found = db.get(Organisation, actor.organisation_id) if actor.organisation_id else None
    if found is None:
        raise NotFound()
    return found


def listing(db: Session, *, actor: Actor) -> list[MemberLine]:
    """Who acts as applicant for one's own organisation, by name."""
    organisation = own_organisation(db, actor=actor)
    rows = db.execute(members_of(organisation.id).order_by(User.name, Membership.id)).all()
    return [
        MemberLine(held.id, user.name, user.email, held.is_manager, held.granted_at, user.id == actor.user_id)
        for held, user in rows
    ]


def members_of(organisation_id: str):
    return (
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.APPLICANT,
            Membership.ended_at.is_(None),
            User.is_active,
        )
    )


def invite(db: Session, email: str, *, is_manager: bool, language: str, actor: Actor) -> None:
    """Ask an address to join one's own organisation; the answer does not tell whether it has an account."""
    organisation = own_organisation(db, actor=actor)
    inviter = db.scalars(select(User.name).where(User.id == actor.user_id)).one()
    name = Text(vi=organisation.name_vi, en=organisation.name_en)
    body = [N_("%(inviter)s invites you to act for %(organisation)s.", inviter=inviter, organisation=name)]
    made = invitations.write(
        db,
        email,
        actor=actor,
        subject=N_("Invitation to %(organisation)s", organisation=name),
        body=body,
        language=language,
        organisation_id=organisation.id,
        is_manager=is_manager,
    )
    data = {"invitation": made.id, "email": made.email, "manager": is_manager}
    audit.record(db, "member.invited", actor=actor, subject=f"organisation:{organisation.id}", data=data)


def withdraw(db: Session, invitation_id: int, *, actor: Actor) -> None:
    """Void an invitation into one's own organisation."""
    organisation = own_organisation(db, actor=actor)
    invitations.withdraw(db, invitation_id, organisation_id=organisation.id, actor=actor)


def remove(db: Session, membership_id: int, *, actor: Actor) -> None:
    """End somebody's membership of one's own organisation; their proposals stay theirs."""
    organisation = own_organisation(db, actor=actor)
    row = db.execute(members_of(organisation.id).where(Membership.id == membership_id)).first()
    if row is None:
        raise NotFound()
    held: Membership = row[0]
    if held.user_id == actor.user_id:
        raise IllegalMove(N_("You cannot remove yourself. Ask another manager or an administrator."))
    memberships.finish(db, held, reason="removed by the manager of the organisation", actor=actor)
