"""Invitations by mail: into an organisation by its manager, to a proposal by its owner; accepted by the link alone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from intake import clock
from intake.errors import IllegalMove, Invalid, NotFound
from intake.i18n import N_, Message
from intake.models import Invitation, Organisation, Proposal, ProposalPerson, User
from intake.policy import Actor, Role
from intake.services import accounts, addresses, audit, conflict_checks, links, memberships, notices, registrations
from intake.services.codes import hashed

LIFETIME = timedelta(days=14)
MOST_WAITING = 200


@dataclass(frozen=True)
class Asked:
    """What the person behind a link is invited to."""

    email: str
    inviter: str
    organisation: Organisation | None
    proposal_code: str | None
    relation: str | None
    is_manager: bool
    has_account: bool


@dataclass(frozen=True)
class WaitingLine:
    """An invitation that was neither accepted nor withdrawn; it may have expired."""

    id: int
    email: str
    relation: str | None
    is_manager: bool
    created_at: datetime
    expires_at: datetime
    has_expired: bool


def write(
    db: Session,
    email: str,
    *,
    actor: Actor,
    subject: Message,
    body: Sequence[Message],
    language: str,
    organisation_id: str | None = None,
    is_manager: bool = False,
    proposal: Proposal | None = None,
    relation: str | None = None,
) -> Invitation:
    """Promise the mail and remember the invitation, instead of an earlier one; the caller has checked the right."""
    address, now = addresses.checked(email), clock.now()
    to_same = select(Invitation.id).where(
        Invitation.email == address,
        Invitation.organisation_id.is_not_distinct_from(organisation_id),
        Invitation.proposal_id.is_not_distinct_from(proposal.id if proposal else None),
    )
    db.execute(update(Invitation).where(Invitation.id.in_(to_same), still_open()).values(withdrawn_at=now))
    if len(db.scalars(waiting_for(organisation_id, proposal)).all()) >= MOST_WAITING:
        raise Invalid(errors=[("email", N_("Too many invitations are waiting. Withdraw some first."))])
    token = secrets.token_urlsafe(links.TOKEN_BYTES)
    made = Invitation(
        token_hash=hashed(token),
        email=address,
        role=None if proposal else Role.APPLICANT.value,
        organisation_id=organisation_id,
        is_manager=is_manager,
        proposal_id=proposal.id if proposal else None,
        relation=relation,
        invited_by_id=actor.user_id,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    db.add(made)
    db.flush()
    known = accounts.by_address(db, address)
    body = [*body, N_("The link works once, for 14 days. If you do not want this, do nothing.")]
    notices.write(
        db,
        address,
        known.language if known else language,
        subject,
        body,
        key=f"invitation:{made.id}",
        path=f"/invitation/{token}",
        is_secret=True,
    )
    return made


def still_open():
    """Neither accepted nor withdrawn, whatever the day."""
    return Invitation.accepted_at.is_(None) & Invitation.withdrawn_at.is_(None)


def waiting_for(organisation_id: str | None, proposal: Proposal | None) -> Select[Invitation]:
    query = select(Invitation).where(still_open()).order_by(Invitation.id)
    if proposal is not None:
        return query.where(Invitation.proposal_id == proposal.id)
    return query.where(Invitation.organisation_id == organisation_id)


def waiting(db: Session, *, organisation_id: str | None = None, proposal: Proposal | None = None) -> list[WaitingLine]:
    """What was sent and not answered, oldest first."""
    now = clock.now()
    return [
        WaitingLine(
            row.id, row.email, row.relation, row.is_manager, row.created_at, row.expires_at, row.expires_at <= now
        )
        for row in db.scalars(waiting_for(organisation_id, proposal))
    ]


def withdraw(
    db: Session,
    invitation_id: int,
    *,
    organisation_id: str | None = None,
    proposal: Proposal | None = None,
    actor: Actor,
) -> None:
    """Void an invitation of one's own organisation or proposal; the caller has checked the right to manage it."""
    own = waiting_for(organisation_id, proposal).with_only_columns(Invitation.id).order_by(None)
    hit = db.scalar(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.id.in_(own))
        .values(withdrawn_at=clock.now())
        .returning(Invitation.id)
    )
    if hit is None:
        raise NotFound()
    subject = proposal.code if proposal else f"organisation:{organisation_id}"
    audit.record(
        db,
        "invitation.withdrawn",
        actor=actor,
        subject=subject,
        proposal_id=proposal.id if proposal else None,
        data={"invitation": invitation_id},
    )


def good(db: Session, token: str) -> Invitation:
    """The invitation behind a link while it can be accepted; NotFound otherwise."""
    found = db.scalar(
        select(Invitation)
        .where(Invitation.token_hash == hashed(token), still_open(), Invitation.expires_at > clock.now())
        .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
    )
    if found is None or not found.invited_by.is_active or is_closed(db, found):
        raise NotFound(links.DEAD)
    return found


def is_closed(db: Session, invitation: Invitation) -> bool:
    """Whether the address belongs to an account that was deactivated: no link opens it again."""
    return db.scalar(select(User.id).where(User.email == invitation.email, ~User.is_active)) is not None


def asked(db: Session, token: str) -> Asked:
    """What a link invites to, in words for its page."""
    found = good(db, token)
    code = db.scalar(select(Proposal.code).where(Proposal.id == found.proposal_id)) if found.proposal_id else None
    return Asked(
        email=found.email,
        inviter=found.invited_by.name,
        organisation=found.organisation,
        proposal_code=code,
        relation=found.relation,
        is_manager=found.is_manager,
        has_account=accounts.by_address(db, found.email) is not None,
    )


def accept(db: Session, token: str, *, name: str = "", new_hash: str | None = None, language: str = "vi") -> User:
    """Take the place one was invited to, once; somebody without an account opens it in the same step."""
    found = good(db, token)
    taken = update(Invitation).where(Invitation.id == found.id, still_open()).values(accepted_at=clock.now())
    if db.scalar(taken.returning(Invitation.id)) is None:
        raise NotFound(links.DEAD)
    user = accounts.by_address(db, found.email)
    if user is None:
        if new_hash is None:
            raise Invalid(errors=[("password", N_("Enter a password"))])
        user = registrations.open_account(db, email=found.email, name=name, language=language, new_hash=new_hash)
    if found.proposal_id is not None:
        join_proposal(db, user, found)
    else:
        join_organisation(db, user, found)
    return user


def join_organisation(db: Session, user: User, invitation: Invitation) -> None:
    """The membership that the manager offered."""
    assert invitation.role is not None
    if memberships.held(db, user.id, invitation.role, invitation.organisation_id, None):
        raise IllegalMove(N_("You belong to this organisation already."))
    memberships.refuse_impossible(db, role=invitation.role, organisation_id=invitation.organisation_id, system=None)
    inviter = Actor(user_id=invitation.invited_by_id, role=Role.APPLICANT)
    with conflict_checks.of_person(db, user.id, actor=inviter):
        memberships.add(
            db,
            user,
            role=invitation.role,
            organisation_id=invitation.organisation_id,
            is_manager=invitation.is_manager,
            actor=inviter,
        )


def join_proposal(db: Session, user: User, invitation: Invitation) -> None:
    """The co-author's place; who holds no role as applicant gets one, because co-authors act as applicants."""
    proposal = db.get_one(Proposal, invitation.proposal_id)
    if proposal.owner_id == user.id:
        raise IllegalMove(N_("This is your own proposal."))
    own = Actor(user_id=user.id, role=Role.APPLICANT)
    if not any(held.role == Role.APPLICANT for held in accounts.memberships_of(db, user.id)):
        memberships.add(db, user, role=Role.APPLICANT.value, actor=own)
    place = db.scalar(
        select(ProposalPerson).where(ProposalPerson.proposal_id == proposal.id, ProposalPerson.user_id == user.id)
    )
    if place is None:
        place = ProposalPerson(
            proposal_id=proposal.id, user_id=user.id, relation=invitation.relation, added_at=clock.now()
        )
    assert invitation.relation is not None
    with conflict_checks.of_proposal(db, proposal, actor=own):
        place.relation = invitation.relation
        db.add(place)
    data = {"user": user.id, "relation": invitation.relation}
    audit.record(db, "coauthor.joined", actor=own, subject=proposal.code, proposal_id=proposal.id, data=data)
    notices.notify(
        db,
        [proposal.owner_id] if proposal.owner_id else [],
        N_("%(code)s: a co-author joined", code=proposal.code),
        [N_("%(name)s accepted your invitation.", name=user.name)],
        key=f"joined:{invitation.id}",
        path=f"/proposals/{proposal.code}/coauthors",
    )
